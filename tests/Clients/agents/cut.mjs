// A run whose stream is cut off, and gone on with; and one that is left, and stopped.
import assert from 'node:assert/strict'
import { Agent, OpenAIProvider, Runner } from '@openai/agents'
import OpenAI from 'openai'
import { baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

const client = new OpenAI({ apiKey: 'none', baseURL: `${baseUrl}/v1` })
const agent = new Agent({ name: 'Guide', model: 'demo' })
const runnerAt = url => new Runner({ modelProvider: new OpenAIProvider({ apiKey: 'none', baseURL: `${url}/v1`, useResponses: true }), tracingDisabled: true })

// What the server has sent, as the SDK passes it on.
async function read(run, until = () => false) {
  const seen = { id: undefined, last: undefined, text: '', error: undefined }
  try {
    for await (const event of run) {
      const frame = event.type === 'raw_model_stream_event' && event.data.type === 'model' ? event.data.event : undefined
      seen.id ??= frame?.response?.id
      seen.last = frame?.sequence_number ?? seen.last
      seen.text += frame?.type === 'response.output_text.delta' ? frame.delta : ''
      if (until(seen)) {
        break
      }
    }
  } catch (error) {
    seen.error = error
  }

  return seen
}

let gone = 0
for (const frames of [4, 6, 9, 15]) {
  const proxy = await cuttingProxy(baseUrl, frames)
  const cut = await read(await runnerAt(proxy.url).run(agent, `${frames}: [demo: tokens=30 rate=100]`, { stream: true }))
  proxy.stop()
  assert.ok(cut.error && cut.id, `cut after ${frames}, and nobody noticed`)
  let rest = ''
  for await (const frame of await client.responses.retrieve(cut.id, { stream: true, starting_after: cut.last })) {
    rest += frame.type === 'response.output_text.delta' ? frame.delta : ''
  }

  // The run is over for the SDK; the response is not, and what follows it knows of it.
  assert.equal(cut.text + rest, (await client.responses.retrieve(cut.id)).output_text)
  const next = await runnerAt(baseUrl).run(agent, '[demo: tokens=5]', { previousResponseId: cut.id })
  assert.ok(next.finalOutput.length > 0)
  gone++
}

assert.equal(gone, 4)

// Who gives a run up has left, and no more.
const leaving = new AbortController()
const run = await runnerAt(baseUrl).run(agent, '[demo: tokens=10000 rate=50]', { stream: true, signal: leaving.signal })
const left = await read(run, seen => seen.text.length > 20 && (leaving.abort(), true))
assert.equal((await client.responses.retrieve(left.id)).status, 'in_progress')
const stopped = await client.responses.cancel(left.id)
assert.equal(stopped.status, 'cancelled')
assert.ok((await client.responses.retrieve(left.id)).output_text.startsWith(left.text))
assert.deepEqual(await client.responses.cancel(left.id), stopped)
console.log('good')
process.exit(0)
