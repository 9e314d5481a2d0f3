// The Express relay with its replies wrapped by resumable-stream: a second request can join a reply that runs. Redis is the
// package's switchboard; this one process is producer and consumer.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import OpenAI from 'openai';
import { createClient } from 'redis';
import { createResumableStreamContext } from 'resumable-stream';

const { PORT, MODEL_URL, REDIS_URL } = process.env;
const openai = new OpenAI({ baseURL: `${MODEL_URL}v1`, apiKey: 'none' });
const publisher = createClient({ url: REDIS_URL });
const subscriber = createClient({ url: REDIS_URL });
await Promise.all([publisher.connect(), subscriber.connect()]);

// A server that stays needs nobody to keep it alive until the reply is over.
const streams = createResumableStreamContext({ waitUntil: () => {}, publisher, subscriber });
const app = express();
app.use(express.json());

const streamHeaders = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };

app.get('/health/ready', (_, response) => response.send('ready'));

app.post('/chat', async (request, response) => {
  const reply = await streams.createNewResumableStream(randomUUID(), () => replyTo(request.body.content));
  response.writeHead(200, streamHeaders);
  await send(reply, response);
});

// For many readers: somebody asks, and all who follow take the reply up where they left it, counted in characters.
app.post('/channels/:id', async (request, response) => {
  const { id } = request.params;
  const reply = await streams.createNewResumableStream(id, () => replyTo(request.body.content));
  startOf(id).announce();
  response.sendStatus(202);

  // Who asked does not read. The reply goes on without a reader.
  await reply.cancel();
});

app.get('/channels/:id', async (request, response) => {
  const { id } = request.params;
  response.writeHead(200, streamHeaders);
  response.flushHeaders();
  await startOf(id).happened;
  const reply = await streams.resumeExistingStream(id, Number(request.query.resumeAt));
  if (reply) {
    await send(reply, response);
  } else {
    response.end(': nothing is running\n\n');
  }
});

// Readers come before the question in this benchmark, and the package knows only streams that exist: those who are early wait.
const starts = new Map();

function startOf(id) {
  if (!starts.has(id)) {
    const start = {};
    start.happened = new Promise((resolve) => (start.announce = resolve));
    starts.set(id, start);
  }

  return starts.get(id);
}

// The reply goes on when its reader leaves, so nothing aborts it.
function replyTo(content) {
  return ReadableStream.from(events(content));
}

async function* events(content) {
  const stream = await openai.chat.completions.create({ model: 'bench', stream: true, messages: [{ role: 'user', content }] });
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta?.content;
    if (content) {
      yield `data: ${JSON.stringify({ content })}\n\n`;
    }
  }

  yield 'data: [DONE]\n\n';
}

async function send(reply, response) {
  try {
    await pipeline(Readable.fromWeb(reply), response);
  } catch (error) {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      throw error;
    }
  }
}

app.listen(Number(PORT), '127.0.0.1', 4096);
