// Chat Completions, Responses and Conversations carry every text as it is: said, replied, thought, called with, answered by tools.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { texts } from './texts.mjs'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 0 })
const model = 'scripted'
const parameters = { type: 'object', properties: { said: { type: 'string' } } }
const tools = [{ type: 'function', function: { name: 'say', parameters } }]
const functions = [{ type: 'function', name: 'say', parameters, strict: false }]

async function complete({ attacks, text }) {
  const messages = [{ role: 'system', content: text }, { role: 'user', content: text }]
  const whole = await client.chat.completions.create({ model, messages, metadata: text.length <= 512 ? { text } : {} })
  assert.equal(whole.choices[0].message.content, text, attacks)
  assert.equal((await client.chat.completions.retrieve(whole.id)).choices[0].message.content, text, attacks)
  const said = { content: '', reasoning_content: '' }
  for await (const { choices: [{ delta }] } of await client.chat.completions.create({ model, messages: [{ role: 'user', content: `think:${text}` }], stream: true })) {
    Object.keys(said).forEach(key => { said[key] += delta[key] ?? '' })
  }

  assert.deepEqual(said, { content: text, reasoning_content: text }, attacks)

  const question = { role: 'user', content: `call:${text}` }
  const called = await client.chat.completions.stream({ model, messages: [question], tools }).finalChatCompletion()
  const [call] = called.choices[0].message.tool_calls
  assert.deepEqual([call.function.name, JSON.parse(call.function.arguments)], ['say', { said: text }], attacks)
  const answer = { role: 'tool', tool_call_id: call.id, content: text }
  const answered = await client.chat.completions.create({ model, messages: [question, called.choices[0].message, answer], tools })
  assert.equal(answered.choices[0].message.content, text, attacks)
}

async function respond({ attacks, text }) {
  const fits = text.length <= 512
  const events = []
  for await (const event of await client.responses.create({
    model, input: `think:${text}`, instructions: text, metadata: fits ? { text } : {}, stream: true,
  })) {
    events.push(event)
  }

  const joined = type => events.filter(event => event.type === type).map(event => event.delta).join('')
  assert.equal(joined('response.output_text.delta'), text, attacks)
  assert.equal(joined('response.reasoning_text.delta'), text, attacks)
  const streamed = events.at(-1).response
  assert.deepEqual(streamed.output.map(item => item.content[0].text), [text, text], attacks)
  assert.equal(streamed.instructions, text, attacks)
  assert.deepEqual(streamed.metadata, fits ? { text } : {}, attacks)
  assert.deepEqual((await client.responses.retrieve(streamed.id)).output, streamed.output, attacks)
  assert.equal((await client.responses.inputItems.list(streamed.id)).data[0].content[0].text, `think:${text}`, attacks)

  const called = await client.responses.stream({ model, input: `call:${text}`, tools: functions }).finalResponse()
  const [call] = called.output.filter(item => item.type === 'function_call')
  assert.deepEqual(JSON.parse(call.arguments), { said: text }, attacks)
  const input = [{ type: 'function_call_output', call_id: call.call_id, output: text }]
  assert.equal((await client.responses.create({ model, input, previous_response_id: called.id, tools: functions })).output_text, text, attacks)
}

async function converse({ attacks, text }) {
  const metadata = text.length <= 512 ? { text } : {}
  const conversation = await client.conversations.create({ metadata, items: [{ role: 'user', content: text }, { role: 'assistant', content: text }] })
  assert.deepEqual((await client.conversations.retrieve(conversation.id)).metadata, metadata, attacks)
  const { data } = await client.conversations.items.list(conversation.id, { order: 'asc' })
  assert.deepEqual(data.map(item => item.content[0].text), [text, text], attacks)
}

await Promise.all(texts.flatMap(hostile => [complete(hostile), respond(hostile), converse(hostile)]))

console.log('good')
process.exit(0)
