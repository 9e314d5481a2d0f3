// Reads one running reply to screen readers, by whole sentences. Code is not read out, but named.

import { announce } from "../announcer.js";

const pause = 700;
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(undefined, { granularity: "sentence" });

export class Speaker {
  #block = 0;
  #said = 0;
  #timer;

  /** There is more of it to read: `content` is the element of its blocks. */
  more(content) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#speak(content);
    }, pause);
  }

  /** What is there already is not read again. */
  skip(content) {
    const open = content.querySelector(":scope > [data-open]");
    this.#block = content.children.length - (open ? 1 : 0);
    this.#said = open ? textOf(open).length : 0;
  }

  /** The rest of it. */
  finish(content) {
    this.stop();
    this.#speak(content);
  }

  stop() {
    this.#timer = clearTimeout(this.#timer);
  }

  #speak(content) {
    const blocks = content.children;
    const spoken = [];
    for (; this.#block < blocks.length; this.#block++, this.#said = 0) {
      const block = blocks[this.#block];
      const isOpen = block.hasAttribute("data-open");
      const pre = block.querySelector("pre");
      if (pre && isOpen) break;
      const text = pre ? `Code, ${pre.textContent.trim().split("\n").length} lines.` : textOf(block);
      const end = isOpen ? endOfSentences(text) : text.length;
      if (end > this.#said) spoken.push(text.slice(this.#said, end));
      if (isOpen) {
        this.#said = Math.max(this.#said, end);
        break;
      }
    }
    announce(spoken.join(" "));
  }
}

// Items and cells are told apart by their elements only.
const textOf = (block) => block.innerText ?? block.textContent;

// Where the last sentence begins, which may not be whole.
function endOfSentences(text) {
  if (!segmenter) return text.lastIndexOf(". ") + 1;
  let last = 0;
  for (const { index } of segmenter.segment(text)) last = index;
  return last;
}
