// A message on the page: its text, what is beside it, how it ended, and what can be done with it.

import { el, iconButton, setText } from "../dom.js";
import { AsidesView } from "../reply/asides.js";
import { BlocksView } from "../reply/blocks-view.js";
import { endingOf } from "../reply/ending.js";
import { figuresOf, usageOf } from "../reply/figures.js";
import { versionsOf } from "./versions.js";

const names = { user: "You", assistant: "Assistant", tool: "Tool", system: "System" };

export class MessageView {
  #blocks = new BlocksView();
  #asides = new AsidesView();
  #waiting = el("div", { class: "waiting", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  #refusal = el("p", { dir: "auto", hidden: true });
  #ending = el("div");
  #figures = el("summary", { "data-testid": "figures" });
  #usage = el("p");
  #measured = el("details", { class: "figures" }, this.#figures, this.#usage);
  #versions = el("span");
  #drawnEnding;
  #drawnVersions;

  constructor(state, actions) {
    this.state = state;
    this.actions = actions;
    this.article = el("article", { class: "message", tabindex: "-1", "data-id": state.id, "data-role": state.role, "aria-label": names[state.role] ?? state.role });
    const isUser = state.role === "user";
    const buttons = el(
      "span",
      { class: "buttons" },
      state.role === "tool" ? undefined : iconButton("Copy message", "copy", (event) => actions.copy(state, event.currentTarget)),
      isUser && state.isPlain ? iconButton("Edit", "edit", () => actions.edit(this), { "data-writes": true }) : undefined,
      state.role === "assistant" ? iconButton("Regenerate", "again", () => actions.regenerate(state), { "data-writes": true }) : undefined,
    );
    this.foot = el("div", { class: "message-foot" }, buttons, this.#versions, state.role === "assistant" ? this.#measured : undefined);
    this.body = el("div", { class: "body" }, this.#asides.above, this.content, this.#refusal, this.#asides.below, this.#waiting, this.#ending);
    this.article.append(el("h2", { class: "hidden" }, names[state.role] ?? state.role), this.body, this.foot);
    this.element = el("li", {}, this.article);
  }

  get content() {
    return this.#blocks.element;
  }

  /** Draws what the state says; returns whether something is left for a later frame. */
  draw() {
    const { state } = this;
    this.article.dataset.status = state.status;
    this.#asides.draw(state);
    const left = this.#blocks.draw(state);
    this.#waiting.hidden = !state.isRunning || !state.isEmpty || state.refusal !== "";
    this.#refusal.hidden = !state.refusal;
    setText(this.#refusal, state.refusal);
    this.content.hidden = state.isEmpty;
    this.#drawEnding();
    this.#drawVersions();
    if (state.role === "assistant") {
      setText(this.#figures, state.isRunning ? "" : figuresOf(state));
      setText(this.#usage, usageOf(state));
      this.#figures.tabIndex = state.usage ? 0 : -1;
    }
    return left;
  }

  #drawEnding() {
    const { state } = this;
    const key = `${state.status} ${state.finishReason} ${state.error?.code}`;
    if (state.role !== "assistant" || key === this.#drawnEnding) return;
    this.#drawnEnding = key;
    const again = state.error?.retryable === false && state.error.code !== "model_gone" ? undefined : () => this.actions.regenerate(state);
    this.#ending.replaceChildren(...[endingOf(state, again)].filter(Boolean));
  }

  #drawVersions() {
    const { siblings } = this.state;
    const key = siblings ? `${siblings.position}/${siblings.count}/${siblings.previous}/${siblings.next}` : "";
    if (key === this.#drawnVersions) return;
    this.#drawnVersions = key;
    this.#versions.replaceChildren(...[versionsOf(siblings, this.actions.show)].filter(Boolean));
  }
}
