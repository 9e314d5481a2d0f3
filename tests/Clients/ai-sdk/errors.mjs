import assert from 'node:assert/strict'
import { openChat, stored, textOf } from './chats.mjs'

// Before the stream: the server's sentence is the error.
const chat = openChat()
await chat.sendMessage({ text: 'Hello' }, { body: { model: 'nobody' } })
assert.equal(chat.status, 'error')
assert.match(chat.error.message, /^There is no such model\. There are: .*demo/)

await chat.regenerate()
assert.equal(chat.status, 'ready', chat.error?.message)
assert.equal((await stored(chat.id)).messages.length, 2)

const wrong = openChat()
await wrong.sendMessage({ text: 'Hello' }, { body: { temperature: 7 } })
assert.match(wrong.error.message, /^'temperature' is a number from 0 to 2\./)

const file = openChat()
await file.sendMessage({ files: [{ type: 'file', mediaType: 'application/pdf', url: 'data:application/pdf;base64,AAAA' }] })
assert.match(file.error.message, /^'messages\[0\]\.parts\[0\]' is a file that models here are not shown/)

// The client keeps what was refused, and sends it along with all that follows.
await file.sendMessage({ text: 'Hello' })
assert.equal(file.status, 'ready', file.error?.message)
assert.equal(file.messages.length, 3)
assert.deepEqual((await stored(file.id)).messages.map((message) => message.role), ['user', 'assistant'])

// In the middle of it: what came stays, and each wish for another reply is heard.
const failing = openChat()
await failing.sendMessage({ text: '[demo: error after=5]' })
assert.equal(failing.status, 'error')
assert.ok(failing.error.message.length > 0 && !failing.error.message.includes('type'), failing.error.message)
assert.ok(textOf(failing.lastMessage).length > 0)
const seen = [failing.lastMessage.id]
for (let i = 0; i < 3; i++) {
  await failing.regenerate()
  assert.equal(failing.status, 'error')
  assert.ok(!seen.includes(failing.lastMessage.id))
  seen.push(failing.lastMessage.id)
}
