// One conversation in the list.

import { el, icon } from "../dom.js";
import { addressOf } from "../router.js";

const untitled = "New conversation";
const spoken = { replying: ", replying", unread: ", new reply" };

export const titleOf = (conversation) => conversation?.title || untitled;

/** Makes or updates the element of a conversation. */
export function entryOf(conversation, state, isOpen, openMenu, existing) {
  const key = JSON.stringify([conversation.title, state, isOpen, conversation.match]);
  if (existing?.dataset.key === key) return existing;
  const title = titleOf(conversation);
  const link = el(
    "a",
    {
      href: addressOf(conversation.id, conversation.match?.message),
      "aria-current": isOpen ? "page" : undefined,
      "aria-label": spoken[state] && !conversation.match ? title + spoken[state] : undefined,
      title: title.length > 28 ? title : undefined,
    },
    el("span", { class: "name", dir: "auto" }, title),
    conversation.match?.message ? snippetOf(conversation) : undefined,
  );
  const more = el("button", { type: "button", class: "icon", "aria-label": `Options for ${title}`, "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
  more.addEventListener("click", () => openMenu(more, conversation.id));
  const entry = existing ?? el("li", { class: "entry", "data-id": conversation.id });
  const focused = entry.contains(document.activeElement) ? document.activeElement.localName : undefined;
  entry.dataset.key = key;
  entry.dataset.state = state;
  entry.replaceChildren(link, more);
  if (focused) entry.querySelector(focused)?.focus({ preventScroll: true });
  return entry;
}

// The words that were looked for stand out.
function snippetOf({ match, words }) {
  const parts = words?.length ? match.snippet.split(new RegExp(`(${words.map(escape).join("|")})`, "giu")) : [match.snippet];
  return el("span", { class: "snippet", dir: "auto" }, ...parts.map((part, index) => (index % 2 ? el("mark", {}, part) : part)));
}

const escape = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
