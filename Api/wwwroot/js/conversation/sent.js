// What is on its way to the server, kept per conversation in this browser: who reloads meanwhile loses nothing.

import { kept } from "../kept.js";

const nameOf = (conversation) => `sent.${conversation ?? "new"}`;

export const sentFrom = (conversation) => JSON.parse(kept.get(nameOf(conversation)) ?? "[]");

/** Replaces what is kept under these names of requests; what others keep there stays. */
export function keepSent(conversation, keys, entries) {
  const all = [...sentFrom(conversation).filter(({ key }) => !keys.has(key)), ...entries];
  kept.set(nameOf(conversation), all.length > 0 ? JSON.stringify(all) : "");
}

export function forgetSent(conversation) {
  kept.set(nameOf(conversation), "");
}
