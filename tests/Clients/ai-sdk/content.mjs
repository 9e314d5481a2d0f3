// An image, and an answer of a given form. The test says what the model answers, and looks at what it was asked.
import assert from 'node:assert/strict'
import { openChat, stored, textOf } from './chats.mjs'

const url = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
const schema = { type: 'object', properties: { degrees: { type: 'number' } }, required: ['degrees'], additionalProperties: false }
const chat = openChat({ transport: { body: { model: 'scripted', responseFormat: { type: 'json', name: 'weather', schema } } } })

await chat.sendMessage({ text: 'How warm is it here?', files: [{ type: 'file', mediaType: 'image/png', url }] })

assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual(JSON.parse(textOf(chat.messages[1])), { degrees: 12 })
assert.deepEqual((await stored(chat.id)).messages[0].parts.find(part => part.type === 'file'), { type: 'file', mediaType: 'image/png', url })

const refused = openChat({ transport: { body: { model: 'scripted', responseFormat: { type: 'yaml' } } } })
await refused.sendMessage({ text: 'How warm is it?' })
assert.match(refused.error.message, /'responseFormat' is/)
process.exit(0)
