// The list of messages. What changes is noted, and drawn once per frame.

import { byId } from "../dom.js";
import { forgetColours } from "../reply/code-colours.js";
import { MessageView } from "./message-view.js";
import { keepUp } from "./scrolling.js";

const list = byId("transcript");

export class Transcript {
  #views = new Map();
  #shown = [];
  #changed = new Set();
  #frame;
  #pending = new Map();
  #actions;

  constructor(actions) {
    this.#actions = actions;
  }

  view(id) {
    return this.#views.get(id);
  }

  /** The newest message of one's own. */
  get lastOwn() {
    return this.view(this.#shown.findLast(({ role }) => role === "user")?.id);
  }

  /** Shows these messages, in this order; what is on the page already stays as it is. */
  show(states) {
    this.#shown = states;
    const wanted = new Set(states.map((state) => state.id));
    const refocus = this.#held(wanted);
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue;
      view.element.remove();
      this.#views.delete(id);
      this.#changed.delete(view);
    }
    let place = list.firstElementChild;
    for (const state of states) {
      let view = this.#views.get(state.id);
      if (!view) {
        view = new MessageView(state, this.#actions);
        this.#views.set(state.id, view);
        view.draw();
      } else {
        view.draw();
      }
      if (view.element === place) place = place.nextElementSibling;
      else list.insertBefore(view.element, place);
    }
    for (const view of this.#pending.values()) list.append(view.element);
    refocus?.();
    forgetColours();
    keepUp();
  }

  /** Draws a message with the next frame. */
  change(id) {
    const view = this.#views.get(id);
    if (!view) return;
    this.#changed.add(view);
    this.#schedule();
  }

  /** Shows what is on its way, `{ key, text }` each, below all else. */
  showPending(onWay) {
    const keys = new Set(onWay.map(({ key }) => key));
    for (const [key, view] of this.#pending) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.#pending.delete(key);
    }
    for (const { key, text } of onWay) {
      if (this.#pending.has(key)) continue;
      const view = new MessageView({ id: "", role: "user", status: "sending", blocks: [], tools: [], isOpen: false, isEmpty: false, reasoning: "", refusal: "" }, this.#actions);
      view.draw();
      view.content.textContent = text;
      view.foot.replaceChildren();
      this.#pending.set(key, view);
      list.append(view.element);
    }
  }

  clear() {
    this.showPending([]);
    this.show([]);
  }

  // Where a button that has the focus goes away with its message, the same one of the message in its place gets it.
  #held(wanted) {
    const focused = document.activeElement;
    const article = list.contains(focused) ? focused.closest("article") : undefined;
    if (!article || wanted.has(article.dataset.id)) return undefined;
    const place = Array.from(list.children).indexOf(article.parentElement);
    const name = focused.getAttribute("aria-label");
    return () => {
      const next = (list.children[place] ?? list.lastElementChild)?.firstElementChild;
      const buttons = Array.from(next?.querySelectorAll("button:not(:disabled)") ?? []).filter((button) => button.checkVisibility({ visibilityProperty: true }));
      const same = buttons.find((button) => button.getAttribute("aria-label") === name) ?? buttons.find((button) => focused.parentElement.className === button.parentElement.className);
      (same ?? next)?.focus({ preventScroll: true });
    };
  }

  #schedule() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const changed = Array.from(this.#changed);
      this.#changed.clear();
      for (const view of changed) if (view.draw()) this.change(view.state.id);
      keepUp();
    });
  }
}
