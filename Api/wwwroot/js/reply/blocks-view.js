// Draws a message's blocks: finished ones once, the open one as it grows. Drawing is told what is to be seen, and does what is missing.

import { el } from "../dom.js";
import { colourCode, dressCode } from "./code.js";
import { levelHeadings } from "./headings.js";
import { morph } from "./morph.js";
import { parse } from "./safe-html.js";

// A large open block takes long to draw: no more than a quarter of the time goes into it.
const share = 4;
const headings = "h3, h4, h5, h6";

export class BlocksView {
  element = el("div", { class: "content" });
  #drawn = [];
  #open = {};
  #notBefore = 0;

  /** Draws a state; returns whether something is left for a later frame. */
  draw(state) {
    const { blocks } = state;
    for (let index = 0; index < blocks.length; index++) {
      if (this.#drawn[index] !== blocks[index]) this.#finish(index, blocks[index] ?? "");
    }
    this.#drawn.length = blocks.length;
    const left = state.isOpen ? this.#drawOpen(state, blocks.length) : void (this.#open = {});
    const wanted = blocks.length + (state.isOpen ? 1 : 0);
    while (this.element.children.length > wanted) this.element.lastChild.remove();
    return left === true;
  }

  #finish(index, html) {
    const block = this.#block(index);
    const wasOpen = block.hasAttribute("data-open") || !block.hasChildNodes();
    block.removeAttribute("data-open");
    const nodes = dressCode(parse(html));
    if (wasOpen) morph(block, nodes);
    else block.replaceChildren(nodes);
    colourCode(block);
    if (block.querySelector(headings)) levelHeadings(this.element);
    this.#drawn[index] = html;
    this.#open = {};
  }

  #drawOpen({ open, tail }, index) {
    const same = this.#open.html === open && this.#open.index === index;
    if (same && this.#open.tail === tail) return false;
    const began = performance.now();
    if (began < this.#notBefore) return true;
    const block = this.#block(index);
    block.setAttribute("data-open", "");
    if (!same) morph(block, dressCode(parse(open)));
    if (!same && block.querySelector(headings)) levelHeadings(this.element);
    grow(block, same ? tail.slice(this.#open.tail.length) : tail);
    this.#open = { index, html: open, tail };
    this.#notBefore = performance.now() + (performance.now() - began) * share;
    return false;
  }

  #block(index) {
    while (this.element.children.length <= index) {
      this.element.append(el("div", { "data-block": this.element.children.length }));
    }
    return this.element.children[index];
  }
}

// Text of a long code block comes without its HTML.
function grow(block, text) {
  if (!text) return;
  const code = block.querySelector("code");
  if (code?.lastChild) code.lastChild.appendData(text);
  else code?.append(text);
}
