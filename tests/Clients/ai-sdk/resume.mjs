// A connection that breaks after each of its chunks, and a client that resumes.
import assert from 'node:assert/strict'
import { breaksAfter, openChat, plain } from './chats.mjs'

const text = '[demo: think=5 tokens=12 rate=5] Why?'

async function chunksOf(request) {
  const whole = openChat({ transport: { fetch: request } })
  await whole.sendMessage({ text })
  assert.equal(whole.status, 'ready', whole.error?.message)
  return whole.lastMessage
}

let chunks = 0
await chunksOf(async (...request) => {
  const response = await fetch(...request)
  chunks = (await response.clone().text()).split('\n').filter(line => /^data: \{/.test(line)).length
  return response
})
assert.ok(chunks > 17)

async function resumes(after) {
  const chat = openChat({ transport: { fetch: breaksAfter(after, process.env.CUT_ERROR) } })
  await chat.sendMessage({ text })
  assert.equal(chat.status, 'error', `after ${after}`)
  const id = chat.lastMessage.role === 'assistant' ? chat.lastMessage.id : undefined
  await chat.resumeStream()
  assert.equal(chat.status, 'ready', chat.error?.message)
  assert.equal(chat.messages.length, 2, `after ${after}`)
  assert.ok(!id || chat.lastMessage.id === id)
  return chat
}

// The last cut leaves more than a second until the reply's end: then there is nothing to resume.
const afterEach = await Promise.all(Array.from({ length: chunks - 9 }, (_, i) => resumes(i)))
for (const chat of afterEach) {
  // What the demo model says is a function of what it was asked.
  assert.deepEqual(plain(chat.lastMessage.parts), plain(afterEach[0].lastMessage.parts))
}
