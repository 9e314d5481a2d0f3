// What people do with the messages of the conversation that is open.

import { get, requestKey } from "../api.js";
import { copyText, showCopied } from "../clipboard.js";
import { orTell } from "../composer/problem.js";
import { byId } from "../dom.js";
import { clock } from "../reply/figures.js";
import { mayWrite } from "../session/session.js";
import { here } from "./here.js";
import { follow } from "./scrolling.js";
import { regenerate, showBranch, stop, unqueue } from "./sending.js";

export function copyMessage(state, button) {
  const { id } = here.conversation;
  const source = state.content ?? get(`/conversations/${id}/messages/${state.id}`).then(({ content }) => content);
  return showCopied(button, copyText(source));
}

export function replyAgain({ id: message }) {
  const { id, asked } = here.conversation;
  const model = byId("model").value;
  // Until it is heard of, asking again is the same request.
  const name = `${message} ${model}`;
  if (!asked.has(name)) asked.set(name, requestKey());
  const key = asked.get(name);
  return repeatedly(async () => {
    clock.asked(key);
    follow();
    await regenerate(id, message, model, key);
  });
}

/** A reply has come, or its turn is waited for: another one is another. */
export function replyArrived({ request }) {
  const { asked } = here.conversation;
  for (const [name, key] of asked) if (key === request) asked.delete(name);
}

export function showVersion(message) {
  const { id } = here.conversation;
  return repeatedly(() => showBranch(id, message));
}

export function takeFromQueue(message) {
  const { id } = here.conversation;
  return repeatedly(() => unqueue(id, message));
}

export function stopReply() {
  const { id, running } = here.conversation ?? {};
  return running && mayWrite() ? repeatedly(() => stop(id, running.id)) : undefined;
}

const repeatedly = (action) => orTell(action, () => repeatedly(action));
