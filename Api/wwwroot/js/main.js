// The page, from its beginning: who is here, which models there are, what was talked about, what is open.

import * as chat from "./chat.js";
import { allowWriting, startComposer } from "./composer/composer.js";
import { onModel, startModels } from "./composer/models.js";
import { orTell } from "./composer/problem.js";
import { byId } from "./dom.js";
import { addressOf, go, onRoute, route } from "./router.js";
import { mayWrite, startSession } from "./session/session.js";
import { startSettings } from "./session/settings.js";
import { closeDrawer, openDrawer, startDrawer } from "./sidebar/drawer.js";
import { startSidebar } from "./sidebar/sidebar.js";

startDrawer();
startComposer({ send: (text) => chat.send(text), stop: chat.stopReply, editLast: chat.editLast });
onModel(chat.chooseModel);
startSettings(chat.systemPrompt, chat.changeSystemPrompt);
byId("new").addEventListener("click", begin);
document.addEventListener("show-list", openDrawer);
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "o" || !(event.ctrlKey || event.metaKey) || !event.shiftKey) return;
  event.preventDefault();
  begin();
});

await startSession(showRights);
await start();

async function start() {
  await orTell(async () => {
    await startModels();
    await startSidebar({ changed: chat.changed, deleted: chat.deleted, leave: (id) => route().conversation === id && begin() });
    delete byId("dock").dataset.starting;
    onRoute((to) => {
      closeDrawer();
      chat.open(to);
    });
  }, start);
  delete byId("dock").dataset.starting;
}

// What one may not do is not offered.
function showRights() {
  allowWriting(mayWrite());
  document.documentElement.toggleAttribute("data-reader", !mayWrite());
  byId("model").disabled = !mayWrite();
}

function begin() {
  closeDrawer();
  if (route().conversation || location.hash !== addressOf()) go();
  else chat.open({});
}
