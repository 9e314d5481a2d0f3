// Messages that wait for running replies to end.

import { byId, el, focusToWrite, iconButton } from "../dom.js";

const list = byId("queue");

/**
 * @param queue texts by message; undefined for a reply that is asked for again
 * @param onWay what is on its way into the queue
 */
export function showWaiting(queue, onWay, remove) {
  const key = JSON.stringify([...queue, ...onWay.map(({ text }) => text)]);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.hidden = queue.size + onWay.length === 0;
  const buttons = () => Array.from(list.querySelectorAll("button"));
  const focused = buttons().indexOf(document.activeElement);
  list.replaceChildren(
    ...Array.from(queue, ([id, text]) => itemOf(text ?? "Another reply", "waits", iconButton("Remove", "close", () => remove(id), { "data-writes": true }), id)),
    ...onWay.map(({ text }) => itemOf(text, "on its way")),
  );
  // Who removes one goes on with the next.
  const next = buttons()[focused] ?? buttons().at(-1);
  if (focused >= 0) next ? next.focus() : focusToWrite(byId("content"));
}

const itemOf = (text, when, button, id) => el("li", { "data-id": id }, el("p", { dir: "auto" }, text), el("span", { class: "when" }, when), button);
