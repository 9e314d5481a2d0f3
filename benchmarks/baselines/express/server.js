// Express and the openai package: what most tutorials arrive at. It stores nothing and resumes nothing.
import express from 'express';
import OpenAI from 'openai';

const { PORT, MODEL_URL } = process.env;
const openai = new OpenAI({ baseURL: `${MODEL_URL}v1`, apiKey: 'none' });
const app = express();
app.use(express.json());

const streamHeaders = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };

app.get('/health/ready', (_, response) => response.send('ready'));

app.post('/chat', async (request, response) => {
  const stream = await openai.chat.completions.create({
    model: 'bench',
    stream: true,
    messages: [{ role: 'user', content: request.body.content }],
  });
  response.on('close', () => stream.controller.abort());
  response.writeHead(200, streamHeaders);
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta?.content;
    if (content) {
      response.write(`data: ${JSON.stringify({ content })}\n\n`);
    }
  }

  response.end('data: [DONE]\n\n');
});

// A reader to whom nothing happens.
app.get('/idle', (_, response) => {
  response.writeHead(200, streamHeaders);
  response.write(': here\n\n');
});

app.listen(Number(PORT), '127.0.0.1', 4096);
