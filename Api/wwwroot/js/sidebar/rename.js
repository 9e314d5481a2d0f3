// Giving a conversation another title, in its place in the list.

import { composes, el } from "../dom.js";

/** Resolves to the new title, or undefined where it stays. */
export function askTitle(entry, title) {
  return new Promise((resolve) => {
    const field = el("input", { "aria-label": "Title", maxlength: "200", dir: "auto" });
    field.value = title;
    const before = Array.from(entry.children);
    let done = false;
    const finish = (answer) => {
      if (done) return;
      done = true;
      delete entry.dataset.editing;
      entry.replaceChildren(...before);
      entry.querySelector("a")?.focus();
      resolve(answer && answer !== title ? answer : undefined);
    };
    field.addEventListener("keydown", (event) => {
      if (composes(event)) return;
      if (event.key === "Enter") finish(field.value.trim());
      if (event.key === "Escape") finish();
      event.stopPropagation();
    });
    field.addEventListener("blur", () => finish(field.value.trim()));
    entry.dataset.editing = "";
    entry.replaceChildren(field);
    field.focus();
    field.select();
  });
}
