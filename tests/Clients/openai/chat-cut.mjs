// Chunks that are cut after every frame: the SDK says so, and the reply is gone on with, from the start or from the cursor.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

const tokens = 12
const question = i => [{ role: 'user', content: `${i}: [demo: tokens=${tokens} rate=60 think=3]` }]
const client = url => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 })
const textOf = chunk => chunk.choices[0]?.delta.content ?? ''

async function read(stream, seen) {
  for await (const chunk of stream) {
    seen.id = chunk.id
    seen.text += textOf(chunk)
  }
}

// A comment, the role, thoughts, words, the reason, the end.
async function cut(frames) {
  const proxy = await cuttingProxy(baseUrl, frames)
  const seen = { text: '' }
  const stream = await client(proxy.url).chat.completions.create({ model: 'demo', messages: question(frames), stream: true })
  const error = await read(stream, seen).catch(error => error)
  const wasCut = proxy.seen.cut === 1
  if (!wasCut) {
    assert.equal(error, undefined)
    return seen.text
  }

  // After the end mark nothing is missing, as far as the client is concerned.
  assert.ok(error !== undefined || proxy.seen.lastFrame.includes('[DONE]'), `cut after ${frames}, and nobody noticed`)
  if (seen.id === undefined) {
    return undefined
  }

  // From the start, in the SDK's own way.
  const again = { text: '' }
  await read(await client(baseUrl).get(`/chat/completions/${seen.id}`, { query: { stream: true }, stream: true }), again)
  assert.ok(again.text.startsWith(seen.text))

  // From the cursor, which the SDK does not show: it stands in the frame.
  const cursor = /^id: (\d+)$/m.exec(proxy.seen.lastFrame)?.[1]
  if (cursor !== undefined) {
    const rest = { text: '' }
    const query = { stream: true, starting_after: cursor }
    await read(await client(baseUrl).get(`/chat/completions/${seen.id}`, { query, stream: true }), rest)
    assert.equal(seen.text + rest.text, again.text)
  }

  const stored = await client(baseUrl).chat.completions.retrieve(seen.id)
  assert.equal(stored.choices[0].message.content, again.text)
  proxy.stop()
  return again.text
}

const texts = await Promise.all(Array.from({ length: tokens + 10 }, (_, i) => cut(i + 1)))
assert.ok(texts.filter(text => text !== undefined).length > tokens)
console.log(`${texts.length} cuts`)
process.exit(0)
