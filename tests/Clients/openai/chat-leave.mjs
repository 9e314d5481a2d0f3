// Leaving is not stopping: the reply goes on. Stopping it is a request of its own.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1` })

async function begin(content) {
  const stream = await client.chat.completions.create({ model: 'demo', messages: [{ role: 'user', content }], stream: true })
  for await (const chunk of stream) {
    if (chunk.choices[0].delta.content) {
      // Breaking off aborts the request.
      return chunk.id
    }
  }
}

const left = await begin('[demo: tokens=30 rate=100]')
const rest = await client.get(`/chat/completions/${left}`, { query: { stream: true, include_usage: true }, stream: true })
let usage
for await (const chunk of rest) {
  usage = chunk.usage ?? usage
}

assert.equal(usage.completion_tokens, 30)

const stopped = await begin('[demo: tokens=10000 rate=50]')
const first = await client.post(`/chat/completions/${stopped}/cancel`)
const again = await client.post(`/chat/completions/${stopped}/cancel`)
assert.equal(first.choices[0].finish_reason, 'stop')
assert.ok(first.choices[0].message.content.length > 0)
assert.deepEqual(again, first)
console.log('good')
process.exit(0)
