// What is open in the middle of the page, for all who do something there.

import { Outbox } from "./outbox.js";

export const here = {
  /** The conversation; undefined where a new one is begun, and where there is none. */
  conversation: undefined,
  /** What was sent from here. Another one with each visit to a new conversation: by it is told whether one is still here. */
  outbox: new Outbox(),
  /** Whether there is nothing to be said here: it is gone, or could not be read. */
  isClosed: false,
};

/** Goes elsewhere. */
export function enter(id) {
  here.conversation = undefined;
  here.isClosed = false;
  here.outbox = Outbox.of(id);
}
