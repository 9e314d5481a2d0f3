// The SDK's own repetitions of responses: whatever breaks between it and the server, the model is asked once. The test counts.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { breaker } from '../lib/breaker.mjs'

let asked = 0
for (const how of ['reset', 502, 503, 429]) {
  for (const stream of [false, true]) {
    const client = new OpenAI({ apiKey: 'none', baseURL: await breaker(2, how), maxRetries: 2 })
    const answer = await client.responses.create({ model: 'scripted', input: `${how} ${stream}`, stream })
    let text = ''
    if (stream) {
      for await (const chunk of answer) {
        text += chunk.type === 'response.output_text.delta' ? chunk.delta : ''
      }
    } else {
      text = answer.output_text
    }

    assert.equal(text, 'Hello, world!')
    asked++
  }
}

console.log(`${asked} questions`)
process.exit(0)
