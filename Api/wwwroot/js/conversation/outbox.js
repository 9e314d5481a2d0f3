// What was sent from a conversation, or from one that is begun with it, and has not come back yet: it goes one after the other, is shown as
// on its way, and keeps the name of its request, so that sending it again is the same request.

import { requestKey } from "../api.js";
import { page } from "../pages.js";
import { keepSent, sentFrom } from "./sent.js";

const named = new Map();
// All that this page has sent or taken over.
const known = new Set();

export class Outbox {
  /** The conversation's id, once it has one. */
  conversation;
  /** The conversation on its way to being made; what is sent meanwhile waits for it. */
  starting;
  #entries = [];
  #keys = new Set();
  #turn = Promise.resolve();

  constructor(conversation) {
    this.conversation = conversation;
  }

  /** The one of a conversation, in which there may still be what was sent before one left it. A new conversation has one of its own each time. */
  static of(conversation) {
    if (conversation && !named.has(conversation)) named.set(conversation, new Outbox(conversation));
    return named.get(conversation) ?? new Outbox();
  }

  /** What is to be shown as on its way: `{ key, text }` each. */
  get onWay() {
    return this.#entries.filter((entry) => !entry.isBack);
  }

  /** For how many milliseconds the server has had something that this page has not heard of. */
  get waited() {
    return Math.max(0, ...this.#entries.filter(({ takenAt }) => takenAt).map(({ takenAt }) => performance.now() - takenAt));
  }

  /**
   * Puts in a text. What was given back and is sent again unchanged keeps its name; `how` is all else that the request says.
   * @param after the last message that was known by then
   */
  put(text, how, after) {
    const key = this.#entries.find((entry) => entry.isBack && entry.text === text && entry.how === how)?.key ?? requestKey();
    const entry = { key, text, how, after, page };
    this.#learn(key);
    this.#entries = [...this.onWay, entry];
    this.#keep();
    return entry;
  }

  /** Delivers it when those before it have been; where one of them could not be, it has been given back with that one. */
  inTurn(entry, deliver) {
    const turn = this.#turn.then(() => (entry.isBack ? undefined : deliver(entry)));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** The new conversation has got its id. */
  name(conversation) {
    keepSent(this.conversation, this.#keys, []);
    this.conversation = conversation;
    named.set(conversation, this);
    for (const entry of this.#entries) entry.how = "";
    this.#keep();
  }

  /** The server has taken it, as this message; `isKnown`: and the page has heard of that. */
  taken(entry, message, isKnown) {
    entry.message = message;
    entry.takenAt = performance.now();
    if (isKnown(message)) this.#drop(entry);
    this.#keep();
  }

  /** Something has come. If it was sent from here, that is returned. */
  arrived({ id, request }) {
    const entry = this.#entries.find(({ key, message }) => key === request || message === id);
    if (entry) this.#drop(entry);
    return entry;
  }

  /** What the server has taken and the page has read is no longer on its way. */
  settle(isKnown) {
    for (const entry of this.onWay) if (entry.message && isKnown(entry.message)) this.#drop(entry);
  }

  /** Something could not be sent. Returns the text of all that waits, to be given back; it keeps its name. */
  takeBack() {
    return this.#giveBack(this.onWay.filter(({ message }) => !message));
  }

  /** The conversation is gone. Returns the text of all that has not reached it. */
  abandon() {
    const text = this.takeBack();
    this.#entries = [];
    this.#keep();
    return text;
  }

  /** Takes over what a page had on its way that is not there (`isThere`) any more. Returns the text of what has not arrived by then, to be given back. */
  restore(hasArrived, isThere) {
    const before = sentFrom(this.conversation).filter(({ key, page: its }) => !known.has(key) && !isThere(its));
    for (const entry of before) {
      entry.page = page;
      this.#learn(entry.key);
    }
    const missing = before.filter((entry) => !hasArrived(entry));
    this.#entries.unshift(...missing);
    return this.#giveBack(missing.filter(({ isBack }) => !isBack));
  }

  #learn(key) {
    this.#keys.add(key);
    known.add(key);
  }

  #giveBack(entries) {
    for (const entry of entries) entry.isBack = true;
    this.#keep();
    return entries.map(({ text }) => text).join("\n\n");
  }

  #drop(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#keep();
  }

  #keep() {
    keepSent(this.conversation, this.#keys, this.#entries.filter(({ message }) => !message));
  }
}
