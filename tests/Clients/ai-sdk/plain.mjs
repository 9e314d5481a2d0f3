import assert from 'node:assert/strict'
import { openChat, plain, stored, textOf } from './chats.mjs'

const statuses = []
const finished = []
const chat = openChat({ onFinish: ({ message }) => finished.push(message.id) })
chat['~registerStatusCallback'](() => statuses.push(chat.status))

await chat.sendMessage({ text: 'Why is the sky blue?' })

assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual(statuses, ['submitted', 'streaming', 'ready'])
assert.deepEqual(chat.messages.map(message => message.role), ['user', 'assistant'])
const [, reply] = chat.messages
assert.match(reply.id, /^msg_[0-9a-z]{26}_[0-9]+$/)
assert.deepEqual(finished, [reply.id])
assert.ok(textOf(reply).includes('Why is the sky blue?'))
assert.equal(reply.metadata.model, 'demo')
assert.equal(reply.metadata.finishReason, 'stop')
assert.ok(reply.metadata.usage.outputTokens > 0)

await chat.sendMessage({
  text: 'And this?',
  files: [{ type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,iVBORw0KGgo=' }],
})

assert.equal(chat.status, 'ready', chat.error?.message)
const known = await stored(chat.id)
assert.equal(known.replying, false)
assert.deepEqual(known.messages.map(message => message.role), ['user', 'assistant', 'user', 'assistant'])

// A reply is the same in the client that heard it and in one that reads it: but for the order of keys.
assert.deepEqual(known.messages.filter(message => message.role === 'assistant'), plain(chat.messages.filter(message => message.role === 'assistant')))
assert.deepEqual(known.messages[2].parts.map(part => part.type), ['file', 'text'])

// Nothing runs, and so there is nothing to resume.
await chat.resumeStream()
assert.equal(chat.status, 'ready')
assert.equal(chat.messages.length, 4)
