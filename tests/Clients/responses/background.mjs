// In the background: poll, follow, leave, cancel, delete; what waits for another response says so.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 0 })
const pause = () => new Promise(done => setTimeout(done, 20))

async function until(id, ...statuses) {
  for (;;) {
    const response = await client.responses.retrieve(id)
    if (statuses.includes(response.status)) {
      return response
    }

    await pause()
  }
}

async function read(id) {
  let text = ''
  let last
  for await (const event of await client.responses.retrieve(id, { stream: true })) {
    text += event.type === 'response.output_text.delta' ? event.delta : ''
    last = event
  }

  return { text, last }
}

const started = await client.responses.create({ model: 'demo', input: '[demo: tokens=40 rate=100]', background: true })
assert.equal(started.background, true)
assert.equal(started.status, 'in_progress')
const [one, other] = await Promise.all([read(started.id), read(started.id)])
assert.equal(one.text, other.text)
const finished = await until(started.id, 'completed')
assert.equal(finished.output_text, one.text)

// Leaving a stream stops nothing.
const stream = await client.responses.create({ model: 'demo', input: '[demo: tokens=30 rate=100]', background: true, stream: true })
let left
for await (const event of stream) {
  left ??= event.response?.id
  if (event.type === 'response.output_text.delta') {
    break
  }
}

assert.equal((await until(left, 'completed')).usage.output_tokens, 30)

// What follows a response that runs waits for it; it can be followed from there, and taken out.
const slow = await client.responses.create({ model: 'demo', input: '[demo: tokens=10000 rate=50]', background: true })
const next = await client.responses.create({ model: 'demo', input: '[demo: tokens=5]', previous_response_id: slow.id, background: true })
const never = await client.responses.create({ model: 'demo', input: 'x', previous_response_id: slow.id, background: true })
assert.deepEqual([next.status, never.status], ['queued', 'queued'])
assert.equal((await client.responses.cancel(never.id)).status, 'cancelled')
const followed = read(next.id)
const cancelled = await client.responses.cancel(slow.id)
assert.equal(cancelled.status, 'cancelled')
assert.deepEqual(await client.responses.cancel(slow.id), cancelled)
const { text, last } = await followed
assert.equal(last.type, 'response.completed')
assert.equal(last.response.id, next.id)
assert.equal((await client.responses.retrieve(next.id)).output_text, text)
const ended = await read(slow.id)
assert.deepEqual([ended.last.type, ended.last.response.status], ['response.incomplete', 'cancelled'])

// Deleted while it runs.
const doomed = await client.responses.create({ model: 'demo', input: '[demo: tokens=10000 rate=50]', background: true })
await client.responses.delete(doomed.id)
await assert.rejects(client.responses.retrieve(doomed.id), error => error.status === 404)

// Beyond its end there is nothing.
const beyond = client.responses.retrieve(started.id, { stream: true, starting_after: 10_000_000 })
await assert.rejects(beyond, error => error.status === 410 && error.code === 'cursor_beyond_head')
console.log('good')
process.exit(0)
