// Conversations and their items.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 0 })
const fails = (promise, status, code) => assert.rejects(promise, error => error.status === status && error.code === code)

const conversation = await client.conversations.create({ metadata: { topic: 'tests' }, items: [{ role: 'system', content: 'Be brief.' }] })
assert.match(conversation.id, /^conv_/)
assert.deepEqual(conversation.metadata, { topic: 'tests' })
const changed = await client.conversations.update(conversation.id, { metadata: { topic: 'more' } })
assert.deepEqual((await client.conversations.retrieve(conversation.id)).metadata, changed.metadata)

const added = await client.conversations.items.create(conversation.id, {
  items: [
    { role: 'user', content: 'What is 6 × 7?' },
    { type: 'function_call', call_id: 'call_1', name: 'multiply', arguments: '{"x":6,"y":7}' },
    { type: 'function_call_output', call_id: 'call_1', output: '42' },
    { role: 'assistant', content: [{ type: 'output_text', text: '42.' }] },
    { role: 'user', content: 'And 6 × 8?' },
  ],
})
assert.deepEqual(added.data.map(item => item.type), ['message', 'function_call', 'function_call_output', 'message', 'message'])

// What ends with a question is replied to without another word.
const reply = await client.responses.create({ model: 'scripted', conversation: { id: conversation.id } })
assert.equal(reply.output_text, 'Hello, world!')
assert.equal(reply.conversation.id, conversation.id)

// Page by page, either way round.
async function list(order, limit) {
  const ids = []
  for await (const item of client.conversations.items.list(conversation.id, { order, limit })) {
    ids.push(item.id)
  }

  return ids
}

const all = await list('asc', 100)
assert.equal(all.length, 7)
assert.equal(all.at(-1), reply.output[0].id)
assert.deepEqual(await list('asc', 2), all)
assert.deepEqual(await list('desc', 3), all.toReversed())
const item = await client.conversations.items.retrieve(all[2], { conversation_id: conversation.id })
assert.deepEqual([item.type, item.name], ['function_call', 'multiply'])

assert.equal((await client.conversations.items.delete(all.at(-1), { conversation_id: conversation.id })).id, conversation.id)
await fails(client.conversations.items.retrieve(all.at(-1), { conversation_id: conversation.id }), 404, 'item_not_found')
assert.equal((await list('asc', 100)).length, 6)
await fails(client.conversations.items.create(conversation.id, { items: Array(21).fill({ role: 'user', content: 'x' }) }), 400, 'invalid_request')

assert.equal((await client.conversations.delete(conversation.id)).deleted, true)
await fails(client.conversations.retrieve(conversation.id), 404, 'conversation_not_found')
await fails(client.responses.create({ model: 'demo', input: 'x', conversation: conversation.id }), 404, 'conversation_not_found')
console.log('good')
process.exit(0)
