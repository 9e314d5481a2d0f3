// Sending what was written. Whatever becomes of it, it is never gone: it is on its way, it has arrived, or it is back in the box.

import { giveBack, sendAgain, takeOut } from "../composer/composer.js";
import { hideProblem, showNote, showProblem, wordsFor } from "../composer/problem.js";
import { byId } from "../dom.js";
import { otherPages } from "../pages.js";
import { clock } from "../reply/figures.js";
import { go } from "../router.js";
import { here } from "./here.js";
import { promptForNew } from "./prompt.js";
import { follow } from "./scrolling.js";
import { create, sendMessage } from "./sending.js";
import { hideWelcome } from "./welcome.js";

/** @param on `made(conversation, outbox)`: one was begun with it; `show()`: what is on its way has changed; `begin()`: there is nothing again; `gone(id)` */
export async function deliver(text, on) {
  const { outbox, conversation } = here;
  const title = conversation?.info?.title;
  // What a new conversation is made with; once there is one, it is the conversation's own.
  const begun = outbox.conversation ? undefined : { model: byId("model").value || undefined, system: promptForNew() };
  const entry = outbox.put(text, begun ? JSON.stringify(begun) : "", conversation?.branch.ids.at(-1));
  hideProblem();
  hideWelcome();
  on.show();
  if (!conversation?.running) follow();
  clock.asked(entry.key);
  try {
    await outbox.inTurn(entry, async ({ key }) => {
      if (!outbox.conversation) await (outbox.starting ??= start(outbox, begun, key, on));
      const { message } = await sendMessage(outbox.conversation, text, key);
      outbox.taken(entry, message, (id) => isKnown(outbox, id));
    });
  } catch (problem) {
    // Its answer was lost, not the message.
    if (!outbox.onWay.includes(entry)) return;
    const isGone = problem.status === 404 && outbox.conversation !== undefined;
    if (isGone && here.conversation?.id === outbox.conversation) return on.gone(outbox.conversation);
    // What has no conversation any more is for another one.
    const place = isGone ? undefined : outbox.conversation;
    const isShown = giveBack(place, isGone ? outbox.abandon() : outbox.takeBack());
    if (here.outbox === outbox && !outbox.conversation) on.begin();
    if (isShown) showProblem(problem, sendAgain, "Nothing is lost: what you wrote is below.");
    else showRefused(problem, title, isGone, place);
  }
  if (here.outbox === outbox) on.show();
}

/** Gives back what a page that is gone had not brought to its end. */
export async function restore({ outbox, conversation }) {
  outbox.settle((message) => isKnown(outbox, message));
  const isThere = await otherPages();
  if (here.outbox !== outbox) return;
  const text = outbox.restore((entry) => conversation !== undefined && hasArrived(conversation, entry), isThere);
  if (text) giveBack(outbox.conversation, text);
}

// Somebody is elsewhere by now.
function showRefused(problem, title, isGone, place) {
  const where = title === undefined ? "a new conversation" : `“${title ?? "New conversation"}”`;
  const kept = isGone ? "in the box of a new conversation" : "in its box there";
  showNote(`A message to ${where} could not be sent: ${wordsFor(problem)} It is ${kept}.`, "Go there", () => go(place));
}

/** Something has come by the stream: if it was sent from here, it is neither on its way nor in the box any more. */
export function arrived(message) {
  const entry = here.outbox.arrived(message);
  if (entry?.isBack) takeOut(entry.text);
}

async function start(outbox, { model, system }, key, on) {
  try {
    const made = await create(model, system, key);
    outbox.name(made.id);
    on.made(made, outbox);
  } finally {
    outbox.starting = undefined;
  }
}

function isKnown(outbox, message) {
  if (here.outbox !== outbox || !here.conversation) return true;
  return here.conversation.branch.states.has(message) || here.conversation.queue.has(message);
}

// By what it says, and that it is newer than what was known when it was sent: messages do not tell by which request they came.
function hasArrived({ branch, queue }, { text, after }) {
  const isNewer = (id) => numberOf(id) > numberOf(after);
  return (
    Array.from(branch.states.values()).some(({ id, role, content }) => role === "user" && content === text && isNewer(id)) ||
    Array.from(queue).some(([id, content]) => content === text && isNewer(id))
  );
}

const numberOf = (id) => Number(id?.slice("msg_".length) ?? 0);
