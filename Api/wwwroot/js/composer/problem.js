// What a request was refused for, in words, above the place where it came from.

import { byId, el, icon } from "../dom.js";

const card = byId("problem");

const words = {
  unreachable: "The server cannot be reached.",
  unauthenticated: "Your key is no longer accepted. Sign in again.",
  missing_scope: "Your key may not do that. Ask whoever runs this server for another one.",
  reply_running: "A reply is running here. Wait for its end, or stop it.",
  head_moved: "This conversation has gone on elsewhere, in another tab perhaps. Look at it, then try again.",
  history_full: "This conversation is as long as it may become. Begin a new one.",
  cross_site: "The server does not take requests from this page’s address.",
};

export const wordsFor = (problem) => (words[problem.code] ?? problem.message) + (problem.retryAfter ? ` Try again in ${problem.retryAfter} s.` : "");

/** Shows a problem; `again` does what failed once more. `comfort` is what to say where nobody answered. */
export function showProblem(problem, again, comfort = "") {
  show(problem.code ?? "", wordsFor(problem) + (comfort && problem.status === 0 ? ` ${comfort}` : ""), "Try again", again);
}

/** Shows a problem without which there is nothing to go on with. */
export function showObstacle(problem, again) {
  showProblem(problem, again);
  card.querySelector(".quiet").remove();
}

/** Says something that is no failure, with what can be done. */
export function showNote(text, name, action) {
  show("", text, name, action);
}

export function hideProblem() {
  card.hidden = true;
  card.replaceChildren();
  delete card.dataset.code;
}

/** Runs something of which a failure has to be told; returns what it brings, or undefined. */
export async function orTell(action, again) {
  hideProblem();
  try {
    return await action();
  } catch (problem) {
    if (problem.name !== "AbortError") showProblem(problem, again);
    return undefined;
  }
}

function show(code, text, name, action) {
  card.dataset.code = code;
  card.replaceChildren(
    icon("warn"),
    el("p", {}, text),
    el(
      "div",
      { class: "buttons" },
      action ? el("button", { type: "button", onclick: () => (hideProblem(), action()) }, name) : undefined,
      el("button", { type: "button", class: "quiet", onclick: hideProblem }, "Dismiss"),
    ),
  );
  card.hidden = false;
}
