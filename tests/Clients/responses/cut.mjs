// A stream that is cut after every frame, and gone on with: from the last number, and by the helper.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

const cuts = 30
const client = (url = baseUrl) => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 })
const request = i => ({ model: 'demo', input: `${i}: [demo: tokens=12 rate=60 think=3]`, stream: true })

async function read(stream, events) {
  for await (const event of stream) {
    events.push(event)
  }

  return events
}

// Deltas of one part may come in one piece or in several.
function said(events) {
  const parts = []
  for (const { sequence_number, delta, ...event } of events) {
    const last = parts.at(-1)
    if (delta !== undefined && last?.type === event.type && last.item_id === event.item_id) {
      last.delta += delta
    } else {
      parts.push(delta === undefined ? event : { ...event, delta })
    }
  }

  return parts
}

// Version 6 adds the text of all parts to one of them and not to the other, and both add what they have parsed.
const outputOf = response => response.output.map(item => [item.id, item.content.map(part => part.text)])

async function cut(frames) {
  const proxy = await cuttingProxy(baseUrl, frames)
  const seen = []
  const error = await read(await client(proxy.url).responses.create(request(frames)), seen).catch(error => error)
  const ended = seen.at(-1)?.type === 'response.completed'
  assert.ok(ended || error instanceof Error, `cut after ${frames}, and nobody noticed`)
  if (seen.length > 0) {
    const { id } = seen[0].response
    const after = seen.at(-1).sequence_number

    // While it runs, and when it has ended.
    const rest = await read(await client().responses.retrieve(id, { stream: true, starting_after: after }), [])
    assert.ok(rest.every(event => event.sequence_number > after))
    const again = await read(await client().responses.retrieve(id, { stream: true, starting_after: after }), [])
    const all = await read(await client().responses.retrieve(id, { stream: true }), [])
    assert.deepEqual(said([...seen, ...rest]), said(all))
    assert.deepEqual(said(again), said(rest))

    const helped = client().responses.stream({ response_id: id, starting_after: after })
    const numbers = []
    helped.on('event', event => numbers.push(event.sequence_number))
    assert.deepEqual(outputOf(await helped.finalResponse()), outputOf(await client().responses.retrieve(id)))
    assert.ok(numbers.every(number => number > after))
  }

  proxy.stop()
  return seen.length
}

const counts = await Promise.all(Array.from({ length: cuts }, (_, i) => cut(i + 1)))
assert.ok(new Set(counts).size > cuts / 2)
console.log(`${cuts} cuts`)
process.exit(0)
