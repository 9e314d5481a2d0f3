// The small sign that says how the page is connected, and after a gap, what has been made up for.

import { byId } from "../dom.js";

const shownFor = 6_000;
const words = { idle: "", connecting: "Connecting…", live: "Live", reconnecting: "Reconnecting…", offline: "Offline" };
const sign = byId("connection");
let timer;

export function showConnection(state) {
  // What was caught up stays readable for its time; trouble is shown at once.
  if (state === "live" && sign.dataset.state === "caught-up") return;
  show(state, words[state]);
}

export function showCaughtUp(characters, lost) {
  show("caught-up", `Caught up: ${characters} ${characters === 1 ? "character" : "characters"}, ${lost} lost`);
  sign.dataset.caughtUp = characters;
  sign.dataset.lost = lost;
  timer = setTimeout(() => show("live", words.live), shownFor);
}

function show(state, text) {
  clearTimeout(timer);
  if (sign.dataset.state === state && sign.textContent === text) return;
  sign.dataset.state = state;
  sign.textContent = text;
}
