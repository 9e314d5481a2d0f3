// WorkflowChatTransport, which counts chunks and comes back by itself.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { WorkflowChatTransport } from '@ai-sdk/workflow/client'
import { Chat } from '@ai-sdk/react'
import { api, breaksAfter, plain, stored, textOf, until } from './chats.mjs'

// It says on the console what it goes on after.
console.error = console.warn = () => {}

const prepareSendMessagesRequest = ({ id, messages, trigger, messageId, body }) => ({ body: { id, messages, trigger, messageId, ...body } })
const text = '[demo: think=5 tokens=12 rate=60] Why?'

async function talk({ fetch: request = fetch, ...rest } = {}) {
  const ended = []
  const transport = new WorkflowChatTransport({ api, fetch: request, prepareSendMessagesRequest, onChatEnd: end => void ended.push(end), ...rest })
  const chat = new Chat({ id: randomUUID(), transport })
  await chat.sendMessage({ text }, { body: { model: 'demo' } })
  assert.equal(chat.status, 'ready', chat.error?.message)
  return { chat, chunks: ended[0].chunkIndex }
}

const { chat: whole, chunks } = await talk()
await Promise.all(Array.from({ length: chunks }, async (_, i) => {
  const { chat, chunks: counted } = await talk({ fetch: breaksAfter(i) })
  assert.equal(counted, chunks, `after ${i}`)
  assert.deepEqual(plain(chat.lastMessage.parts), plain(whole.lastMessage.parts).map((part, at) => ({ ...part, ...idOf(chat.lastMessage.parts[at]) })), `after ${i}`)
  assert.equal((await stored(chat.id)).messages.length, 2)
}))

function idOf(part) {
  return part.id === undefined ? {} : { id: part.id }
}

// A stream can be had by its own id when it has ended, whole or its end alone; a chat's only while it runs.
const response = await fetch(api, { method: 'POST', body: JSON.stringify({ model: 'demo', messages: [{ id: 'q', role: 'user', parts: [{ type: 'text', text }] }] }) })
const run = response.headers.get('x-workflow-run-id')
assert.match(run, /^run_/)
const lines = body => body.split('\n').filter(line => /^data: \{/.test(line))
const said = lines(await response.text())
const tail = await fetch(`${api}/${run}/stream?startIndex=-3`)
assert.equal(tail.headers.get('x-workflow-stream-tail-index'), `${said.length - 1}`)
assert.deepEqual(lines(await tail.text()), said.slice(-3))
assert.deepEqual(lines(await (await fetch(`${api}/${run}/stream`)).text()), said)
assert.equal((await fetch(`${api}/${run}/stream?startIndex=${said.length}`)).status, 204)
assert.equal((await fetch(`${api}/${whole.id}/stream`)).status, 204)

// Without an id of the chat a request stands alone, and goes on all the same.
const alone = new Chat({ transport: new WorkflowChatTransport({ api, fetch: breaksAfter(6) }) })
await alone.sendMessage({ text }, { body: { model: 'demo' } })
assert.equal(alone.status, 'ready', alone.error?.message)
assert.equal(textOf(alone.lastMessage), textOf(whole.lastMessage))
await alone.sendMessage({ text: 'And then?' }, { body: { model: 'demo' } })
assert.equal(alone.status, 'ready', alone.error?.message)

// An error ends it, and it does not ask again and again.
let asked = 0
const failing = new Chat({ transport: new WorkflowChatTransport({ api, prepareSendMessagesRequest, fetch: (...request) => (asked++, fetch(...request)) }) })
await failing.sendMessage({ text: '[demo: error after=5]' }, { body: { model: 'demo' } })
assert.equal(failing.status, 'error')
assert.equal(asked, 1)

// The end of a running reply, from the middle on: of the last chunks alone, as far as they can be shown.
const slow = new Chat({ id: randomUUID(), transport: new WorkflowChatTransport({ api, prepareSendMessagesRequest }) })
const sent = slow.sendMessage({ text: '[demo: tokens=60 rate=60]' }, { body: { model: 'demo' } })
await until(() => slow.lastMessage?.role === 'assistant' && textOf(slow.lastMessage).length > 20, 'some text')
const other = new Chat({ id: slow.id, transport: new WorkflowChatTransport({ api, initialStartIndex: -2 }) })
await other.resumeStream()
await sent
assert.equal(other.status, 'ready', other.error?.message)
