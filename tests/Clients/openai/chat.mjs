// Chat Completions in plain use: whole, in chunks, with everything that can be asked for; and what goes wrong.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1` })
const ask = content => [{ role: 'system', content: 'Be brief.' }, { role: 'user', content }]

async function fails(promise, status, code, param) {
  const error = await promise.then(() => assert.fail('It did not fail.'), error => error)
  assert.ok(error instanceof OpenAI.APIError, `${error}`)
  assert.deepEqual([error.status, error.code, error.param], [status, code, param])
  return error
}

// Models.
const models = []
for await (const model of client.models.list()) {
  models.push(model.id)
}

assert.deepEqual(models, ['scripted', 'demo', 'gpt-5', 'impatient'])
assert.equal((await client.models.retrieve('demo')).owned_by, 'orleanschat-demo')
await fails(client.models.retrieve('org/none'), 404, 'model_not_found', 'model')

// Whole.
const { data: whole, response } = await client.chat.completions.create({ model: 'demo', messages: ask('[demo: tokens=20]') }).withResponse()
assert.equal(whole.object, 'chat.completion')
assert.equal(whole.choices.length, 1)
assert.equal(whole.choices[0].finish_reason, 'stop')
assert.ok(whole.choices[0].message.content.length > 20)
assert.equal(whole.usage.completion_tokens, 20)
assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + 20)
assert.match(response.headers.get('x-conversation-id'), /^conv_/)
assert.equal((await client.chat.completions.retrieve(whole.id)).choices[0].message.content, whole.choices[0].message.content)

// In chunks.
let text = ''
let usage
const ids = new Set()
const chunks = await client.chat.completions.create({
  model: 'demo', messages: ask('[demo: tokens=20]'), stream: true, stream_options: { include_usage: true },
})
for await (const chunk of chunks) {
  ids.add(`${chunk.id} ${chunk.created} ${chunk.model} ${chunk.object}`)
  text += chunk.choices[0]?.delta.content ?? ''
  usage = chunk.usage ?? usage
}

assert.equal(ids.size, 1)
assert.equal(usage.completion_tokens, 20)
assert.equal(text, (await client.chat.completions.retrieve([...ids][0].split(' ')[0])).choices[0].message.content)

// Through the helper, which checks every chunk.
const helper = client.chat.completions.stream({ model: 'demo', messages: ask('[demo: tokens=20 think=5]'), stream_options: { include_usage: true } })
const final = await helper.finalChatCompletion()
assert.equal(final.choices[0].finish_reason, 'stop')
assert.equal(final.choices[0].message.role, 'assistant')
assert.ok(final.usage.completion_tokens >= 20)
assert.equal(typeof final.choices[0].message.reasoning_content, 'string')

// A refusal.
const refused = await client.chat.completions.create({ model: 'demo', messages: ask('[demo: refuse]') })
assert.equal(refused.choices[0].message.content, null)
assert.ok(refused.choices[0].message.refusal.length > 0)
assert.ok((await client.chat.completions.stream({ model: 'demo', messages: ask('[demo: refuse]') }).finalMessage()).refusal.length > 0)

// Everything that can be asked for at once.
const rich = await client.chat.completions.create({
  model: 'scripted',
  messages: [
    { role: 'developer', content: 'Answer in JSON.' },
    {
      role: 'user',
      name: 'ann',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', detail: 'low' } },
      ],
    },
  ],
  temperature: 0.1, top_p: 0.9, max_completion_tokens: 40, stop: ['END', 'STOP'], seed: 5, n: 1, presence_penalty: 0.1, frequency_penalty: 0.1,
  reasoning_effort: 'low', user: 'u', service_tier: 'auto', safety_identifier: 's', metadata: { topic: 'images' }, store: false, logprobs: false,
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: { type: 'object', properties: { what: { type: 'string' } } } } },
})
assert.equal(rich.choices[0].message.content, 'Hello, world!')

// What goes wrong before the reply.
await fails(client.chat.completions.create({ model: 'nobody', messages: ask('x') }), 404, 'model_not_found', 'model')
await fails(client.chat.completions.create({ model: 'demo', messages: ask('x'), n: 2 }), 400, 'invalid_request', 'n')
await fails(client.chat.completions.create({ model: 'demo', messages: ask('x'), temperature: 9, stream: true }), 400, 'invalid_request', 'temperature')
await fails(client.chat.completions.create({ model: 'demo', messages: [] }), 400, 'invalid_request', 'messages')
await fails(client.chat.completions.retrieve('chatcmpl-none'), 404, 'reply_not_found', null)
await fails(client.get('/nowhere'), 404, 'not_found', null)

// What goes wrong within it.
for (const fault of ['error', 'truncate']) {
  let half = ''
  const stream = await client.chat.completions.create({ model: 'demo', messages: ask(`[demo: ${fault} after=5]`), stream: true })
  const error = await (async () => {
    for await (const chunk of stream) {
      half += chunk.choices[0].delta.content ?? ''
    }
  })().then(() => assert.fail('It did not fail.'), error => error)
  assert.ok(half.length > 0)
  assert.ok(error instanceof OpenAI.APIError, `${error}`)
  assert.match(error.code, /^upstream_/)
  await fails(client.chat.completions.create({ model: 'demo', messages: ask(`[demo: ${fault} after=5]`) }), 502, error.code, null)
}

console.log('good')
