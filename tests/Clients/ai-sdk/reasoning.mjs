import assert from 'node:assert/strict'
import { openChat, textOf, typesOf } from './chats.mjs'

const chat = openChat()
await chat.sendMessage({ text: '[demo: think] Why?' })

assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual(typesOf(chat.lastMessage), ['reasoning', 'text'])
assert.ok(chat.lastMessage.parts.find(part => part.type === 'reasoning').text.length > 0)
assert.ok(chat.lastMessage.parts.every(part => part.type === 'step-start' || part.state === 'done'))

await chat.sendMessage({ text: '[demo: refuse] Do it!' })
assert.ok(textOf(chat.lastMessage).length > 0)
assert.equal(chat.lastMessage.parts.at(-1).providerMetadata.orleanschat.refusal, true)
