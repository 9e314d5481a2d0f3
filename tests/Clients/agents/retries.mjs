// The SDK's own repetitions of runs: whatever breaks between it and the server, the model is asked once. The test counts.
import assert from 'node:assert/strict'
import { Agent, OpenAIProvider, Runner } from '@openai/agents'
import { breaker } from '../lib/breaker.mjs'

const agent = new Agent({ name: 'Guide', model: 'scripted' })
let asked = 0
for (const how of ['reset', 503, 429]) {
  for (const stream of [false, true]) {
    for (const useResponses of [false, true]) {
      const provider = new OpenAIProvider({ apiKey: 'none', baseURL: await breaker(2, how), useResponses })
      const runner = new Runner({ modelProvider: provider, tracingDisabled: true })
      const run = await runner.run(agent, `${how} ${stream} ${useResponses}`, { stream })
      if (stream) {
        await run.completed
      }

      assert.equal(run.finalOutput, 'Hello, world!')
      asked++
    }
  }
}

console.log(`${asked} questions`)
process.exit(0)
