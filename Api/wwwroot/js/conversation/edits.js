// Edits of messages. What is written is kept in this tab with the message that it edits, until it is another version of it, or given up.

import { requestKey } from "../api.js";
import { hideProblem, showNote, showProblem, wordsFor } from "../composer/problem.js";
import { keptInTab } from "../kept.js";
import { clock } from "../reply/figures.js";
import { go } from "../router.js";
import { showVersion } from "./deeds.js";
import { edit, openEditor } from "./editor.js";
import { here } from "./here.js";
import { follow } from "./scrolling.js";
import { sendMessage } from "./sending.js";

const nameOf = (conversation) => `edits.${conversation}`;

// By message: `text`; once it was sent, `sent` as this text under this `key`; and once the server has it, as which message it is `made`.
const editsOf = (conversation) => JSON.parse(keptInTab.get(nameOf(conversation)) ?? "{}");

function keep(conversation, message, what) {
  const all = editsOf(conversation);
  delete all[message];
  if (what) all[message] = what;
  keptInTab.set(nameOf(conversation), Object.keys(all).length > 0 ? JSON.stringify(all) : "");
}

/** Opens the editor in a message, with what was written there before. */
export function startEdit(view, isAsked = true) {
  const { id } = here.conversation;
  const { id: message, content } = view.state;
  const before = () => editsOf(id)[message];
  edit(
    view,
    before()?.text ?? content,
    {
      changed: (text) => keep(id, message, text === content ? undefined : { ...before(), text }),
      send: (text) => send(here.conversation, view.state, text),
      cancelled() {
        if (before()?.sent) hideProblem();
        keep(id, message);
      },
    },
    isAsked,
  );
}

async function send(conversation, { id: message, parent }, text) {
  const { id, info } = conversation;
  const before = editsOf(id)[message];
  // Sent again unchanged, it is the same request.
  const key = before?.sent === text ? before.key : requestKey();
  keep(id, message, { text, sent: text, key });
  hideProblem();
  openEditor()?.sent(true);
  clock.asked(key);
  try {
    const { message: made } = await sendMessage(id, text, key, parent);
    if (editsOf(id)[message]) keep(id, message, { text, sent: text, key, made });
    if (here.conversation !== conversation) return;
    follow();
    if (isKnown(conversation, made)) settle(id, message);
  } catch (problem) {
    // Its answer was lost, not the edit.
    if (!editsOf(id)[message]) return;
    if (here.conversation?.id !== id) return tell(problem, `of “${info.title ?? "New conversation"}”`, "Go there", () => go(id));
    const editor = openEditor();
    if (editor?.message !== message) return tell(problem, "of this conversation", "Show it", () => showVersion(message));
    editor.sent(false);
    showProblem(problem, editor.submit);
  }
}

const tell = (problem, where, name, action) => showNote(`The edit of a message ${where} could not be sent: ${wordsFor(problem)} It is kept there.`, name, action);

/** Something has come by the stream: where it was an edit of this page, its editor is done with. */
export function editArrived({ id, request }) {
  const { conversation } = here;
  for (const [message, { key, made }] of Object.entries(editsOf(conversation.id))) {
    if (key && (key === request || made === id)) settle(conversation.id, message);
  }
}

function settle(conversation, message) {
  keep(conversation, message);
  if (openEditor()?.message === message) openEditor().close();
}

/** The conversation has been read: what was being edited there still is. */
export function restoreEdits({ id, branch, queue }, transcript) {
  for (const [message, what] of Object.entries(editsOf(id))) {
    if (hasArrived(branch, queue, message, what)) keep(id, message);
    else if (transcript.view(message)) startEdit(transcript.view(message), false);
  }
}

let lost;

/** Somebody goes elsewhere. */
export function leaveEdits() {
  openEditor()?.close();
  lost = undefined;
}

/** Other messages are shown: the one that is edited may be none of them. */
export function checkEdits(transcript) {
  const editor = openEditor();
  const { id } = here.conversation;
  if (lost && !editor && transcript.view(lost)) {
    if (editsOf(id)[lost]) startEdit(transcript.view(lost), false);
    lost = undefined;
  }
  if (!editor || editor.isConnected) return;
  editor.close();
  const { message } = editor;
  const what = editsOf(id)[message];
  if (!what || what.sent === what.text) return;
  lost = message;
  showNote("The message that you were editing is of another version now. What you wrote is kept.", "Show that version", () => showVersion(message));
}

const isKnown = ({ branch, queue }, message) => branch.states.has(message) || queue.has(message);

function hasArrived({ states }, queue, message, { sent, made }) {
  if (made) return true;
  const { parent } = states.get(message) ?? {};
  const others = Array.from(states.values()).filter((state) => state.id !== message && state.role === "user" && state.parent === parent);
  return sent !== undefined && (others.some(({ content }) => content === sent) || Array.from(queue.values()).includes(sent));
}
