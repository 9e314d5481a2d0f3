// What stands between a client and the server, and breaks.
import { createServer, request } from 'node:http'

// Lets requests through; answers to the first few it breaks in one of several ways.
export async function breaker(times, how) {
  const server = createServer((incoming, outgoing) => {
    const breaks = times-- > 0
    const { method, url, headers } = incoming
    const upstream = request(new URL(url, process.env.BASE_URL), { method, headers }, answer => {
      if (!breaks) {
        outgoing.writeHead(answer.statusCode, answer.headers)
        answer.pipe(outgoing)
      } else if (how === 'reset') {
        upstream.destroy()
        outgoing.destroy()
      } else {
        // What stands between has given up, and the server does not know.
        answer.resume()
        outgoing.writeHead(how, { 'content-type': 'text/plain' })
        outgoing.end('Bad gateway')
      }
    })
    upstream.on('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
  await new Promise(listening => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${server.address().port}/v1`
}
