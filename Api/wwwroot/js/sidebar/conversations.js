// What this page knows of the owner's conversations: pages of the list, and what the feed tells.

import { get } from "../api.js";

const page = 50;

export class Conversations {
  #known = new Map();
  #unread = new Set();
  // What was read before it was deleted may come after that.
  #deleted = new Set();
  // The last one of the pages that are loaded; what is older and known nevertheless was opened by its address.
  #edge;
  #older;
  /** Whether older ones are not loaded. */
  hasOlder = false;
  /** The one that is open, whose replies are read as they come. */
  open;

  get(id) {
    return this.#known.get(id);
  }

  /** All that is known, the newest first. */
  get all() {
    return Array.from(this.#known.values()).sort((one, other) => (one.created_at < other.created_at ? 1 : one.created_at > other.created_at ? -1 : one.id < other.id ? 1 : -1));
  }

  stateOf({ id, status }) {
    if (status === "replying") return "replying";
    return this.#unread.has(id) ? "unread" : "idle";
  }

  read(id) {
    this.#unread.delete(id);
  }

  async load() {
    const list = await get(`/conversations?limit=${page}`);
    if (this.#edge && list.has_more) for (const conversation of list.data) this.put(conversation);
    else this.#take(list);
  }

  /** The next page; asked for again meanwhile, it is the same one. */
  loadOlder() {
    return (this.#older ??= this.#readOlder().finally(() => (this.#older = undefined)));
  }

  async #readOlder() {
    this.#take(await get(`/conversations?limit=${page}&after=${this.#edge.id}`));
  }

  #take(list) {
    for (const conversation of list.data) this.put(conversation);
    this.#edge = list.data.at(-1) ?? this.#edge;
    this.hasOlder = list.has_more;
  }

  put(conversation) {
    if (this.#deleted.has(conversation.id)) return;
    this.#known.set(conversation.id, { ...this.#known.get(conversation.id), ...conversation });
  }

  forget(id) {
    this.#known.delete(id);
    this.#unread.delete(id);
  }

  delete(id) {
    this.#deleted.add(id);
    this.forget(id);
  }

  /** Takes in what the feed tells; returns whether the list has to be read anew. */
  hear(type, news) {
    switch (type) {
      case "snapshot":
        return this.#compare(news);
      case "conversation.deleted":
        this.delete(news.id);
        return false;
      case "conversation.finished":
        if (news.id !== this.open || document.visibilityState === "hidden") this.#unread.add(news.id);
        break;
    }
    if (news.conversation && !news.conversation.transient) this.put(news.conversation);
    return false;
  }

  // What is newer than the oldest of the snapshot and not in it, was deleted.
  #compare({ conversations, ids, complete }) {
    const present = new Set(ids);
    const oldest = this.#known.get(ids.at(-1))?.created_at;
    for (const { id, created_at: created } of this.all) {
      if (!present.has(id) && (complete || (oldest && created > oldest))) this.forget(id);
    }
    for (const conversation of conversations) {
      const before = this.#known.get(conversation.id);
      if (before?.status === "replying" && conversation.status !== "replying" && conversation.id !== this.open) this.#unread.add(conversation.id);
      // Of what lies beyond the pages that are loaded nothing is shown yet.
      if (before || !this.hasOlder || conversation.created_at > (this.#edge?.created_at ?? "")) this.put(conversation);
    }
    return !complete;
  }
}
