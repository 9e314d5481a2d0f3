// What was begun and not sent, kept per conversation in this browser. Several tabs may be at the same one: what another has written stays.

import { kept } from "../kept.js";

const nameOf = (conversation) => `draft.${conversation ?? "new"}`;
const own = new Map();

export function draftOf(conversation) {
  const draft = kept.get(nameOf(conversation)) ?? "";
  own.set(conversation, draft);
  return draft;
}

export function keepDraft(conversation, text) {
  const name = nameOf(conversation);
  if (text || (kept.get(name) ?? "") === own.get(conversation)) kept.set(name, text);
  own.set(conversation, text);
}

export function forgetDraft(conversation) {
  kept.set(nameOf(conversation), "");
}
