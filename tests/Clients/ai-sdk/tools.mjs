import assert from 'node:assert/strict'
import { lastAssistantMessageIsCompleteWithToolCalls } from 'ai'
import { openChat, stored, textOf, typesOf } from './chats.mjs'

const tools = { get_weather: { description: 'Tells the weather.', inputSchema: { type: 'object', properties: { city: { type: 'string' } } } } }
const called = []
const chat = openChat({
  transport: { body: { model: 'demo', tools } },
  sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls,
  onToolCall({ toolCall }) {
    called.push(toolCall)
    const rest = called.length === 1 ? { output: { degrees: 12 } } : { state: 'output-error', errorText: 'It rains.' }
    void chat.addToolOutput({ tool: toolCall.toolName, toolCallId: toolCall.toolCallId, ...rest })
  },
})

await chat.sendMessage({ text: '[demo: think call=2] How warm is it?' })

assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual(called.map(call => call.toolName), ['get_weather', 'get_weather'])
assert.equal(typeof called[0].input, 'object')

// One message: the step that called, and the step that tells what came of it.
assert.deepEqual(chat.messages.map(message => message.role), ['user', 'assistant'])
const [, reply] = chat.messages
assert.deepEqual(typesOf(reply).filter(type => type !== 'reasoning'), ['tool-get_weather', 'tool-get_weather', 'text'])
assert.deepEqual(reply.parts.filter(part => part.type === 'tool-get_weather').map(part => part.state), ['output-available', 'output-error'])
assert.equal(reply.parts.filter(part => part.type === 'step-start').length, 2)
assert.ok(textOf(reply).includes('12') && textOf(reply).includes('It rains.'), textOf(reply))

const known = await stored(chat.id)
assert.deepEqual(known.messages.map(message => message.id).slice(1), [reply.id])
const calls = message => message.parts.filter(part => part.type === 'tool-get_weather').map(({ state, input, output, errorText }) => ({ state, input, output, errorText }))
assert.deepEqual(calls(known.messages[1]), calls(reply))
assert.equal(textOf(known.messages[1]), textOf(reply))

// The chat goes on after the last step, not after the first.
await chat.sendMessage({ text: 'Thank you.' })
assert.equal(chat.status, 'ready', chat.error?.message)
assert.deepEqual((await stored(chat.id)).messages.map(message => message.role), ['user', 'assistant', 'user', 'assistant'])

// What waits for a tool cannot go on without it.
const waiting = openChat({ transport: { body: { model: 'demo', tools } } })
await waiting.sendMessage({ text: '[demo: call]' })
await waiting.sendMessage()
assert.equal(waiting.status, 'error')
assert.match(waiting.error.message, /has no output for the tool call/)
