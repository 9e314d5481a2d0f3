// The messages of a conversation that this page knows, and which of them are the active branch, in order.

import { MessageState } from "../reply/message-state.js";

export class Branch {
  /** All that is known, by id: what streams in for another branch is kept too. */
  states = new Map();
  /** The ids of the active branch that are loaded, the oldest first. */
  ids = [];
  /** Whether older ones are not loaded. */
  hasEarlier = false;

  get shown() {
    return this.ids.map((id) => this.states.get(id));
  }

  get last() {
    return this.states.get(this.ids.at(-1));
  }

  get running() {
    for (const state of this.states.values()) if (state.isRunning) return state;
    return undefined;
  }

  /** Takes in the newest page of the branch, the newest message first. */
  replace({ data, has_more: hasMore }) {
    const ids = this.#takeAll(data);
    const first = this.states.get(ids[0]);
    const before = first ? this.ids.indexOf(first.parent) : -1;
    if (before >= 0 && hasMore) {
      this.ids = [...this.ids.slice(0, before + 1), ...ids];
    } else {
      this.ids = ids;
      this.hasEarlier = hasMore;
    }
  }

  /** Takes in the page before what is loaded. */
  prepend({ data, has_more: hasMore }) {
    this.ids = [...this.#takeAll(data), ...this.ids];
    this.hasEarlier = hasMore;
  }

  #takeAll(data) {
    const ids = [];
    for (const item of data) {
      this.ensure(item.message.id, item.message.parent, item.message.role).take(item);
      ids.unshift(item.message.id);
    }
    return ids;
  }

  ensure(id, parent, role) {
    let state = this.states.get(id);
    if (!state) this.states.set(id, (state = new MessageState(id, parent, role)));
    return state;
  }

  /**
   * Makes a message the branch's end. Returns `added`, `known`, or, where that leaves the branch as it was loaded, `forked`; and `lost`
   * where it follows what is not loaded.
   */
  extend(state) {
    if (this.ids.includes(state.id)) return "known";
    if (state.parent === (this.ids.at(-1) ?? null)) {
      this.ids.push(state.id);
      return "added";
    }
    const after = state.parent === null ? -1 : this.ids.indexOf(state.parent);
    if (state.parent !== null && after < 0) return "lost";
    this.ids = [...this.ids.slice(0, after + 1), state.id];
    return "forked";
  }

  /** What followed a deleted message follows what it followed. */
  remove(id) {
    const gone = this.states.get(id);
    this.states.delete(id);
    this.ids = this.ids.filter((other) => other !== id);
    if (gone) for (const state of this.states.values()) if (state.parent === id) state.parent = gone.parent;
  }
}
