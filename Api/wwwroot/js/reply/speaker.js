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
    this.#said = open ? textOf(open, true).length : 0;
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
    const said = [];
    for (; this.#block < blocks.length; this.#block++, this.#said = 0) {
      const block = blocks[this.#block];
      const isOpen = block.hasAttribute("data-open");
      const text = textOf(block, isOpen);
      const end = isOpen ? endOfSentences(text) : text.length;
      if (end > this.#said) said.push(text.slice(this.#said, end));
      if (isOpen) {
        this.#said = Math.max(this.#said, end);
        break;
      }
    }
    announce(said.join(" "));
  }
}

const lines = "p, li, tr, br, h1, h2, h3, h4, h5, h6, blockquote, ul, ol, table, pre";

// Items and cells are told apart by their elements only. Code is named, wherever it stands, once it is whole.
function textOf(block, isOpen) {
  const text = spoken(block).replace(/\s*\n\s*/g, "\n").trimStart();
  const last = Array.from(block.querySelectorAll("pre")).at(-1);
  return isOpen && last && text.trimEnd().endsWith(nameOf(last)) ? text.slice(0, text.lastIndexOf(nameOf(last))) : text;
}

function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.matches(".code-bar")) return "";
  const inside = node.matches("pre") ? nameOf(node) : Array.from(node.childNodes, spoken).join("");
  return node.matches("td, th") ? `${inside}\t` : node.matches(lines) ? `\n${inside}\n` : inside;
}

function nameOf(pre) {
  const { length } = pre.textContent.trim().split("\n");
  return `Code, ${length} ${length === 1 ? "line" : "lines"}.`;
}

// Where the last sentence begins, which may not be whole.
function endOfSentences(text) {
  if (!segmenter) return text.lastIndexOf(". ") + 1;
  let last = 0;
  for (const { index } of segmenter.segment(text)) last = index;
  return last;
}
