// fetch-event-source repeats its POST whenever it is cut. With an Idempotency-Key all of them are one request.
import assert from 'node:assert/strict'
import { fetchEventSource } from '@microsoft/fetch-event-source'
import { create, get, textOf, baseUrl } from '../lib/chat.mjs'
import { cuttingProxy } from '../lib/cutting-proxy.mjs'

// What it takes for granted: a browser.
globalThis.window = globalThis
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} }

async function ask(cuts, key) {
  const conversation = await create()
  const proxy = await cuttingProxy(baseUrl, ...cuts)
  const seen = []
  await fetchEventSource(`${proxy.url}/conversations/${conversation}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ content: 'Hi!' }),
    openWhenHidden: true,
    onmessage: ({ id, event, data }) => event && seen.push({ id: Number(id), ...JSON.parse(data) }),
    // The time that the server asks for is tested elsewhere.
    onerror: () => 10,
  })
  proxy.stop()
  return { conversation, seen, proxy }
}

const cuts = [[], [1], [2], [3], [4], [1, 1, 1, 1, 1], [2, 1, 2]]
const answers = await Promise.all(cuts.map((each, i) => ask(each, `fetch-event-source-${i}`)))
for (const [i, { conversation, seen, proxy }] of answers.entries()) {
  const { data } = await get(`/conversations/${conversation}/messages`)
  assert.equal(data.length, 2, `${cuts[i]}: one question, one answer`)
  assert.equal(data[1].content, 'Hello, world!')
  assert.equal(textOf(seen), 'Hello, world!', `${cuts[i]}`)
  assert.ok(seen.every((e, at) => at === 0 || e.id > seen[at - 1].id), `${cuts[i]}: nothing comes twice`)
  assert.equal(seen.at(-1).type, 'reply.completed')
  assert.equal(proxy.seen.requests, proxy.seen.cut + 1)
}

console.log(answers.map(({ proxy }) => proxy.seen.requests).join(' '))
process.exit(0)
