// The native API, as far as scripts need it beside the client that they are about.
export const baseUrl = process.env.BASE_URL

async function json(method, path, body, headers = {}) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  }

  return response.status === 204 ? null : response.json()
}

export const get = path => json('GET', path)
export const post = (path, body = {}, headers) => json('POST', path, body, headers)

// Creates a conversation and returns its id.
export const create = async (body = {}) => (await post('/conversations', body)).id

// Sends a message, and returns the ids of both, without waiting for the reply.
export const send = (conversation, content, more = {}) => post(`/conversations/${conversation}/messages`, { content, ...more })

// Follows a conversation to the end of what runs in it, and returns its events.
export async function events(conversation, query = 'until=idle&catchup=deltas') {
  const response = await fetch(`${baseUrl}/conversations/${conversation}/events?${query}`)
  const frames = (await response.text()).split('\n\n')
  return frames.flatMap(frame => frame.split('\n').filter(line => line.startsWith('data: ')).map(line => JSON.parse(line.slice(6))))
}

export const textOf = events => events.filter(e => e.type === 'reply.delta').map(e => e.text).join('')
