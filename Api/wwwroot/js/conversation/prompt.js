// The system prompt that new conversations begin with, kept in this browser.

import { kept } from "../kept.js";

const name = "system";

export const promptForNew = () => kept.get(name);

export const keepPromptForNew = (text) => kept.set(name, text);
