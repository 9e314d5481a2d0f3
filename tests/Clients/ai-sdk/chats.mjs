// What the scripts of this folder have in common: chats as useChat keeps them, and connections that break.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Chat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'

export const api = `${process.env.BASE_URL}/api/chat`

/** A chat of the demo model; `options` are those of Chat, `transport` those of DefaultChatTransport. */
export function openChat({ id = randomUUID(), transport, ...options } = {}) {
  return new Chat({ id, transport: new DefaultChatTransport({ api, body: { model: 'demo' }, ...transport }), ...options })
}

/** The chat as the server has it. */
export async function stored(id) {
  const response = await fetch(`${api}/${id}`)
  assert.equal(response.status, 200)
  return await response.json()
}

export const textOf = message => message.parts.filter(part => part.type === 'text').map(part => part.text).join('')

/** The types of a message's parts, without what only marks steps. */
export const typesOf = message => message.parts.map(part => part.type).filter(type => type !== 'step-start')

/** Nothing that a version of the SDK leaves undefined. */
export const plain = value => JSON.parse(JSON.stringify(value))

/** Waits for what the chat shows. */
export async function until(condition, what) {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 60_000, `Nothing came of: ${what ?? condition}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** A fetch whose first response breaks after so many chunks; what comes later is whole. */
export function breaksAfter(chunks, error = 'terminated') {
  let isFirst = true
  return async (...request) => {
    const response = await fetch(...request)
    if (!isFirst) {
      return response
    }

    isFirst = false
    return new Response(cut(response.body, chunks, error), { status: response.status, headers: response.headers })
  }
}

function cut(body, chunks, error) {
  const reader = body.getReader()
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()]
  let [text, seen] = ['', 0]
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const frame = text.slice(0, end + 2)
          const isChunk = /^data: /m.test(frame)
          if (isChunk && seen++ === chunks) {
            await reader.cancel()
            controller.error(new TypeError(error))
            return
          }

          text = text.slice(end + 2)
          controller.enqueue(encoder.encode(frame))
          return
        }

        const { done, value } = await reader.read()
        if (done) {
          controller.close()
          return
        }

        text += decoder.decode(value, { stream: true })
      }
    },
  })
}
