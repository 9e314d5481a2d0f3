import assert from 'node:assert/strict'
import { lastAssistantMessageIsCompleteWithToolCalls } from 'ai'
import { openChat, plain, stored, textOf, until } from './chats.mjs'

// The second tab is opened in mid-reply.
const one = openChat()
const sent = one.sendMessage({ text: '[demo: tokens=60 rate=60]' })
await until(() => one.lastMessage?.role === 'assistant' && textOf(one.lastMessage).length > 10, 'some text')
const now = await stored(one.id)
assert.equal(now.replying, true)
assert.deepEqual(now.messages.map(message => message.role), ['user'])
const two = openChat({ id: one.id, messages: now.messages })
const resumed = two.resumeStream()

// A third one knows nothing of the reply, and must not end it.
const three = openChat({ id: one.id })
await three.sendMessage({ text: 'Me too!' })
assert.match(three.error.message, /^A reply runs in this conversation/)

await Promise.all([sent, resumed])
assert.equal(two.status, 'ready', two.error?.message)
assert.deepEqual(plain(two.lastMessage), plain(one.lastMessage))

await two.sendMessage({ text: 'And now?' })
assert.equal((await stored(one.id)).messages.length, 4)

// Opened in the second step of a message: all of it comes, the first step and the outputs of its tools too.
const chat = openChat({
  sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls,
  onToolCall: ({ toolCall }) => void chat.addToolOutput({ tool: toolCall.toolName, toolCallId: toolCall.toolCallId, output: ['mild', { degrees: 12 }] }),
})
const tools = { f: { inputSchema: { type: 'object', properties: {} } } }
const all = chat.sendMessage({ text: '[demo: call tokens=60 rate=60]' }, { body: { tools } })
await until(() => chat.lastMessage?.role === 'assistant' && textOf(chat.lastMessage).length > 10, 'text of the second step')
const page = openChat({ id: chat.id, messages: (await stored(chat.id)).messages })
assert.deepEqual(page.messages.map(message => message.role), ['user'])
await page.resumeStream()
await all
assert.equal(page.status, 'ready', page.error?.message)
assert.equal(page.lastMessage.id, chat.lastMessage.id)
assert.deepEqual(plain(page.lastMessage.parts), plain(chat.lastMessage.parts))
