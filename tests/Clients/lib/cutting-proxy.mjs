// A server before the server, which cuts streams of server-sent events: the first after so many frames, the next after so many, and
// those for which no number is left not at all.
import { createServer, request } from 'node:http'

export async function cuttingProxy(target, ...cuts) {
  const seen = { requests: 0, cut: 0, lastFrame: '' }
  const server = createServer((incoming, outgoing) => {
    seen.requests++
    const { method, url, headers } = incoming
    const upstream = request(new URL(url, target), { method, headers }, answer => {
      outgoing.writeHead(answer.statusCode, answer.headers)
      const isStream = answer.headers['content-type']?.startsWith('text/event-stream')
      if (!isStream || cuts.length === 0) {
        answer.pipe(outgoing)
        return
      }

      cutAfter(cuts.shift(), answer, outgoing, frame => {
        seen.cut++
        seen.lastFrame = frame
        upstream.destroy()
      })
    })
    // The end of either is the end of both.
    upstream.on('error', () => outgoing.destroy())
    outgoing.on('close', () => upstream.destroy())
    incoming.pipe(upstream)
  })
  await new Promise(listening => server.listen(0, '127.0.0.1', listening))
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${server.address().port}`, seen, stop }
}

function cutAfter(frames, answer, outgoing, done) {
  let frame = ''
  answer.on('end', () => outgoing.end())
  answer.on('data', chunk => {
    for (let i = 0; i < chunk.length; i++) {
      frame += String.fromCharCode(chunk[i])
      if (!frame.endsWith('\n\n')) {
        continue
      }

      if (--frames === 0) {
        // What ended by itself in the meantime has been cut all the same.
        answer.removeAllListeners('data').removeAllListeners('end')
        outgoing.write(chunk.subarray(0, i + 1), () => {
          outgoing.destroy()
          done(frame)
        })
        return
      }

      frame = ''
    }

    outgoing.write(chunk)
  })
}
