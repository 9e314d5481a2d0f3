// The conversation that is open: what is known of it, its stream, and what follows from each event.

import { get, Problem } from "../api.js";
import { Stream } from "../connection/stream.js";
import { clock } from "../reply/figures.js";
import { Branch } from "./branch.js";
import { countCharacters } from "./caught-up.js";
import { Continuity } from "./continuity.js";
import { pieces, types } from "./events.js";
import { Replies } from "./replies.js";
import { keepPlace } from "./scrolling.js";

const page = 30;

export class Conversation {
  branch = new Branch();
  /** What waits for its turn: the messages by id. */
  queue = new Map();
  info;
  /** The names of requests for other replies, until those have been heard of. */
  asked = new Map();
  #transcript;
  #on;
  #replies;
  #continuity;
  #stream;
  #closed = false;
  #reloads = 0;
  #earlier;
  #reading = Promise.resolve();

  /** @param on `changed()`: what is known of it; `arrived({ id, request })`: a message that this page may have sent, or a reply that it may have asked for; `gone()` */
  constructor(id, transcript, on) {
    this.id = id;
    this.#transcript = transcript;
    this.#on = on;
    this.#replies = new Replies(this, transcript);
    this.#stream = new Stream((cursor) => `/conversations/${id}/html/events?after=${cursor}`, types, {
      event: (type, event) => this.#hear(type, event),
      state: (state) => this.#continuity.connection(state),
      refused: () => this.#refused(),
    });
    this.#continuity = new Continuity(this, this.#stream, () => this.#quietly(this.reload()));
  }

  /** Resolves when nothing is being read anew that an event has asked for. */
  get settled() {
    return this.#reading;
  }

  get running() {
    return this.branch.running;
  }

  /** Opens one that has just been made: there is nothing to read. */
  begin(info) {
    this.info = info;
    this.#follow(info.sequence);
  }

  /** Reads it. `anew`: whatever was known of it is no longer true. */
  async load(anew = false) {
    const address = `/conversations/${this.id}`;
    // The stream goes on after the messages: what else is read must not be older.
    const newest = await this.#read();
    const [info, queue] = await Promise.all([get(address), get(`${address}/queue`)]);
    if (this.#closed) return;
    this.info = info;
    if (anew) {
      this.branch = new Branch();
      this.queue.clear();
      this.#transcript.clear();
    }
    this.branch.replace(newest);
    for (const waiting of queue.data) this.queue.set(waiting.id, waiting.content);
    this.#show();
    const { running } = this;
    if (running) this.#replies.join(running);
    this.#continuity.loaded();
    this.#follow(newest.sequence);
  }

  /** Older messages, above what is shown. */
  loadEarlier() {
    return (this.#earlier ??= this.#readEarlier().finally(() => (this.#earlier = undefined)));
  }

  async #readEarlier() {
    const [first] = this.branch.ids;
    const earlier = await this.#read(`&after=${first}`);
    if (this.#closed || this.branch.ids[0] !== first) return;
    const before = countCharacters(this.branch);
    this.branch.prepend(earlier);
    this.#continuity.prepended(countCharacters(this.branch) - before);
    keepPlace(() => this.#show());
  }

  /** Reads the active branch anew, and its versions. */
  async reload() {
    const turn = ++this.#reloads;
    const newest = await this.#read();
    if (this.#closed || turn !== this.#reloads) return;
    this.branch.replace(newest);
    this.#show();
  }

  close() {
    this.#closed = true;
    this.#continuity.close();
    this.#stream.close();
  }

  #read(more = "") {
    return get(`/conversations/${this.id}/html/messages?order=desc&limit=${page}${more}`);
  }

  #follow(sequence) {
    this.#stream.cursor = String(sequence);
    this.#continuity.open();
    this.#on.changed();
  }

  #show() {
    this.#transcript.show(this.branch.shown);
    this.#on.changed();
  }

  #hear(type, event) {
    if (pieces.includes(type)) return this.#replies.grow(type, event);
    switch (type) {
      case "message":
        this.queue.delete(event.message.id);
        this.#take(event);
        this.#on.arrived({ id: event.message.id, request: event.request });
        return this.#extend(event.message.id);
      case "reply.started":
        this.queue.delete(event.message);
        this.#replies.begin(event, this.#continuity.isLive);
        this.#on.arrived({ id: event.message, request: event.request });
        return this.#extend(event.message);
      case "reply.restarted":
        return this.#replies.restart(event);
      case "reply.ended":
        this.#replies.end(event);
        return this.#on.changed();
      case "reply.context":
        return this.#replies.apply(type, event);
      case "message.queued":
        clock.queued(event.request);
        this.queue.set(event.message, event.content);
        this.#on.arrived({ id: event.message, request: event.request });
        return this.#on.changed();
      case "message.unqueued":
        this.queue.delete(event.message);
        return this.#on.changed();
      case "message.deleted":
        this.branch.remove(event.message);
        this.#show();
        return this.#quietly(this.reload());
      case "head.moved":
        return event.message === this.branch.ids.at(-1) ? undefined : this.#quietly(this.reload());
      case "conversation.updated":
        Object.assign(this.info, { title: event.title, model: event.model, system: event.system });
        return this.#on.changed();
      case "conversation.deleted":
        return this.#on.gone();
    }
  }

  #take(event) {
    const state = this.branch.ensure(event.message.id, event.message.parent, event.message.role);
    state.request = event.request;
    state.take(event);
  }

  #extend(id) {
    const how = this.branch.extend(this.branch.states.get(id));
    if (how === "lost") return this.#quietly(this.reload());
    this.#show();
    if (how === "forked") this.#quietly(this.reload());
  }

  #quietly(reading) {
    // What could not be read is told by the stream's state; the next event asks again.
    this.#reading = reading.catch(() => {});
  }

  async #refused() {
    try {
      const info = await get(`/conversations/${this.id}`);
      if (Number(this.#stream.cursor) <= info.sequence) return true;
      // The cursor is of a conversation that had this id before, or of a store that was put back.
      await this.load(true);
      return false;
    } catch (problem) {
      if (this.#closed) return false;
      if (!(problem instanceof Problem) || problem.status !== 404) return true;
      this.#on.gone();
      return false;
    }
  }
}
