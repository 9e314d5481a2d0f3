// How a reply ended, where that needs saying: a card that says what to do.

import { el, icon } from "../dom.js";
import { adviceOn, limits } from "./advice.js";

/** The card, or undefined for a reply that ended as it should. */
export function endingOf(state, again) {
  switch (state.status) {
    case "failed": {
      const [what, todo] = adviceOn(state.error?.code);
      return card("failed", "Reply failed", what, todo, again, state.error);
    }
    case "interrupted":
      return card("interrupted", "Reply interrupted", "The reply was interrupted", "The server stopped before it was complete. What came until then is kept.", again);
    case "cancelled":
      return el("p", { class: "stopped" }, state.finishReason === "budget" ? limits.budget[0] : "Stopped");
    case "completed":
      if (limits[state.finishReason]) return card("limited", "Reply limited", ...limits[state.finishReason]);
      return undefined;
    default:
      return undefined;
  }
}

function card(kind, name, what, todo, again, error) {
  return el(
    "div",
    { class: "ending", role: "group", "aria-label": name, "data-kind": kind, "data-code": error?.code },
    el("p", { class: "what" }, icon("warn"), what),
    el("p", {}, todo),
    error?.message && el("p", { class: "said" }, `${error.message} (${error.code})`),
    again && el("button", { type: "button", onclick: again, "data-writes": true }, icon("again"), "Try again"),
  );
}
