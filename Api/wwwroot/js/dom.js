// Elements without a framework: what is made here is text and attributes, never markup.

export const byId = (id) => document.getElementById(id);

/** Makes an element: `el("p", { class: "note", hidden: true, onclick: … }, "text", child)`. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

// Where a finger writes there is a key for new lines, and none for a new line without sending.
export const soft = matchMedia("(pointer: coarse) and (hover: none)");

/** Whether a key is one of an input method (IME), where characters are composed and confirmed with the same keys. */
export const composes = (event) => event.isComposing || event.keyCode === 229;

/** Whether a dialog is open, to which keys belong then. */
export const isInDialog = () => document.querySelector("dialog[open]") !== null;

/** Focuses where one writes. On a phone that would raise the keyboard over what there is to read: there the messages get it. */
export function focusToWrite(area) {
  const place = matchMedia("(pointer: fine)").matches ? area : byId("messages");
  place.focus({ preventScroll: true });
}

const svg = "http://www.w3.org/2000/svg";

/** A picture of the sprite in index.html. */
export function icon(name) {
  const picture = document.createElementNS(svg, "svg");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `#i-${name}`);
  picture.append(use);
  return picture;
}

/** A button that is a picture with a name. */
export const iconButton = (name, picture, onclick, more = {}) =>
  el("button", { type: "button", class: "icon small", "aria-label": name, "data-tip": name, onclick, ...more }, icon(picture));

/** Sets text only where it differs, so that live regions stay silent about what did not change. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
