// Chats carry every text as it is, live, stored, and as tools' inputs and outputs.
import assert from 'node:assert/strict'
import { lastAssistantMessageIsCompleteWithToolCalls } from 'ai'
import { openChat, stored, textOf } from '../ai-sdk/chats.mjs'
import { texts } from './texts.mjs'

const tools = { say: { description: 'Says it.', inputSchema: { type: 'object', properties: { said: { type: 'string' } } } } }

async function say({ attacks, text }) {
  const chat = openChat({ transport: { body: { model: 'scripted' } } })
  await chat.sendMessage({ text: `think:${text}` })
  assert.equal(chat.status, 'ready', `${attacks}: ${chat.error?.message}`)
  assert.equal(textOf(chat.messages[1]), text, attacks)
  assert.equal(chat.messages[1].parts.find(part => part.type === 'reasoning').text, text, attacks)
  assert.deepEqual((await stored(chat.id)).messages.map(textOf), [`think:${text}`, text], attacks)
}

async function call({ attacks, text }) {
  const inputs = []
  const chat = openChat({
    transport: { body: { model: 'scripted', tools } },
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls,
    onToolCall({ toolCall }) {
      inputs.push(toolCall.input)
      void chat.addToolOutput({ tool: toolCall.toolName, toolCallId: toolCall.toolCallId, output: text })
    },
  })
  await chat.sendMessage({ text: `call:${text}` })
  assert.equal(chat.status, 'ready', `${attacks}: ${chat.error?.message}`)
  assert.deepEqual(inputs, [{ said: text }], attacks)
  assert.equal(textOf(chat.messages[1]), text, attacks)
  const part = (await stored(chat.id)).messages[1].parts.find(part => part.type === 'tool-say')
  assert.deepEqual([part.input, part.output], [{ said: text }, text], attacks)
}

await Promise.all(texts.flatMap(hostile => [say(hostile), call(hostile)]))

console.log('good')
process.exit(0)
