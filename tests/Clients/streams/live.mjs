// The protocol's own client follows one reply while it runs, in each of its ways, and is told its end.
import assert from 'node:assert/strict'
import { stream } from '@durable-streams/client'
import { create, events, send, textOf, baseUrl } from '../lib/chat.mjs'

async function follow(url, live) {
  const response = await stream({ url, live })
  const seen = []
  for await (const event of response.jsonStream()) {
    seen.push(event)
  }

  assert.equal(response.streamClosed, true, `${live}: closed`)
  return seen
}

const conversation = await create({ model: 'demo' })
const { reply } = await send(conversation, '[demo: tokens=80 rate=100]')
const url = `${baseUrl}/streams/${conversation}/${reply}`
const readers = await Promise.all(['sse', 'long-poll', true].map(live => follow(url, live)))

const truth = (await events(conversation)).filter(e => e.message === reply)
for (const seen of readers) {
  assert.deepEqual(seen, truth)
}

console.log(textOf(truth).length)
