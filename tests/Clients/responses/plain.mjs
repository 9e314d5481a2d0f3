// Plain use: whole, in events, by the helper; what is asked for and told again; errors before and in the stream.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import { z } from 'zod'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 0 })
const demo = (input, more = {}) => ({ model: 'demo', input, ...more })

// Whole, and read again.
const whole = await client.responses.create(demo('[demo: tokens=20]', { instructions: 'Be brief.', metadata: { topic: 'tests' }, temperature: 0.5 }))
assert.equal(whole.status, 'completed')
assert.equal(whole.usage.output_tokens, 20)
assert.ok(whole.output_text.length > 20)
assert.deepEqual([whole.instructions, whole.metadata, whole.temperature], ['Be brief.', { topic: 'tests' }, 0.5])
const read = await client.responses.retrieve(whole.id)
assert.equal(read.output_text, whole.output_text)
assert.deepEqual(read.output, whole.output)

// In events: the last one is what is read afterwards.
const events = []
for await (const event of await client.responses.create(demo('[demo: tokens=20 think=5]', { stream: true }))) {
  events.push(event)
}

assert.deepEqual(events.slice(0, 2).map(event => event.type), ['response.created', 'response.in_progress'])
assert.equal(events.at(-1).type, 'response.completed')
assert.deepEqual(events.map(event => event.sequence_number), events.map(event => event.sequence_number).sort((a, b) => a - b))
const done = events.at(-1).response
assert.deepEqual(done.output.map(item => item.type), ['reasoning', 'message'])
const joined = type => events.filter(event => event.type === type).map(event => event.delta).join('')
assert.equal(joined('response.output_text.delta'), done.output[1].content[0].text)
assert.equal(joined('response.reasoning_text.delta'), done.output[0].content[0].text)
assert.deepEqual((await client.responses.retrieve(done.id)).output, done.output)

// By the helper, which checks every event against what came before.
const helped = client.responses.stream(demo('[demo: tokens=20 think=5]', { reasoning: { summary: 'auto' } }))
let snapshot = ''
helped.on('response.output_text.delta', event => { snapshot = event.snapshot })
const final = await helped.finalResponse()
assert.equal(snapshot, final.output[1].content[0].text)
assert.equal(final.output[0].summary.length, 1)

// One after the other: the model is shown what came before, and what it said can be branched off anywhere.
const first = await client.responses.create({ model: 'scripted', input: 'One.' })
const second = await client.responses.create({ model: 'scripted', input: 'Two.', previous_response_id: first.id })
const branch = await client.responses.create({ model: 'scripted', input: 'Three.', previous_response_id: first.id })
assert.equal(second.previous_response_id, first.id)
assert.equal(branch.output_text, 'Hello, world!')
const asked = await client.responses.inputItems.list(second.id)
assert.deepEqual(asked.data.map(item => item.content[0].text), ['Two.'])

// Structured output, images, references to items.
const text = { format: zodTextFormat(z.object({ answer: z.string() }), 'answer') }
const content = [{ type: 'input_text', text: 'What is this?' }, { type: 'input_image', image_url: 'https://example.org/a.png', detail: 'low' }]
const structured = await client.responses.create({ model: 'scripted', input: [{ role: 'user', content }], text })
assert.equal(structured.text.format.name, 'answer')
const referred = await client.responses.create({
  model: 'scripted',
  input: [{ type: 'item_reference', id: first.output[0].id }, { role: 'user', content: 'And?' }],
})
assert.deepEqual((await client.responses.inputItems.list(referred.id, { order: 'asc' })).data.map(item => item.role), ['assistant', 'user'])

// A refusal.
const refused = await client.responses.create(demo('[demo: refuse]'))
assert.equal(refused.output[0].content[0].type, 'refusal')

// Too short.
const short = await client.responses.create(demo('[demo: tokens=50]', { max_output_tokens: 5 }))
assert.deepEqual([short.status, short.incomplete_details], ['incomplete', { reason: 'max_output_tokens' }])

// Errors before the stream.
const fails = (promise, status, param, code) => assert.rejects(promise, error => {
  assert.deepEqual([error.status, error.param, error.code], [status, param, code])
  return true
})
await fails(client.responses.create({ model: 'nobody', input: 'x' }), 404, 'model', 'model_not_found')
await fails(client.responses.create(demo('x', { temperature: 9 })), 400, 'temperature', 'invalid_request')
await fails(client.responses.create(demo('x', { previous_response_id: 'resp_x' })), 400, null, 'previous_response_not_found')
await fails(client.responses.create(demo('x', { tools: [{ type: 'web_search' }] })), 400, 'tools[0]', 'invalid_request')
await fails(client.responses.retrieve('resp_x'), 404, null, 'reply_not_found')
await fails(client.responses.create(demo('[demo: error after=3]')), 502, null, 'upstream_error')

// Errors in the stream are told in the stream.
const failing = []
for await (const event of await client.responses.create(demo('[demo: error after=3]', { stream: true }))) {
  failing.push(event)
}

assert.equal(failing.at(-1).type, 'response.failed')
assert.equal(failing.at(-1).response.error.code, 'server_error')
assert.equal((await client.responses.retrieve(failing[0].response.id)).status, 'failed')

// Gone with its conversation.
await client.responses.delete(whole.id)
await fails(client.responses.retrieve(whole.id), 404, null, 'reply_not_found')
console.log('good')
process.exit(0)
