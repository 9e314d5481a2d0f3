// The SDK's own repetitions: whatever breaks between it and the server, the model is asked once. The test counts.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { breaker } from '../lib/breaker.mjs'

let asked = 0
for (const how of ['reset', 502, 503, 429]) {
  for (const stream of [false, true]) {
    const client = new OpenAI({ apiKey: 'none', baseURL: await breaker(2, how), maxRetries: 2 })
    const messages = [{ role: 'user', content: `${how} ${stream}` }]
    const answer = await client.chat.completions.create({ model: 'scripted', messages, stream })
    let text = ''
    if (stream) {
      for await (const chunk of answer) {
        text += chunk.choices[0].delta.content ?? ''
      }
    } else {
      text = answer.choices[0].message.content
    }

    assert.equal(text, 'Hello, world!')
    asked++
  }
}

console.log(`${asked} questions`)
process.exit(0)
