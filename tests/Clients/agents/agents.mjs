// The Agents SDK: plain, in events, tools, one after the other, with a conversation as the session's memory, and errors.
import assert from 'node:assert/strict'
import { Agent, OpenAIConversationsSession, OpenAIProvider, Runner, tool } from '@openai/agents'
import { z } from 'zod'

const address = { apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1` }
const runner = new Runner({ modelProvider: new OpenAIProvider({ ...address, useResponses: true }), tracingDisabled: true })
const asked = []
const weather = tool({
  name: 'get_weather',
  description: 'How warm it is.',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => {
    asked.push(city)
    return 'It is 12 degrees.'
  },
})

// For names that the SDK knows it sends settings of its own.
const model = process.env.MODEL ?? 'demo'
const agent = new Agent({ name: 'Guide', model, instructions: 'Be brief.', tools: [weather] })

const plain = await runner.run(agent, '[demo: tokens=20]')
assert.ok(plain.finalOutput.length > 20)

const streamed = await runner.run(agent, '[demo: tokens=20 think=5]', { stream: true })
let text = ''
for await (const piece of streamed.toTextStream()) {
  text += piece
}

await streamed.completed
assert.equal(text, streamed.finalOutput)

const called = await runner.run(agent, '[demo: think=3 call=2] How warm is it?')
assert.equal(asked.length, 2)
assert.match(called.finalOutput, /12 degrees/)

const calledInEvents = await runner.run(agent, '[demo: call] How warm is it?', { stream: true })
await calledInEvents.completed
assert.equal(asked.length, 3)
assert.match(calledInEvents.finalOutput, /12 degrees/)

// The server keeps the exchange: after a response, and in a conversation.
const after = await runner.run(agent, '[demo: call] And tomorrow?', { previousResponseId: plain.lastResponseId })
assert.match(after.finalOutput, /12 degrees/)
const { id } = await (await fetch(`${address.baseURL}/conversations`, { method: 'POST' })).json()
await runner.run(agent, '[demo: call] And then?', { conversationId: id })
const items = await (await fetch(`${address.baseURL}/conversations/${id}/items?order=asc`)).json()
assert.deepEqual(items.data.map(item => item.type), ['message', 'function_call', 'function_call_output', 'message'])

// The SDK keeps it, in a conversation.
const session = new OpenAIConversationsSession(address)
await runner.run(agent, '[demo: call] One.', { session })
await runner.run(agent, 'Two.', { session })
assert.deepEqual((await session.getItems()).map(item => item.type), ['message', 'function_call', 'function_call_result', 'message', 'message', 'message'])
assert.equal((await session.popItem()).role, 'assistant')
await session.clearSession()

await assert.rejects(runner.run(agent, '[demo: error after=3]'))
await assert.rejects(async () => {
  const failing = await runner.run(agent, '[demo: error after=3]', { stream: true })
  await failing.completed
})
console.log('good')
process.exit(0)
