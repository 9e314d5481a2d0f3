// What this browser keeps, and for how long.

import { keepDraft } from "../composer/drafts.js";
import { forgetSent } from "../conversation/sent.js";

/** All that is somebody's, when they leave: only whether the page is light or dark is the machine's. */
export function forgetEverything() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith("orleanschat.") && key !== "orleanschat.theme") storage.removeItem(key);
  }
}

/** What was begun in a conversation, when that is deleted. */
export function forgetConversation(id) {
  keepDraft(id, "");
  forgetSent(id);
}
