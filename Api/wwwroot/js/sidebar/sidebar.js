// The list of conversations, by the days on which they began, and what can be done there.

import { get, patch, remove } from "../api.js";
import { shareFeed, wakeFeed } from "../connection/shared-feed.js";
import { watchPage } from "../connection/wake.js";
import { orTell } from "../composer/problem.js";
import { byId, el, setText } from "../dom.js";
import { forgetConversation } from "../session/forgetting.js";
import { mayWrite, owner } from "../session/session.js";
import { Conversations } from "./conversations.js";
import { dayOf } from "./days.js";
import { entryOf, titleOf } from "./entry.js";
import { openMenu } from "./menu.js";
import { askTitle } from "./rename.js";
import { Search } from "./search.js";

const list = byId("conversations");
const older = byId("older");
const conversations = new Conversations();
const entries = new Map();
const search = new Search(show);
let on;
let hasStarted = false;
// What is heard before the list has been read; undefined afterwards.
let early = [];

/** @param handlers `changed(conversation)`, `deleted(id)`, and `leave(id)`: it is about to be */
export async function startSidebar(handlers) {
  on = handlers;
  if (!hasStarted) listen();
  hasStarted = true;
  await conversations.load();
  show();
  const heard = early ?? [];
  early = undefined;
  for (const [type, news] of heard) hear(type, news);
}

// Before the list is read, so that nothing is missed that happens meanwhile.
function listen() {
  older.addEventListener("click", () => orTell(loadOlder, loadOlder));
  new IntersectionObserver(([seen]) => seen.isIntersecting && !older.hidden && loadOlder().catch(() => {})).observe(older);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && markOpen(conversations.open));
  shareFeed(owner(), hear, refused);
  watchPage({ woke: wakeFeed });
}

/** Which conversation is open; its replies are read. */
export function markOpen(id) {
  conversations.open = id;
  if (document.visibilityState === "visible") conversations.read(id);
  show();
}

/** What the conversation that is open has learnt of itself. */
export function putConversation(conversation) {
  if (conversation.transient) return;
  conversations.put(conversation);
  search.put(conversation);
  show();
}

const known = (id) => conversations.get(id) ?? search.get(id);

async function loadOlder() {
  await (search.isOn ? search.more() : conversations.loadOlder());
  show();
}

function hear(type, news) {
  if (early) return early.push([type, news]);
  const stale = conversations.hear(type, news);
  if (type === "conversation.deleted") search.forget(news.id);
  else if (news.conversation) search.put(news.conversation);
  show();
  if (type === "conversation.deleted") deletedElsewhere(news.id);
  else if (news.conversation) on.changed(news.conversation);
  if (stale) conversations.load().then(show, () => {});
}

function deletedElsewhere(id) {
  forgetConversation(id);
  on.deleted(id);
}

async function refused() {
  // A 401 asks for the key again; whatever else it is may pass.
  await get("/session").catch(() => {});
  return true;
}

function show() {
  const all = search.isOn ? search.results : conversations.all;
  const wanted = [];
  let day;
  for (const conversation of all) {
    const its = search.isOn ? undefined : dayOf(conversation.created_at);
    if (its !== day) wanted.push(headingOf((day = its)));
    wanted.push(drawn(conversation));
  }
  for (const [id, entry] of entries) if (!wanted.includes(entry)) entries.delete(id);
  replaceChildren(list, wanted);
  older.hidden = !(search.isOn ? search.hasMore : conversations.hasOlder);
  setText(byId("search-status"), search.status);
}

function drawn(conversation) {
  const existing = entries.get(conversation.id);
  if (existing && "editing" in existing.dataset) return existing;
  const state = conversations.stateOf(conversations.get(conversation.id) ?? conversation);
  const entry = entryOf(conversation, state, conversation.id === conversations.open, openOptions, existing);
  entries.set(conversation.id, entry);
  return entry;
}

const headings = new Map();

function headingOf(day) {
  if (!headings.has(day)) headings.set(day, el("li", { class: "day" }, day));
  return headings.get(day);
}

// Only what changes is touched, so that focus and scrolling stay.
function replaceChildren(parent, wanted) {
  for (const child of Array.from(parent.children)) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, index) => parent.children[index] === child || parent.insertBefore(child, parent.children[index] ?? null));
}

function openOptions(button, id) {
  const read = [["Export as Markdown", `/conversations/${id}/export?format=markdown`]];
  openMenu(button, mayWrite() ? [["Rename", () => rename(id)], ...read, ["Delete", () => askToDelete(id), "danger"]] : read);
}

async function rename(id) {
  const title = await askTitle(entries.get(id), known(id)?.title ?? "");
  if (title === undefined) return show();
  const attempt = async () => {
    const changed = await patch(`/conversations/${id}`, { title });
    putConversation(changed);
    on.changed(changed);
  };
  const tell = () => orTell(attempt, tell);
  await tell();
}

function askToDelete(id) {
  const dialog = byId("delete");
  setText(byId("delete-text"), `“${titleOf(known(id))}” is gone then, for good, with all its messages.`);
  const forGood = () => orTell(() => deleteNow(id), forGood);
  // Nothing is returned: false would keep the dialog open.
  dialog.onsubmit = ({ submitter }) => {
    if (submitter.value === "delete") forGood();
  };
  dialog.showModal();
}

async function deleteNow(id) {
  // First away from it: the stream tells of its end before the answer comes.
  on.leave(id);
  try {
    await remove(`/conversations/${id}`);
  } catch (problem) {
    // It is gone: deleted elsewhere, or by this request, whose first answer was lost.
    if (problem.status !== 404) throw problem;
  }
  forgetConversation(id);
  conversations.delete(id);
  search.forget(id);
  show();
}
