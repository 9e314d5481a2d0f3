import assert from 'node:assert/strict'
import { api, openChat, stored, textOf, until } from './chats.mjs'

const chat = openChat()
const sent = chat.sendMessage({ text: '[demo: tokens=2000 rate=100]' })
await until(() => chat.lastMessage?.role === 'assistant' && textOf(chat.lastMessage).length > 20, 'some text')

// The reply ends for everybody.
const stopped = await fetch(`${api}/${chat.id}/stop`, { method: 'POST' })
assert.equal(stopped.status, 204)
await sent
assert.equal(chat.status, 'ready', chat.error?.message)
const { replying, messages } = await stored(chat.id)
assert.equal(replying, false)
assert.equal(textOf(messages.at(-1)), textOf(chat.lastMessage))
assert.equal((await fetch(`${api}/${chat.id}/stop`, { method: 'POST' })).status, 204)

await chat.sendMessage({ text: 'Go on.' })
assert.equal(chat.status, 'ready', chat.error?.message)
assert.equal((await stored(chat.id)).messages.length, 4)

// stop() of the client only hangs up: the reply goes on, until whoever stopped it says something else.
const again = chat.sendMessage({ text: '[demo: tokens=2000 rate=100]' })
await until(() => chat.messages.length === 6 && textOf(chat.lastMessage).length > 20, 'some text')
await chat.stop()
await again
assert.equal((await stored(chat.id)).replying, true)
await chat.sendMessage({ text: 'Enough.' })
assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual((await stored(chat.id)).messages.map(message => message.role), ['user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user', 'assistant'])

// Stopped, and wanted anew: that is another reply, though the request is the same.
const slow = openChat()
const first = slow.sendMessage({ text: '[demo: tokens=2000 rate=100]' })
await until(() => slow.lastMessage?.role === 'assistant', 'a reply')
await fetch(`${api}/${slow.id}/stop`, { method: 'POST' })
await first
for (let i = 0; i < 2; i++) {
  const before = slow.lastMessage.id
  const another = slow.regenerate()
  await until(() => slow.lastMessage?.role === 'assistant' && slow.lastMessage.id !== before, 'another reply')
  await slow.stop()
  await another
  await fetch(`${api}/${slow.id}/stop`, { method: 'POST' })
}
