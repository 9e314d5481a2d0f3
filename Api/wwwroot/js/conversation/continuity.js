// Keeps a conversation's stream alive, and makes gaps visible: when it breaks, when it is back, and what came to make up for it.

import { get } from "../api.js";
import { showCaughtUp, showConnection } from "../connection/indicator.js";
import { wakeFeed } from "../connection/shared-feed.js";
import { isHidden, watchPage } from "../connection/wake.js";
import { clock } from "../reply/figures.js";
import { catchUp, countCharacters } from "./caught-up.js";
import { here } from "./here.js";
import { recall, remember } from "./seen.js";

// A tab that is looked at again soon need not have left.
const hiddenFor = 10_000;
// A dead connection makes no sound. Where something is to come (a reply runs, a message was sent) and nothing does for so long, the server
// is asked; and now and then where nothing is.
const silence = 15_000;
const idle = 60_000;
const beat = 5_000;

let current;
watchPage({
  woke: () => current?.reconnect(),
  hidden: () => current?.hide(),
  shown: () => current?.show(),
  // What is open may stay so: a server on this machine needs no network.
  offline: () => current?.reconnect(),
});
addEventListener("pagehide", () => current?.remember());

export class Continuity {
  #conversation;
  #stream;
  #repaired;
  #gap;
  #hiding;
  #watch;
  #turn = 0;
  #missed;
  #asking = false;
  isLive = false;

  constructor(conversation, stream, repaired) {
    this.#conversation = conversation;
    this.#stream = stream;
    this.#repaired = repaired;
  }

  /** What this tab had seen before it was loaded anew counts as a gap too. */
  loaded() {
    const before = recall(this.#conversation);
    if (before) this.#gap = before;
  }

  /** Older messages are on the page now, which nobody has missed. */
  prepended(characters) {
    if (this.#gap) this.#gap.characters += characters;
  }

  open() {
    current = this;
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#listen(), beat);
    if (isHidden()) this.connection("closed");
    else this.#stream.open();
  }

  close() {
    clearInterval(this.#watch);
    clearTimeout(this.#hiding);
    this.#turn++;
    if (current === this) current = undefined;
  }

  reconnect() {
    // A hidden page is about to let its connection go, and keeps to that.
    if (isHidden()) return;
    clearTimeout(this.#hiding);
    this.#stream.open("reconnecting");
  }

  hide() {
    this.remember();
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#stream.close(), hiddenFor);
  }

  show() {
    clearTimeout(this.#hiding);
    if (!this.#stream.isLive) this.#stream.open("reconnecting");
  }

  remember() {
    remember(this.#conversation);
  }

  /** The stream's state has changed. */
  connection(state) {
    this.#turn++;
    this.isLive = state === "live" && !this.#gap;
    if (state === "live") return void (this.#gap ? this.#close(this.#turn) : showConnection("live"));
    if (state !== "connecting") {
      this.#gap ??= { characters: countCharacters(this.#conversation.branch), lost: 0 };
      clock.interrupted(this.#conversation.branch.states.values());
    }
    if (state === "closed") showConnection("idle");
    else showConnection(state === "reconnecting" && !navigator.onLine ? "offline" : state);
  }

  // A gap is closed once the stream has brought what the server had when it was back.
  async #close(turn) {
    const isCurrent = () => turn === this.#turn;
    const result = await catchUp(this.#conversation, this.#stream, this.#gap, isCurrent).catch(() => undefined);
    if (!isCurrent()) return;
    const lost = (result?.lost ?? 0) + this.#gap.lost;
    this.#gap = undefined;
    this.isLive = true;
    if (result?.lost) this.#repaired();
    if (result && (result.characters > 0 || lost > 0)) showCaughtUp(result.characters, lost);
    else showConnection("live");
  }

  async #listen() {
    const { running, id } = this.#conversation;
    const quiet = performance.now() - this.#stream.heard;
    const isAwaited = running || here.outbox.waited > silence;
    if (this.#asking || isHidden() || !this.#stream.isLive || quiet < (isAwaited ? silence : idle)) return;
    this.#asking = true;
    const now = await get(`/conversations/${id}`, { signal: AbortSignal.timeout(silence) }).catch(() => undefined);
    this.#asking = false;
    if (current !== this) return;
    // Not every event is told in HTML. What a new connection has not brought either is none to be waited for.
    const isBehind = !now || (now.sequence > Number(this.#stream.cursor) && now.sequence !== this.#missed);
    this.#missed = now?.sequence;
    if (isBehind) {
      this.reconnect();
      wakeFeed();
    } else {
      this.#stream.heard = performance.now();
    }
  }
}
