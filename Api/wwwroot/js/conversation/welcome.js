// What stands where nothing has been said yet, and where there is nothing.

import { byId, el, icon } from "../dom.js";

const place = byId("welcome");

const suggestions = [
  ["Why is the sky blue?", "A short reply", "Why is the sky blue?"],
  ["Reload me in the middle", "A long reply that waits for nobody", "Tell me something long, while I reload this page. [demo: tokens=900 rate=40]"],
  ["Think first", "Thinking, then a reply", "Think before you answer. [demo: think=80]"],
  ["Fail on purpose", "What an error looks like", "Show me how you fail. [demo: error after=60]"],
];

/** @param send sends a suggestion; only the demo model understands them */
export function showWelcome(isDemo, send) {
  place.replaceChildren(
    mark(),
    el("h2", {}, "What is on your mind?"),
    el("p", {}, "Replies here survive reloads, lost connections and dead servers. Leave whenever you like."),
  );
  if (isDemo) {
    const items = suggestions.map(([name, about, text]) => el("li", {}, el("button", { type: "button", onclick: () => send(text) }, name, el("span", {}, about))));
    place.append(el("ul", { role: "list", "aria-label": "Suggestions" }, ...items));
  }
  place.hidden = false;
}

/** There is no such conversation, or no more. */
export function showGone() {
  place.replaceChildren(
    mark(),
    el("h2", {}, "This conversation is not here"),
    el("p", {}, "It was deleted, or it belongs to somebody else."),
    el("p", {}, el("a", { href: "#/" }, "New conversation")),
  );
  place.hidden = false;
}

export function hideWelcome() {
  place.hidden = true;
}

const mark = () => {
  const picture = icon("mark");
  picture.setAttribute("class", "mark");
  return picture;
};
