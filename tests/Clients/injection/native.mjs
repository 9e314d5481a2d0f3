// What browsers have, and who else reads events, sees every text as it is: messages, replies, titles and metadata.
import assert from 'node:assert/strict'
import { stream } from '@durable-streams/client'
import { EventSource } from 'eventsource'
import { fetchEventSource } from '@microsoft/fetch-event-source'
import { texts } from './texts.mjs'
import { create, get, textOf, baseUrl } from '../lib/chat.mjs'

// What fetch-event-source takes for granted: a browser.
globalThis.window = globalThis
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} }

const types = ['conversation.created', 'message.created', 'reply.started', 'reply.delta', 'reply.completed']

async function fetched(conversation, content) {
  const seen = []
  await fetchEventSource(`${baseUrl}/conversations/${conversation}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ content }),
    openWhenHidden: true,
    onmessage: ({ event, data }) => event && seen.push(JSON.parse(data)),
    onerror: error => { throw error },
  })
  return seen
}

function followed(conversation) {
  const seen = []
  const source = new EventSource(`${baseUrl}/conversations/${conversation}/events?until=idle&catchup=deltas`)
  return new Promise(finished => {
    for (const type of types) {
      source.addEventListener(type, ({ data }) => seen.push(JSON.parse(data)))
    }

    source.addEventListener('message', ({ data }) => seen.push({ forged: data }))

    // Not before all that came with the end has been told.
    source.addEventListener('error', () => {
      source.close()
      finished(seen)
    })
  })
}

// How pieces are put together is each reader's own business.
const isWhole = e => e.type !== 'reply.delta'

async function check({ attacks, text }) {
  const [title, metadata] = [text.slice(0, 200), text.length <= 512 ? { text, [text.slice(0, 64)]: 'key' } : {}]
  const conversation = await create({ model: 'scripted', title, metadata, system: text })
  const live = await fetched(conversation, text)
  const replayed = await followed(conversation)
  const durable = await (await stream({ url: `${baseUrl}/streams/${conversation}`, live: false })).json()

  assert.equal(textOf(live), text, attacks)
  assert.equal(textOf(replayed), text, attacks)
  assert.deepEqual(replayed.map(e => e.sequence), replayed.map((_, i) => i + 1), `${attacks}: nothing is added`)
  assert.equal(textOf(durable), text, attacks)
  assert.deepEqual(durable.filter(isWhole), replayed.filter(isWhole), attacks)
  assert.equal(live[0].content, text, attacks)
  assert.deepEqual([replayed[0].title, replayed[0].metadata, replayed[0].system], [title, metadata, text], attacks)
  const read = await get(`/conversations/${conversation}`)
  assert.deepEqual([read.title, read.metadata, read.system], [title, metadata, text], attacks)
}

await Promise.all(texts.map(check))
console.log('good')
process.exit(0)
