// What this browser keeps, and for how long.

import { forgetDraft } from "../composer/drafts.js";
import { forgetSent } from "../conversation/sent.js";
import { kept, keptInTab } from "../kept.js";

/** All that is somebody's, when they leave: only whether the page is light or dark is the machine's. */
export function forgetEverything() {
  for (const name of kept.names) if (name !== "theme") kept.set(name, "");
  forgetTab();
}

/** All that is somebody's in this tab, which keeps nothing more for them. */
export function forgetTab() {
  for (const name of keptInTab.names) keptInTab.set(name, "");
  kept.end();
  keptInTab.end();
}

/** What was begun in a conversation, when that is deleted. */
export function forgetConversation(id) {
  forgetDraft(id);
  forgetSent(id);
}
