// The conversation in the middle of the page: opening one, beginning one, and showing what is known of it.

import { patch } from "./api.js";
import { closeComposer, composeIn, focusComposer, giveBack, nameComposed, showRunning, takeText } from "./composer/composer.js";
import { defaultModel, isDemo, showModel } from "./composer/models.js";
import { hideProblem, orTell, showProblem } from "./composer/problem.js";
import { showWaiting } from "./composer/waiting.js";
import { showConnection } from "./connection/indicator.js";
import { Conversation } from "./conversation/conversation.js";
import { copyMessage, replyAgain, replyArrived, showVersion, stopReply, takeFromQueue } from "./conversation/deeds.js";
import { arrived, deliver, restore } from "./conversation/delivery.js";
import { showEarlier, startEarlier } from "./conversation/earlier.js";
import { checkEdits, editArrived, leaveEdits, restoreEdits, startEdit } from "./conversation/edits.js";
import { find } from "./conversation/finding.js";
import { enter, here } from "./conversation/here.js";
import { keepPromptForNew, promptForNew } from "./conversation/prompt.js";
import { follow } from "./conversation/scrolling.js";
import { Transcript } from "./conversation/transcript.js";
import { hideWelcome, showGone, showWelcome } from "./conversation/welcome.js";
import { byId, setText } from "./dom.js";
import * as router from "./router.js";
import { mayWrite } from "./session/session.js";
import { titleOf } from "./sidebar/entry.js";
import { markOpen, putConversation } from "./sidebar/sidebar.js";

export { stopReply };

const transcript = new Transcript({ copy: copyMessage, edit: (view) => startEdit(view), regenerate: replyAgain, show: showVersion });
let chosen;

startEarlier(() => here.conversation?.loadEarlier().catch(showProblem));

/** Opens what an address names. */
export async function open({ conversation, message }) {
  if (conversation !== here.conversation?.id || !conversation) {
    leave(conversation);
    composeIn(conversation);
    markOpen(conversation);
    if (conversation) await load(conversation);
    else begin();
  }
  const opened = here.conversation;
  // Somebody may have gone elsewhere meanwhile.
  if (opened?.id !== conversation) return;
  if (message && opened?.info) await find(message, opened, transcript, () => opened === here.conversation).catch(showProblem);
}

/** Goes on with what could not be opened while the server could not be reached. */
export function resume(to) {
  if (to.conversation && !here.conversation) return open(to);
  if (here.conversation) show();
  else showNew();
}

/** The system prompt of what is open, or of what is begun next, and how it is changed there; undefined where it has not been read. */
export function systemPrompt() {
  const { conversation, isClosed } = here;
  if (!conversation) return isClosed ? undefined : { text: promptForNew() ?? "", save: keepPromptForNew };
  return conversation.info && { text: conversation.info.system ?? "", save: (text) => change(conversation, { system: text || null }) };
}

export function chooseModel(model) {
  if (here.conversation) return change(here.conversation, { model });
  chosen = model;
  if (!here.isClosed && here.outbox.onWay.length === 0) welcome();
}

/** It was changed, here or elsewhere. */
export function changed({ id, title, model, system }) {
  const { conversation } = here;
  if (id !== conversation?.id || !conversation.info) return;
  Object.assign(conversation.info, { title, model, system });
  show();
}

export function deleted(id) {
  if (id === here.conversation?.id) gone();
}

export const send = (text) => deliver(text, { made, show: showOnWay, begin, gone: deleted });

/** Returns whether there is a message to edit. */
export function editLast() {
  const view = transcript.lastOwn;
  if (!view?.state.isPlain || !mayWrite()) return false;
  startEdit(view);
  return true;
}

// A conversation was begun. Who has gone elsewhere meanwhile stays there.
function made(info, outbox) {
  putConversation(info);
  if (here.outbox !== outbox) return;
  router.name(info.id);
  nameComposed(info.id);
  here.conversation = conversationOf(info.id);
  here.conversation.begin(info);
  markOpen(info.id);
}

async function load(id) {
  const opened = (here.conversation = conversationOf(id));
  const from = document.activeElement;
  try {
    await opened.load();
    if (opened !== here.conversation) return;
    document.dispatchEvent(new CustomEvent("conversation-read"));
    restore(here);
    restoreEdits(opened, transcript);
    follow();
    focusComposer(false, from);
  } catch (problem) {
    if (opened !== here.conversation) return;
    if (problem.status === 404) return gone();
    here.conversation = undefined;
    close();
    showProblem(problem, () => open({ conversation: id }));
  }
}

// There is nothing to be said.
function close() {
  here.isClosed = true;
  closeComposer();
}

const conversationOf = (id) => new Conversation(id, transcript, { changed: show, arrived: hear, gone });

function hear(message) {
  arrived(message);
  editArrived(message);
  replyArrived(message);
}

function begin() {
  setTitle("New conversation");
  showNew();
  restore(here);
  focusComposer(true);
}

function showNew() {
  showModel(chosen ?? defaultModel());
  if (here.outbox.onWay.length === 0) welcome();
}

const welcome = () => showWelcome(isDemo() && mayWrite(), send);

function gone() {
  const unsent = here.outbox.abandon();
  const text = [unsent, takeText()].filter(Boolean).join("\n\n");
  leave();
  // It is for another one then.
  composeIn();
  if (text) giveBack(undefined, text);
  close();
  setTitle("Not here");
  showGone();
}

function leave(next) {
  here.conversation?.close();
  leaveEdits();
  enter(next);
  hideProblem();
  hideWelcome();
  transcript.clear();
  showOnWay();
  showRunning(false);
  showEarlier(false);
  showConnection("idle");
}

// What is known of the conversation, wherever the page shows it.
function show() {
  const { info, running, branch } = here.conversation ?? {};
  if (!info) return;
  setTitle(titleOf(info));
  showModel(info.model);
  showRunning(running !== undefined && mayWrite());
  showEarlier(branch.hasEarlier);
  showOnWay();
  checkEdits(transcript);
  putConversation({ ...info, status: running ? "replying" : "idle" });
}

// What has been sent and is no message yet: below the others, or while a reply runs, in line.
function showOnWay() {
  const { conversation, outbox } = here;
  const waits = conversation?.running !== undefined;
  transcript.showPending(waits ? [] : outbox.onWay);
  showWaiting(conversation?.queue ?? new Map(), waits ? outbox.onWay : [], takeFromQueue);
}

function change(conversation, what) {
  const attempt = async () => {
    const info = await patch(`/conversations/${conversation.id}`, what);
    if (conversation.info) Object.assign(conversation.info, info);
  };
  // Where it failed, what it was is shown again.
  const tell = () => orTell(attempt, tell).then(() => conversation === here.conversation && show());
  return tell();
}

function setTitle(title) {
  setText(byId("title"), title);
  document.title = `${title} · OrleansChat`;
}
