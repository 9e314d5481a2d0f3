// One conversation on one page. What is on the page is only ever what the events said, so a reload is nothing special:
// the same events come again, and the page looks the same.

const byId = (id) => document.getElementById(id);
const replies = new Map();
const parents = new Map();
let source;
let conversation = location.hash.slice(1);
let characters = 0;

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("content").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("composer").requestSubmit();
  }
});
byId("stop").addEventListener("click", () => call("POST", `/conversations/${conversation}/cancel`));
byId("new").addEventListener("click", () => open(""));
addEventListener("hashchange", () => open(location.hash.slice(1)));

if (conversation) follow();
showRuntime();

async function send() {
  const content = byId("content").value;
  if (!content.trim()) return;
  if (!conversation) {
    const created = await call("POST", "/conversations", {});
    if (!created) return;
    conversation = created.id;
    history.replaceState(null, "", `#${conversation}`);
    follow();
  }

  if (await call("POST", `/conversations/${conversation}/messages`, { content })) {
    byId("content").value = "";
  }
}

function open(id) {
  if (id === conversation) return;
  source?.close();
  replies.clear();
  parents.clear();
  characters = 0;
  byId("messages").replaceChildren();
  showRunning(false);
  showProblem("");
  showConnection("not connected");
  conversation = id;
  history.replaceState(null, "", id ? `#${id}` : location.pathname);
  if (id) follow();
}

// The browser reconnects by itself, with the id of the last event that it saw; the server goes on from there.
function follow() {
  source = new EventSource(`/conversations/${conversation}/events`);
  source.onopen = () => showConnection("live");
  source.onerror = () =>
    source.readyState === EventSource.CLOSED
      ? showProblem("This conversation cannot be opened: it does not exist, or the server refused.")
      : showConnection(`reconnecting; ${characters} characters are here`);
  const on = (type, handle) => source.addEventListener(type, (event) => handle(JSON.parse(event.data)));

  on("message.created", (e) => {
    add(e.message, e.role, e.tool_results ? e.tool_results.map((result) => result.content).join("\n") : e.content);
    showBranch(e.message, e.parent);
  });
  on("reply.started", (e) => {
    replies.set(e.message, add(e.message, "assistant", ""));
    showBranch(e.message, e.parent);
    mark(e.message, "in_progress", e.model);
    showRunning(true);
  });
  on("reply.delta", (e) => {
    replies.get(e.message)?.querySelector(".text").append(e.text);
    characters += e.text.length;
    scrollAlong();
  });
  on("reply.reasoning", (e) => addMore(e.message, e.text));
  on("reply.refusal", (e) => addMore(e.message, e.text));
  on("reply.tool_call", (e) => addMore(e.message, e.id ? `\n🔧 ${e.name} ${e.arguments}` : e.arguments));
  on("reply.restarted", (e) => {
    const text = replies.get(e.message).querySelector(".text");
    characters -= text.textContent.length;
    text.textContent = "";
    replies.get(e.message).querySelector(".more").textContent = "";
  });
  on("reply.completed", (e) =>
    end(e, "completed", e.usage ? `${e.usage.input_tokens} tokens read, ${e.usage.output_tokens} written` : ""));
  on("reply.failed", (e) => end(e, "failed", `Failed (${e.error.code}): ${e.error.message}`));
  on("reply.cancelled", (e) => {
    const text = replies.get(e.message).querySelector(".text");
    if (e.text_length !== undefined) text.textContent = text.textContent.slice(0, e.text_length);
    end(e, "cancelled", "Stopped.");
  });
  on("head.moved", (e) => showBranch(e.message, parents.get(e.message)));
  on("reply.interrupted", (e) => end(e, "interrupted", "The server stopped before this was complete."));
  on("conversation.deleted", () => {
    source.close();
    showProblem("This conversation was deleted.");
  });
}

function add(id, role, content) {
  const message = document.createElement("article");
  message.className = `message ${role}`;
  message.dataset.id = id;
  const more = document.createElement("small");
  more.className = "more";
  more.dir = "auto";
  const text = document.createElement("span");
  text.className = "text";
  text.dir = "auto";
  text.textContent = content;
  const note = document.createElement("small");
  note.className = "note";
  message.append(more, text, note);
  byId("messages").append(message);
  scrollAlong(true);
  return message;
}

// What a model thinks, calls and refuses, in the order in which it comes.
function addMore(id, text) {
  replies.get(id)?.querySelector(".more").append(text);
  scrollAlong();
}

// Only the branch that ends with the newest head is shown; the others are there, for whoever moves the head back.
function showBranch(head, parent) {
  parents.set(head, parent);
  const branch = new Set();
  for (let id = head; id; id = parents.get(id)) branch.add(id);
  for (const message of byId("messages").children) message.hidden = !branch.has(message.dataset.id);
}

function mark(id, status, note) {
  const message = replies.get(id);
  message.classList.remove("in_progress");
  message.classList.add(status);
  message.querySelector(".note").textContent = note;
}

function end(event, status, note) {
  mark(event.message, status, note);
  showRunning(false);
  scrollAlong();
}

function scrollAlong(always = false) {
  const list = byId("messages");
  if (always || list.scrollHeight - list.scrollTop - list.clientHeight < 80) list.scrollTop = list.scrollHeight;
}

function showRunning(running) {
  byId("stop").hidden = !running;
  byId("send").disabled = running;
}

function showConnection(text) {
  byId("connection").textContent = text;
}

function showProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

async function showRuntime() {
  const [health, models] = await Promise.all([call("GET", "/health/ready"), call("GET", "/models")]);
  if (health && models) byId("runtime").textContent = `Model: ${models.data[0].id}. Runs on ${health.runtime}.`;
}

async function call(method, path, body) {
  showProblem("");
  try {
    const response = await fetch(path, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    showProblem(answer.detail ?? `The server answered ${response.status}.`);
  } catch {
    showProblem("The server cannot be reached.");
  }

  return undefined;
}
