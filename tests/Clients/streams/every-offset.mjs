// The protocol's own client reads a conversation from every offset, and gets exactly the rest.
import assert from 'node:assert/strict'
import { DurableStream, stream } from '@durable-streams/client'
import { create, events, send, baseUrl } from '../lib/chat.mjs'

const conversation = await create({ model: 'demo' })
await send(conversation, '[demo: tokens=12 think]')
const truth = await events(conversation)
const url = `${baseUrl}/streams/${conversation}`

const all = await stream({ url, live: false })
assert.deepEqual(await all.json(), truth)
const head = await DurableStream.head({ url })
assert.equal(head.offset, all.offset)
assert.equal(head.streamClosed, false)
for (let i = 0; i <= truth.length; i++) {
  const rest = await stream({ url, live: false, offset: String(i).padStart(16, '0') })
  assert.deepEqual(await rest.json(), truth.slice(i))
  assert.equal(rest.offset, head.offset)
}

console.log(`${truth.length} offsets`)
