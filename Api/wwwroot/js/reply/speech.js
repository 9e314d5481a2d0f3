// What screen readers are told of a conversation's replies: that one begins, what it says, and how it ends, one reply after the other.

import { announce } from "../announcer.js";
import { Speaker } from "./speaker.js";

// Until the last of a reply has been drawn.
const drawing = 100;

const spokenEnds = {
  completed: "Reply complete.",
  failed: "The reply failed.",
  cancelled: "The reply was stopped.",
  interrupted: "The reply was interrupted.",
};

export class Speech {
  #speakers = new Map();
  #said = Promise.resolve();

  /** A reply begins, or begins anew. */
  begin(reply, words) {
    this.#speakers.get(reply)?.stop();
    this.#speakers.set(reply, new Speaker());
    this.#said = this.#said.then(() => announce(words));
  }

  /** One runs already; what is there of it is known. */
  join(reply, content) {
    const speaker = new Speaker();
    if (content) speaker.skip(content);
    this.#speakers.set(reply, speaker);
  }

  more(reply, content) {
    this.#speakers.get(reply)?.more(content);
  }

  end(reply, content, status) {
    const speaker = this.#speakers.get(reply);
    this.#speakers.delete(reply);
    const drawn = new Promise((resolve) => setTimeout(resolve, drawing));
    this.#said = Promise.all([this.#said, drawn]).then(() => {
      speaker?.finish(content);
      announce(spokenEnds[status]);
    });
  }
}
