// Functions: parallel calls, whole and in events, and their outputs, after the response and with the whole exchange.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 0 })
const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } }, strict: false }]
const question = '[demo: think=3 call=2] How warm is it in Paris and in Oslo?'
const outputs = calls => calls.map((call, i) => ({ type: 'function_call_output', call_id: call.call_id, output: `It is ${i + 12} degrees.` }))
const callsOf = response => response.output.filter(item => item.type === 'function_call')

// Whole, then the outputs alone.
const asked = await client.responses.create({ model: 'demo', input: question, tools })
const calls = callsOf(asked)
assert.deepEqual(calls.map(call => [call.name, call.status]), [['get_weather', 'completed'], ['get_weather', 'completed']])
calls.forEach(call => JSON.parse(call.arguments))
const answer = await client.responses.create({ model: 'demo', input: outputs(calls), previous_response_id: asked.id, tools })
assert.match(answer.output_text, /12 degrees/)
assert.match(answer.output_text, /13 degrees/)

// One of them is not enough, and changes nothing.
const fails = (promise, param) => assert.rejects(promise, error => error.status === 400 && error.param === param)
await fails(client.responses.create({ model: 'demo', input: outputs(calls).slice(1), previous_response_id: asked.id }), 'input')
await fails(client.responses.create({ model: 'demo', input: [{ type: 'function_call_output', call_id: 'x', output: '' }], previous_response_id: asked.id }), 'input')
const again = await client.responses.create({ model: 'demo', input: outputs(calls), previous_response_id: asked.id })
assert.match(again.output_text, /12 degrees/)

// In events, by the helper, then with the whole exchange, as callers do who keep it themselves.
const stream = client.responses.stream({ model: 'demo', input: question, tools })
const pieces = {}
stream.on('response.function_call_arguments.delta', event => { pieces[event.item_id] = event.snapshot })
const streamed = await stream.finalResponse()
assert.deepEqual(callsOf(streamed).map(call => pieces[call.id]), callsOf(streamed).map(call => call.arguments))
const input = [{ role: 'user', content: question }, ...streamed.output, ...outputs(callsOf(streamed))]
const stateless = await client.responses.create({ model: 'demo', input, tools, store: false })
assert.match(stateless.output_text, /13 degrees/)
const items = await client.responses.inputItems.list(stateless.id, { order: 'asc' })
assert.deepEqual(
  items.data.map(item => item.type),
  ['message', 'reasoning', 'function_call', 'function_call', 'function_call_output', 'function_call_output'])

// In a conversation.
const conversation = await client.conversations.create()
const there = await client.responses.create({ model: 'demo', input: question, tools, conversation: conversation.id })
const then = await client.responses.create({ model: 'demo', input: outputs(callsOf(there)), tools, conversation: conversation.id })
assert.match(then.output_text, /12 degrees/)
assert.equal(then.conversation.id, conversation.id)
console.log('good')
process.exit(0)
