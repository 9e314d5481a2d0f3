// Regenerating and editing: the client's messages and the server's are the same all along.
import assert from 'node:assert/strict'
import { openChat, stored, textOf } from './chats.mjs'

const chat = openChat()

async function agree(...roles) {
  assert.equal(chat.status, 'ready', chat.error?.message)
  const { messages } = await stored(chat.id)
  assert.deepEqual(messages.map(message => message.role), roles)
  assert.deepEqual(messages.map(textOf), chat.messages.map(textOf))
  assert.equal(messages.at(-1).id, chat.lastMessage.id)
  return chat.lastMessage.id
}

await chat.sendMessage({ text: 'First' })
const first = await agree('user', 'assistant')

await chat.regenerate()
const again = await agree('user', 'assistant')
assert.notEqual(again, first)

await chat.sendMessage({ text: 'Second' })
await agree('user', 'assistant', 'user', 'assistant')

// An earlier reply anew: what came after it is left behind.
await chat.regenerate({ messageId: again })
const third = await agree('user', 'assistant')
assert.ok(![first, again].includes(third))

// An edit, another one, and back to how it was.
const question = chat.messages[0].id
for (const text of ['Edited', 'Edited once more', 'First']) {
  await chat.sendMessage({ text, messageId: question })
  assert.ok(textOf(chat.lastMessage).includes(text))
  await agree('user', 'assistant')
}

await chat.sendMessage({ text: 'Edited', messageId: question })
await chat.sendMessage({ text: 'And now?' })
await agree('user', 'assistant', 'user', 'assistant')
await chat.regenerate()
await agree('user', 'assistant', 'user', 'assistant')

// A page that is opened anew has the server's ids, and they do as well.
const { messages } = await stored(chat.id)
const page = openChat({ id: chat.id, messages })
await page.sendMessage({ text: 'Edited by another', messageId: messages[2].id })
assert.equal(page.status, 'ready', page.error?.message)
await page.regenerate()
assert.equal(page.status, 'ready', page.error?.message)
await page.sendMessage({ text: 'Edited by another', messageId: messages[2].id })
assert.equal(page.status, 'ready', page.error?.message)
assert.deepEqual((await stored(chat.id)).messages.map(textOf), page.messages.map(textOf))

// A chat from elsewhere comes with its first message here.
const imported = openChat({
  messages: [
    { id: 'e1', role: 'user', parts: [{ type: 'text', text: 'Earlier' }] },
    { id: 'e2', role: 'assistant', parts: [{ type: 'step-start' }, { type: 'text', text: 'Long ago.', state: 'done' }] },
  ],
})
await imported.sendMessage({ text: 'Now' })
await imported.sendMessage({ text: 'Later' })
assert.equal(imported.status, 'ready', imported.error?.message)
assert.deepEqual((await stored(imported.id)).messages.map(textOf), imported.messages.map(textOf))
