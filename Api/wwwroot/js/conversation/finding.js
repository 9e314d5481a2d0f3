// Going to a message that a search has found.

import { showNote } from "../composer/problem.js";
import { mayWrite } from "../session/session.js";
import { stay } from "./scrolling.js";
import { showVersion } from "./deeds.js";

const farthest = 20;
const marked = 2_500;

/** Shows it, reading older messages until it is there. Where it is not on the branch that is shown, or farther away, that is said. */
export async function find(message, conversation, transcript, isCurrent) {
  const { branch } = conversation;
  // Ids rise along a branch: what is older than the message does not lead to it.
  const isBefore = () => branch.hasEarlier && numberOf(branch.ids[0]) > numberOf(message);
  for (let pages = 0; pages < farthest && isBefore(); pages++) {
    await conversation.loadEarlier();
    if (!isCurrent()) return;
  }
  const view = transcript.view(message);
  if (!view) return tell(message, isBefore() ? () => find(message, conversation, transcript, isCurrent) : undefined);
  stay();
  view.element.scrollIntoView({ block: "center" });
  view.article.dataset.found = "";
  setTimeout(() => delete view.article.dataset.found, marked);
}

function tell(message, goOn) {
  if (goOn) showNote("That message is farther up.", "Look on", goOn);
  else showNote("That message is of another version of this conversation.", "Show that version", mayWrite() ? () => showVersion(message) : undefined);
}

const numberOf = (id) => Number(id.slice("msg_".length));
