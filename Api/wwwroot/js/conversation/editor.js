// Editing one's message in place. It becomes another version of it; the old one stays.

import { composes, el, soft } from "../dom.js";

let opened;

/** The one that is open: `{ message, isConnected, submit(), sent(isOnWay), close() }`. */
export const openEditor = () => opened;

/**
 * Opens the editor in a message; only one is open at a time.
 * @param on `changed(text)`, `send(text)`, `cancelled()`
 * @param isAsked whether somebody has asked for it, who goes on there
 */
export function edit(view, text, on, isAsked) {
  opened?.close();
  const area = el("textarea", { "aria-label": "Edit message", rows: "2", dir: "auto", enterkeyhint: soft.matches ? "enter" : "send" });
  area.value = text;
  const cancel = el("button", { type: "button", class: "quiet", onclick: giveUp }, "Cancel");
  const send = el("button", { type: "submit", class: "primary", "aria-label": "Send edit" }, "Send");
  const form = el("form", { class: "editor" }, area, el("div", { class: "buttons" }, cancel, send));
  const before = document.activeElement;
  const goBack = () => before !== document.body && before?.checkVisibility() && before.focus({ preventScroll: true });

  function giveUp() {
    own.close();
    goBack();
    on.cancelled();
  }

  const own = {
    message: view.state.id,
    get isConnected() {
      return form.isConnected;
    },
    submit: () => form.requestSubmit(),
    /** It is on its way, or back from there. */
    sent(isOnWay) {
      form.toggleAttribute("data-sending", isOnWay);
      area.readOnly = isOnWay;
      cancel.disabled = send.disabled = isOnWay;
      send.textContent = isOnWay ? "Sending…" : "Send";
      if (!isOnWay && document.activeElement === document.body) area.focus();
    },
    close() {
      opened = undefined;
      form.replaceWith(view.body);
      view.foot.hidden = false;
    },
  };
  opened = own;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!area.value.trim() || area.readOnly) return;
    goBack();
    on.send(area.value);
  });
  area.addEventListener("input", () => on.changed(area.value));
  area.addEventListener("keydown", (event) => {
    if (composes(event)) return;
    if (event.key === "Escape" && !area.readOnly) {
      event.stopPropagation();
      giveUp();
    } else if (event.key === "Enter" && !event.shiftKey && !soft.matches) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  view.body.replaceWith(form);
  view.foot.hidden = true;
  if (!isAsked) return;
  area.focus();
  area.setSelectionRange(text.length, text.length);
}
