// Older messages come as one scrolls towards them; with the keyboard, by the button.

import { byId } from "../dom.js";

const button = byId("earlier");

export function startEarlier(load) {
  button.addEventListener("click", load);
  new IntersectionObserver(([seen]) => seen.isIntersecting && !button.hidden && load(), {
    root: byId("messages"),
    rootMargin: "400px 0px 0px",
  }).observe(button);
}

export function showEarlier(hasEarlier) {
  button.hidden = !hasEarlier;
}
