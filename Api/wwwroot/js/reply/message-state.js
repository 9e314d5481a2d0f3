// One message as the events tell it, without any element of the page: what is applied twice changes nothing.

const endings = new Set(["completed", "failed", "cancelled", "interrupted"]);

export class MessageState {
  /** Finished blocks of HTML, in order. */
  blocks = [];
  /** What grows after them, as HTML, and the text that came after that HTML was made. */
  open = "";
  tail = "";
  isOpen = false;
  reasoning = "";
  refusal = "";
  tools = [];

  constructor(id, parent, role) {
    this.id = id;
    this.parent = parent;
    this.role = role;
    this.status = role === "assistant" ? "in_progress" : "completed";
  }

  get isRunning() {
    return this.status === "in_progress";
  }

  get hasEnded() {
    return endings.has(this.status);
  }

  get isEmpty() {
    return this.blocks.length === 0 && !(this.isOpen && this.open);
  }

  /** Takes in a message as `html/messages` and the event `message` show it. */
  take({ message, blocks, open }) {
    if (message.siblings !== undefined) this.siblings = message.siblings;
    // It was read before the end came, which the stream has told since.
    if (this.hasEnded && message.status === "in_progress") return;
    // What runs is told by the stream, which is never behind for long; a page that was read meanwhile may be.
    const known = this.isRunning && !this.isEmpty && message.status === "in_progress";
    Object.assign(this, {
      parent: message.parent,
      role: message.role,
      status: message.status,
      model: message.model,
      answeredBy: message.answered_by,
      usage: message.usage ?? this.usage,
      cost: message.cost ?? this.cost,
      error: message.error ?? undefined,
      finishReason: message.finish_reason,
      context: message.context,
      toolResults: message.tool_results,
      isPlain: !message.parts && !message.tool_results,
      content: message.status === "in_progress" ? undefined : message.content,
    });
    if (known) return;
    this.blocks = blocks;
    this.open = open ?? "";
    this.tail = "";
    this.isOpen = open !== undefined;
    this.reasoning = (message.reasoning ?? []).map((part) => part.text).join("");
    this.refusal = message.refusal ?? "";
    this.tools = (message.tool_calls ?? []).map((call) => ({ ...call }));
  }

  /** Applies an event of the stream. */
  apply(type, event) {
    if (type === "reply.restarted") return this.#clear();
    if (type === "reply.ended") return this.#end(event);
    if (type === "reply.context") return void (this.context = event);
    if (this.hasEnded) return;
    switch (type) {
      case "block":
        this.blocks[event.index] = event.html;
        this.isOpen = false;
        break;
      case "growing":
        this.open = this.open.slice(0, event.keep) + event.html;
        this.tail = "";
        this.isOpen = true;
        break;
      case "append":
        this.tail += event.text;
        break;
      case "reasoning":
      case "refusal":
        this[type] = this[type].slice(0, event.offset) + event.text;
        break;
      case "tool":
        this.#takeCall(event);
        break;
    }
  }

  #takeCall({ index, id, name, offset, text }) {
    const call = (this.tools[index] ??= { arguments: "" });
    Object.assign(call, { id, name, arguments: call.arguments.slice(0, offset) + text });
  }

  #clear() {
    Object.assign(this, { blocks: [], open: "", tail: "", isOpen: false, reasoning: "", refusal: "", tools: [], status: "in_progress" });
  }

  #end(event) {
    this.status = event.status;
    this.finishReason = event.finish_reason;
    this.error = event.error;
    this.usage = event.usage;
    this.cost = event.cost;
    this.answeredBy = event.answered_by;
    this.blocks.length = Math.min(this.blocks.length, event.blocks);
    this.isOpen = false;
    this.content = undefined;
    if (event.reasoning_length !== undefined) this.reasoning = this.reasoning.slice(0, event.reasoning_length);
    if (event.refusal_length !== undefined) this.refusal = this.refusal.slice(0, event.refusal_length);
    if (event.text_length !== undefined) this.tools = [];
  }
}
