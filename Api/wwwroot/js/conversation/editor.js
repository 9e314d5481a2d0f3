// Editing one's message in place. It becomes another version of it; the old one stays.

import { el } from "../dom.js";

let leave;

/**
 * Opens the editor in a message; only one is open at a time.
 * @param send resolves to undefined where it could not be sent: then it is open again, with what was written
 */
export function edit(view, text, send) {
  leave?.();
  const area = el("textarea", { "aria-label": "Edit message", rows: "2", maxlength: "262144", dir: "auto" });
  area.value = text;
  const form = el(
    "form",
    { class: "editor" },
    area,
    el("div", { class: "buttons" }, el("button", { type: "button", class: "quiet", onclick: () => leave() }, "Cancel"), el("button", { type: "submit", class: "primary", "aria-label": "Send edit" }, "Send")),
  );
  const before = document.activeElement;
  leave = () => {
    leave = undefined;
    form.replaceWith(view.body);
    view.foot.hidden = false;
    before?.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const edited = area.value;
    if (!edited.trim()) return;
    leave();
    if ((await send(edited)) === undefined && view.element.isConnected && !leave) edit(view, edited, send);
  });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  view.body.replaceWith(form);
  view.foot.hidden = true;
  area.focus();
  area.setSelectionRange(text.length, text.length);
}
