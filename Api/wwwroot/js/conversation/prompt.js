// The system prompt that new conversations begin with, kept in this browser.

const key = "orleanschat.system";

export const promptForNew = () => localStorage.getItem(key);

export function keepPromptForNew(text) {
  if (text) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}
