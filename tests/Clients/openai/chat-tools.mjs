// Tools: parallel calls, whole and in chunks, and their answers; by hand and through the SDK's runner.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1` })
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tools = [{ type: 'function', function: { name: 'get_weather', description: 'The weather of a city.', parameters } }]

// In chunks, put together as every client does it.
const question = { role: 'user', content: '[demo: call=2] How is the weather in Paris and Oslo?' }
const calls = []
let reason
for await (const { choices: [choice] } of await client.chat.completions.create({ model: 'demo', messages: [question], tools, stream: true })) {
  for (const piece of choice.delta.tool_calls ?? []) {
    calls[piece.index] ??= { id: '', type: 'function', function: { name: '', arguments: '' } }
    calls[piece.index].id += piece.id ?? ''
    calls[piece.index].function.name += piece.function?.name ?? ''
    calls[piece.index].function.arguments += piece.function?.arguments ?? ''
  }

  reason = choice.finish_reason ?? reason
}

assert.equal(reason, 'tool_calls')
assert.equal(calls.length, 2)
assert.notEqual(calls[0].id, calls[1].id)
for (const call of calls) {
  assert.equal(call.function.name, 'get_weather')
  assert.equal(typeof JSON.parse(call.function.arguments), 'object')
}

// Their answers, in another order.
const answers = calls.map(({ id }, i) => ({ role: 'tool', tool_call_id: id, content: `It is ${12 + i} degrees.` })).reverse()
const answered = await client.chat.completions.create({ model: 'demo', messages: [question, { role: 'assistant', tool_calls: calls }, ...answers], tools })
assert.equal(answered.choices[0].finish_reason, 'stop')
assert.match(answered.choices[0].message.content, /12 degrees/)
assert.match(answered.choices[0].message.content, /13 degrees/)

// An answer that is missing, and one to nothing.
for (const wrong of [[answers[0]], [...answers, { ...answers[0], tool_call_id: 'none' }]]) {
  const error = await client.chat.completions.create({ model: 'demo', messages: [question, { role: 'assistant', tool_calls: calls }, ...wrong], tools }).catch(error => error)
  assert.equal(error.status, 400)
  assert.match(error.message, /messages/)
}

// Whole, with a choice.
const whole = await client.chat.completions.create({
  model: 'demo', messages: [question], tools, tool_choice: { type: 'function', function: { name: 'get_weather' } }, parallel_tool_calls: true,
})
assert.equal(whole.choices[0].message.tool_calls.length, 2)
assert.equal(whole.choices[0].message.content, null)

// Through the runner, which calls and asks until there is an answer.
for (const stream of [false, true]) {
  const asked = []
  const runner = client.chat.completions.runTools({
    model: 'demo',
    stream,
    messages: [question],
    tools: [{
      type: 'function',
      function: { name: 'get_weather', parameters, parse: JSON.parse, function: arguments_ => { asked.push(arguments_); return 'It is 7 degrees.' } },
    }],
  })
  assert.match(await runner.finalContent(), /7 degrees/)
  assert.equal(asked.length, 2)
}

console.log('good')
