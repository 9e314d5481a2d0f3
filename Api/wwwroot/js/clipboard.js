// Copying, also where the text has to be fetched first, and also on plain http elsewhere than on this machine.

import { announce } from "./announcer.js";
import { icon } from "./dom.js";

const shownFor = 2_000;
const results = { Copied: "done", "Not copied": "warn" };

/** Copies a text, or what a promise brings. */
export async function copyText(text) {
  if (navigator.clipboard?.write && globalThis.ClipboardItem) {
    // The item is made within the click; the text may come later.
    const blob = Promise.resolve(text).then((known) => new Blob([known], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return;
  }
  const area = document.createElement("textarea");
  area.className = "hidden";
  area.value = await text;
  document.body.append(area);
  area.select();
  const hasWorked = document.execCommand("copy");
  area.remove();
  if (!hasWorked) throw new Error("The browser does not copy.");
}

/** Shows on the button whether it has worked, for a moment. */
export async function showCopied(button, copying) {
  const hasWorked = await copying.then(() => true, () => false);
  const label = button.getAttribute("aria-label");
  if (label in results) return;
  const picture = button.querySelector("svg");
  const result = hasWorked ? "Copied" : "Not copied";
  const done = icon(results[result]);
  picture.replaceWith(done);
  button.setAttribute("aria-label", result);
  announce(result);
  setTimeout(() => {
    done.replaceWith(picture);
    button.setAttribute("aria-label", label);
  }, shownFor);
}
