// The switch between versions of a message: what was edited, or asked for again.

import { el, iconButton } from "../dom.js";

/** @param show shows the branch of a message */
export function versionsOf(siblings, show) {
  if (!siblings || siblings.count < 2) return undefined;
  const { position, count, previous, next } = siblings;
  return el(
    "span",
    { class: "versions", role: "group", "aria-label": "Versions" },
    iconButton("Previous version", "left", () => show(previous), { disabled: !previous, "data-writes": true }),
    el("span", {}, `${position} / ${count}`),
    iconButton("Next version", "right", () => show(next), { disabled: !next, "data-writes": true }),
  );
}
