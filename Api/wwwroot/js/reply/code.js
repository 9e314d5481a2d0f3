// Code blocks get their language's name and a button that copies, and when they are finished, colours.

import { copyText, showCopied } from "../clipboard.js";
import { el, icon } from "../dom.js";
import { colour } from "./code-colours.js";

/** Dresses the nodes of a block before they are shown; returns them. */
export function dressCode(nodes) {
  for (const code of nodes.querySelectorAll("pre > code")) {
    const button = el("button", { type: "button", "aria-label": "Copy code" }, icon("copy"), el("span", {}, "Copy"));
    const bar = el("div", { class: "code-bar" }, el("div", {}, el("span", {}, languageOf(code)), button));
    // Whatever is below the bar by then: while a block grows, its elements stay and these do not.
    button.addEventListener("click", () => showCopied(button, copyText(bar.nextElementSibling.textContent)));
    code.parentElement.before(bar);
  }
  return nodes;
}

export function colourCode(block) {
  for (const code of block.querySelectorAll("pre > code")) colour(code, languageOf(code));
}

const languageOf = (code) => code.className.replace("language-", "");
