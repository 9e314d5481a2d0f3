// Images, structured output, a refusal, and an unknown model. The test says what the model answers, and looks at what it was asked.
import assert from 'node:assert/strict'
import { Agent, ModelRefusalError, OpenAIProvider, Runner } from '@openai/agents'
import { z } from 'zod'

const provider = new OpenAIProvider({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, useResponses: process.env.RESPONSES === 'true' })
const runner = new Runner({ modelProvider: provider, tracingDisabled: true })
const agent = new Agent({ name: 'Guide', model: 'scripted' })
const image = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const seen = await runner.run(agent, [{ role: 'user', content: [{ type: 'input_text', text: 'What is it?' }, { type: 'input_image', image }] }])
assert.equal(seen.finalOutput, 'A dot.')

const structured = new Agent({ name: 'Weather', model: 'scripted', outputType: z.object({ degrees: z.number() }) })
assert.deepEqual((await runner.run(structured, 'How warm is it?')).finalOutput, { degrees: 12 })

await assert.rejects(runner.run(agent, 'Do it.'), error => error instanceof ModelRefusalError && error.refusal === "I'd rather not.")

await assert.rejects(
  runner.run(new Agent({ name: 'Nobody', model: 'no-such-model' }), 'Hello.'),
  error => error.status === 404 && error.code === 'model_not_found')
console.log('good')
process.exit(0)
