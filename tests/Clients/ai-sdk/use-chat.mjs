// useChat itself, in a component that shows nothing: what it gives back is looked at here.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createElement } from 'react'
import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { api, stored, textOf, until } from './chats.mjs'

// As much of a page as React needs for a component without elements.
globalThis.window = Object.assign(globalThis, { HTMLIFrameElement: class {} })
globalThis.document = { nodeType: 9, addEventListener() {}, removeEventListener() {}, defaultView: globalThis, activeElement: null }
const { createRoot } = await import('react-dom/client')

function open(options) {
  const page = {}
  const container = { nodeType: 1, tagName: 'DIV', nodeName: 'DIV', ownerDocument: document, addEventListener() {}, removeEventListener() {}, childNodes: [] }
  const root = createRoot(container)
  root.render(createElement(function Page() {
    Object.assign(page, useChat({ transport: new DefaultChatTransport({ api, body: { model: 'demo' } }), ...options }))
    return null
  }))
  return page
}

const id = randomUUID()
const page = open({ id })
await until(() => page.sendMessage, 'the page')
void page.sendMessage({ text: '[demo: tokens=60 rate=60] Why?' })
await until(() => page.messages.length === 2 && textOf(page.messages[1]).length > 10, 'some text')

// Opened anew in mid-reply.
const { messages, replying } = await stored(id)
const other = open({ id, messages, resume: replying })
await until(() => page.status === 'ready' && other.messages?.length === 2 && other.status === 'ready', 'both ends')
assert.equal(page.error, undefined)
assert.equal(other.messages[1].id, page.messages[1].id)
assert.equal(textOf(other.messages[1]), textOf(page.messages[1]))
assert.equal((await stored(id)).messages.length, 2)
process.exit(0)
