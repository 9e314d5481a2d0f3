// What was begun and not sent, kept per conversation in this browser.

const nameOf = (conversation) => `orleanschat.draft.${conversation ?? "new"}`;

export const draftOf = (conversation) => localStorage.getItem(nameOf(conversation)) ?? "";

export function keepDraft(conversation, text) {
  if (text) localStorage.setItem(nameOf(conversation), text);
  else localStorage.removeItem(nameOf(conversation));
}
