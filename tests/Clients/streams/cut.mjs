// The protocol's own client is cut after every frame of a reply, and goes on.
import assert from 'node:assert/strict'
import { stream } from '@durable-streams/client'
import { create, events, send, baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

async function follow(url) {
  const seen = []
  for (let offset = '-1', isClosed = false; !isClosed;) {
    const response = await stream({ url, live: 'sse', offset, sseResilience: { logWarnings: false } })
    response.subscribeJson(batch => {
      seen.push(...batch.items)
      offset = batch.offset
    })
    try {
      await response.closed
      isClosed = true
    } catch {
      // It does not come back by itself when a connection breaks, but knows where it was.
    }
  }

  return seen
}

const conversation = await create({ model: 'demo' })
const { reply } = await send(conversation, '[demo: tokens=40 rate=20]')
const proxies = await Promise.all(Array.from({ length: 24 }, (_, i) => cuttingProxy(baseUrl, i + 1)))
const readers = await Promise.all(proxies.map(proxy => follow(`${proxy.url}/streams/${conversation}/${reply}`)))

const truth = (await events(conversation)).filter(e => e.message === reply)
for (const [i, seen] of readers.entries()) {
  assert.deepEqual(seen, truth, `cut after ${i + 1}`)
}

console.log(proxies.filter(proxy => proxy.seen.cut === 1).length)
process.exit(0)
