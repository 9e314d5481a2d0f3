// What can be done with a conversation in the list.

import { el } from "../dom.js";

/** Opens the menu at a button. @param items `[name, action or address, class]` */
export function openMenu(button, items) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", "aria-label": button.getAttribute("aria-label") });
  let chosen;
  for (const [name, action, kind] of items) {
    const item =
      typeof action === "string"
        ? el("a", { role: "menuitem", tabindex: "-1", href: action, download: true, class: kind, onclick: () => menu.hidePopover() }, name)
        : el("button", { type: "button", role: "menuitem", tabindex: "-1", class: kind, onclick: () => ((chosen = action), menu.hidePopover()) }, name);
    menu.append(item);
  }
  menu.addEventListener("keydown", (event) => {
    const all = Array.from(menu.children);
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length).focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    menu.remove();
    chosen?.();
  });
  (button.closest("nav") ?? document.body).append(menu);
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  place(menu, button.getBoundingClientRect());
  menu.firstChild.focus();
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, at.top - height - 4) : below}px`;
}
