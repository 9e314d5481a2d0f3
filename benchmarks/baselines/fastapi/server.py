"""FastAPI and httpx: one process, one event loop. It stores nothing and resumes nothing."""

import asyncio
import json
import os

import httpx
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel

# Without these two, the pool ends at a hundred streams and a slow model at five seconds.
upstream = httpx.AsyncClient(
    base_url=os.environ["MODEL_URL"],
    limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
    timeout=None,
)
app = FastAPI()


class Message(BaseModel):
    content: str


@app.get("/health/ready", response_class=PlainTextResponse)
async def ready():
    return "ready"


@app.post("/chat")
async def chat(message: Message):
    return StreamingResponse(reply_to(message.content), media_type="text/event-stream")


async def reply_to(content: str):
    body = {"model": "bench", "stream": True, "messages": [{"role": "user", "content": content}]}
    async with upstream.stream("POST", "v1/chat/completions", json=body) as response:
        async for line in response.aiter_lines():
            if not line.startswith("data: "):
                continue
            data = line[6:].rstrip("\n")
            if data == "[DONE]":
                break
            choices = json.loads(data)["choices"]
            content = choices[0]["delta"].get("content") if choices else None
            if content:
                yield f"data: {json.dumps({'content': content})}\n\n"
    yield "data: [DONE]\n\n"


@app.get("/idle")
async def idle():
    """A reader to whom nothing happens."""
    return StreamingResponse(nothing(), media_type="text/event-stream")


async def nothing():
    yield ": here\n\n"
    await asyncio.Event().wait()
