// Calls of the public API. What the server refuses becomes a Problem; what got no answer is asked again, as the same request.

const attempts = 3;
// For each piece of an answer. What is longer silent is taken for lost, and asked again where that is the same request.
const patience = 15_000;

let signIn = async () => false;

/** Who asks for a key when the server answers 401; resolves to true when the request may come again. */
export function onUnauthenticated(ask) {
  signIn = ask;
}

/** An answer that is not the wished one. `status` 0: there was none. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail ?? (status ? `The server answered ${status}.` : "The server cannot be reached."));
    this.status = status;
    this.code = body?.code ?? (status ? `http_${status}` : "unreachable");
    this.retryAfter = retryAfter;
  }
}

/** A name for a request, so that it can come twice and be carried out once. */
export function requestKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const get = (path, options) => call("GET", path, undefined, options);
export const post = (path, body, options) => call("POST", path, body, options);
export const patch = (path, body) => call("PATCH", path, body);
export const put = (path, body) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path);

async function call(method, path, body, { key, signal } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  // What creates something may only be repeated under a key.
  const repeatable = method !== "POST" || key !== undefined;
  for (let attempt = 1; ; attempt++) {
    const answer = await send(path, { method, headers, body: body && JSON.stringify(body), signal });
    if (answer?.ok) return answer.body;
    if (answer?.status === 401 && (await signIn())) continue;
    const passing = !answer || answer.status === 503;
    if (passing && repeatable && attempt < attempts && !signal?.aborted) {
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt * (0.5 + Math.random() / 2)));
      continue;
    }
    signal?.throwIfAborted();
    throw problemOf(answer);
  }
}

// Undefined where no whole answer came.
async function send(path, request) {
  const late = new AbortController();
  const limit = limitOf(late);
  const signal = request.signal ? AbortSignal.any([request.signal, late.signal]) : late.signal;
  try {
    const response = await fetch(path, { ...request, signal });
    const text = await textOf(response, limit);
    const body = parse(text);
    // Whatever says yes in other words is not the server.
    const isForeign = response.ok && text !== "" && body === undefined;
    return { ok: response.ok && !isForeign, status: isForeign ? 502 : response.status, headers: response.headers, body };
  } catch {
    return undefined;
  } finally {
    limit.end();
  }
}

async function textOf(response, limit) {
  const decoder = new TextDecoder();
  let text = "";
  limit.extend();
  if (!response.body) return text;
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    limit.extend();
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function limitOf(controller) {
  let timer;
  const end = () => clearTimeout(timer);
  const extend = () => {
    end();
    timer = setTimeout(() => controller.abort(), patience);
  };
  extend();
  return { extend, end };
}

function problemOf(answer) {
  if (!answer) return new Problem(0);
  const after = Number(answer.headers.get("Retry-After"));
  return new Problem(answer.status, answer.body, Number.isFinite(after) && after > 0 ? after : undefined);
}
