// The replies of a conversation as they come: into what is known of them, onto the page, to screen readers, and by the clock.

import { clock } from "../reply/figures.js";
import { Speech } from "../reply/speech.js";

export class Replies {
  #conversation;
  #transcript;
  #speech = new Speech();

  constructor(conversation, transcript) {
    this.#conversation = conversation;
    this.#transcript = transcript;
  }

  /** One runs already. */
  join({ id }) {
    this.#speech.join(id, this.#transcript.view(id)?.content);
  }

  /** One begins; `isLive`: as this page hears of it. */
  begin({ message, parent, model, request }, isLive) {
    const { branch } = this.#conversation;
    if (branch.states.get(message)?.hasEnded) return;
    const state = branch.ensure(message, parent, "assistant");
    state.model = model;
    if (isLive) clock.started(state, request ?? branch.states.get(parent)?.request);
    this.#speech.begin(message, "Assistant is replying.");
  }

  restart(event) {
    this.#speech.begin(event.message, "The reply begins anew.");
    this.apply("reply.restarted", event);
  }

  /** A piece of it. */
  grow(type, event) {
    const state = this.apply(type, event);
    clock.heard(state);
    const view = this.#transcript.view(event.message);
    if (view && state.isRunning) this.#speech.more(event.message, view.content);
  }

  end(event) {
    const ranUntilNow = this.#stateOf(event).isRunning;
    clock.ended(this.apply("reply.ended", event));
    const view = this.#transcript.view(event.message);
    if (view && ranUntilNow) this.#speech.end(event.message, view.content, event.status);
  }

  /** Takes in what is told of it; returns what is known then. */
  apply(type, event) {
    const state = this.#stateOf(event);
    state.apply(type, event);
    this.#transcript.change(event.message);
    return state;
  }

  #stateOf({ message }) {
    return this.#conversation.branch.ensure(message, undefined, "assistant");
  }
}
