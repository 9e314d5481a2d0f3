// On a phone the list slides over the conversation; closed, it is out of everybody's way.

import { byId } from "../dom.js";

const narrow = matchMedia("(width < 48rem)");
const sidebar = byId("sidebar");
const button = byId("drawer");
const scrim = byId("scrim");

export function startDrawer() {
  button.addEventListener("click", () => set(true));
  scrim.addEventListener("click", closeDrawer);
  sidebar.addEventListener("keydown", (event) => event.key === "Escape" && narrow.matches && closeDrawer());
  narrow.addEventListener("change", () => set(false));
  set(false);
}

export function openDrawer() {
  if (narrow.matches) set(true);
}

export function closeDrawer() {
  if (narrow.matches && button.getAttribute("aria-expanded") === "true") {
    set(false);
    button.focus();
  }
}

function set(open) {
  const shown = open && narrow.matches;
  sidebar.inert = narrow.matches && !open;
  sidebar.toggleAttribute("data-open", shown);
  document.querySelector("main").inert = shown;
  button.setAttribute("aria-expanded", String(shown));
  scrim.hidden = !shown;
  if (shown) byId("new").focus();
}
