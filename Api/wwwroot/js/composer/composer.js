// Where one writes.

import { byId, composes, focusToWrite, soft } from "../dom.js";
import { draftOf, keepDraft } from "./drafts.js";

const form = byId("composer");
const area = byId("content");
const sendButton = byId("send");
const stopButton = byId("stop");
const modelSelect = byId("model");
let conversation;
let running = false;
let isOpen = false;
let isReader = false;
let hasBegun = false;

/** @param on `send(text)`, `stop()`, `editLast()` */
export function startComposer(on) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = area.value;
    if (!text.trim() || area.disabled) return;
    // It is kept as sent before it is none to be written any more.
    on.send(text);
    setText("");
  });
  area.addEventListener("input", () => {
    keepDraft(conversation, area.value);
    show();
  });
  area.addEventListener("keydown", (event) => {
    if (composes(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !soft.matches) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && running) {
      event.preventDefault();
      on.stop();
    } else if (event.key === "ArrowUp" && area.value === "" && on.editLast()) {
      event.preventDefault();
    }
  });
  stopButton.addEventListener("click", () => {
    on.stop();
    focusToWrite(area);
  });
  const name = () => (area.enterKeyHint = soft.matches ? "enter" : "send");
  soft.addEventListener("change", name);
  name();
  show();
}

/** Shows what was begun in a conversation; undefined is the new one. */
export function composeIn(id) {
  isOpen = true;
  modelSelect.hidden = false;
  conversation = id;
  area.value = draftOf(id);
  show();
}

/** The new conversation has got its id. */
export function nameComposed(id) {
  keepDraft(conversation, "");
  conversation = id;
  keepDraft(conversation, area.value);
}

export function showRunning(isRunning) {
  running = isRunning;
  show();
}

/** There is nowhere to send anything to. */
export function closeComposer() {
  isOpen = false;
  hasBegun = true;
  modelSelect.hidden = true;
  if (document.activeElement === area) byId("messages").focus({ preventScroll: true });
  show();
}

/** Gives back what could not be sent, before what was written since; returns whether that is seen. */
export function giveBack(id, text) {
  const isShown = id === conversation;
  const since = isShown ? area.value : draftOf(id);
  const all = since ? `${text}\n\n${since}` : text;
  if (isShown) setText(all);
  else keepDraft(id, all);
  return isShown;
}

/** Takes what is written out of the box. */
export function takeText() {
  const text = area.value;
  setText("");
  return text.trim() && text;
}

/** What was given back has arrived after all. */
export function takeOut(text) {
  if (area.value === text) setText("");
}

/** Whoever may only read is told so. */
export function allowWriting(isAllowed) {
  isReader = !isAllowed;
  area.placeholder = isReader ? "Your key may only read" : "Write a message";
  show();
}

/** Sends what is written, as Enter does. */
export const sendAgain = () => form.requestSubmit();

/** To be called when there is something to be written; `isAsked`: somebody has asked for that; `from`: where the focus was when he opened it. */
export function focusComposer(isAsked, from = document.activeElement) {
  const { activeElement } = document;
  // Who has begun to type elsewhere meanwhile, has opened something, or has gone on by keys, stays there. What is gone was only drawn anew.
  const hasMoved = activeElement !== from && from.isConnected && activeElement !== document.body;
  const isElsewhere = isAsked
    ? !hasBegun && activeElement !== document.body
    : hasMoved || activeElement.matches("input, textarea, select") || activeElement.closest("[popover], dialog");
  hasBegun = true;
  if (!isElsewhere && matchMedia("(pointer: fine)").matches) area.focus({ preventScroll: true });
}

function setText(text) {
  area.value = text;
  keepDraft(conversation, text);
  show();
}

function show() {
  const empty = !area.value.trim();
  area.disabled = !isOpen || isReader;
  // A button that goes away while it has the focus would take it along.
  if (!running && document.activeElement === stopButton) focusToWrite(area);
  stopButton.hidden = !running;
  sendButton.hidden = running && empty;
  sendButton.disabled = empty || area.disabled;
  if (!CSS.supports("field-sizing", "content")) {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight}px`;
  }
}
