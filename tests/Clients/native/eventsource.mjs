// EventSource is cut after every frame of a reply, while it runs, and comes back by itself.
import assert from 'node:assert/strict'
import { EventSource } from 'eventsource'
import { create, events, send, textOf, baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

const types = ['conversation.created', 'message.created', 'reply.started', 'reply.delta', 'reply.completed']

function read(url, conversation) {
  const seen = []
  const source = new EventSource(`${url}/conversations/${conversation}/events?until=idle&catchup=deltas`)
  return new Promise(finished => {
    for (const type of types) {
      source.addEventListener(type, ({ lastEventId, data }) => seen.push({ id: Number(lastEventId), ...JSON.parse(data) }))
    }

    // The server's 204 is what ends it for good.
    source.addEventListener('error', () => source.readyState === EventSource.CLOSED && finished(seen))
  })
}

const conversation = await create({ model: 'demo' })
await send(conversation, '[demo: tokens=12 rate=60]')
const frames = 18
const proxies = await Promise.all(Array.from({ length: frames }, (_, i) => cuttingProxy(baseUrl, i + 1)))
const readers = await Promise.all([read(baseUrl, conversation), ...proxies.map(proxy => read(proxy.url, conversation))])

const truth = await events(conversation)
assert.ok(truth.length >= 10 && truth.length < frames, `${truth.length} events`)
for (const [i, seen] of readers.entries()) {
  assert.deepEqual(seen.map(e => e.id), truth.map(e => e.sequence), `cut after ${i}`)
  assert.equal(textOf(seen), textOf(truth))
}

assert.ok(proxies.filter(proxy => proxy.seen.cut === 1).length >= truth.length, 'Every event was the last one of some connection.')
console.log(`${truth.length} events, cut after each`)
process.exit(0)
