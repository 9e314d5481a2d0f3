// The page, from its beginning: who is here, which models there are, what was talked about, what is open.

import * as chat from "./chat.js";
import { allowWriting, startComposer } from "./composer/composer.js";
import { onModel, startModels } from "./composer/models.js";
import { hideProblem, showObstacle } from "./composer/problem.js";
import { isHidden, watchPage } from "./connection/wake.js";
import { byId, isInDialog } from "./dom.js";
import { addressOf, go, onRoute, route } from "./router.js";
import { identify, mayWrite, startSession } from "./session/session.js";
import { startSettings } from "./session/settings.js";
import { closeDrawer, openDrawer, startDrawer } from "./sidebar/drawer.js";
import { startSidebar } from "./sidebar/sidebar.js";

startDrawer();
startComposer({ send: (text) => chat.send(text), stop: chat.stopReply, editLast: chat.editLast });
onModel(chat.chooseModel);
startSettings(chat.systemPrompt);
byId("new").addEventListener("click", begin);
document.addEventListener("show-list", openDrawer);
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "o" || !(event.ctrlKey || event.metaKey) || !event.shiftKey) return;
  event.preventDefault();
  if (!isInDialog()) begin();
});

let isStarting = false;
let isFollowing = false;
// Why the page could not begin; undefined where it could.
let obstacle;
// What is being opened, also while the page begins once more.
let opening;
watchPage({ woke: retry, shown: retry });

await startSession(showRights);
await start();

async function start() {
  if (isStarting) return;
  isStarting = true;
  try {
    hideProblem();
    await identify();
    await startModels();
    await startSidebar({ changed: chat.changed, deleted: chat.deleted, leave: (id) => route().conversation === id && begin() });
    obstacle = undefined;
  } catch (problem) {
    obstacle = problem;
  }
  delete byId("dock").dataset.starting;
  if (!isFollowing) {
    onRoute(open);
  } else if (!obstacle) {
    // Opening may just be failing for what is over now.
    await opening;
    hideProblem();
    await chat.resume(route());
  }
  isFollowing = true;
  isStarting = false;
  tell();
}

async function open(to) {
  // Whoever has opened the list while the page was beginning is looking at it.
  if (isFollowing) closeDrawer();
  opening = chat.open(to);
  await opening;
  tell();
}

// Whatever else fails then, fails for that reason. While the page begins once more nobody knows whether it is still there.
function tell() {
  if (obstacle && !isStarting) showObstacle(obstacle, start);
}

function retry() {
  if (obstacle && !isHidden()) start();
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
