// What people do with the messages of the conversation that is open.

import { get, requestKey } from "../api.js";
import { copyText, showCopied } from "../clipboard.js";
import { orTell } from "../composer/problem.js";
import { byId } from "../dom.js";
import { clock } from "../reply/figures.js";
import { mayWrite } from "../session/session.js";
import { edit } from "./editor.js";
import { here } from "./here.js";
import { follow } from "./scrolling.js";
import { regenerate, sendMessage, showBranch, stop, unqueue } from "./sending.js";

export function copyMessage(state, button) {
  const { id } = here.conversation;
  const source = state.content ?? get(`/conversations/${id}/messages/${state.id}`).then(({ content }) => content);
  return showCopied(button, copyText(source));
}

export function replyAgain({ id: message }) {
  const { id } = here.conversation;
  const model = byId("model").value;
  return ask(requestKey(), (key) => regenerate(id, message, model, key));
}

export function startEdit(view) {
  const { id } = here.conversation;
  const { content, parent } = view.state;
  let last = {};
  edit(view, content, (text) => {
    // Sent again unchanged, it is the same request.
    if (last.text !== text) last = { text, key: requestKey() };
    return ask(last.key, (key) => sendMessage(id, text, key, parent));
  });
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

/** Does something that a reply comes of; where it fails, it can be tried again as the same request. */
function ask(key, action) {
  return repeatedly(() => {
    clock.asked(key);
    follow();
    return action(key);
  });
}

const repeatedly = (action) => orTell(action, () => repeatedly(action));
