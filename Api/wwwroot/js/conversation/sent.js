// What is on its way to the server, kept per conversation in this browser: who reloads meanwhile loses nothing.

const nameOf = (conversation) => `orleanschat.sent.${conversation ?? "new"}`;

export const sentFrom = (conversation) => JSON.parse(localStorage.getItem(nameOf(conversation)) ?? "[]");

/** Replaces what is kept under these names of requests; what others keep there stays. */
export function keepSent(conversation, keys, entries) {
  const all = [...sentFrom(conversation).filter(({ key }) => !keys.has(key)), ...entries];
  if (all.length > 0) localStorage.setItem(nameOf(conversation), JSON.stringify(all));
  else forgetSent(conversation);
}

export function forgetSent(conversation) {
  localStorage.removeItem(nameOf(conversation));
}
