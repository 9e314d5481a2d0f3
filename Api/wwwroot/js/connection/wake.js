// When a connection may be dead without anybody having said so: the machine slept, the network changed, the page was frozen.

const beat = 5_000;
const slept = 20_000;
const ignore = () => {};

/** Calls back after each of these. `hidden` and `shown` are told apart, because a hidden page needs no connection. */
export function watchPage({ woke, hidden = ignore, shown = ignore, offline = ignore }) {
  addEventListener("online", woke);
  addEventListener("offline", offline);
  addEventListener("pageshow", (event) => event.persisted && woke());
  document.addEventListener("resume", woke);
  document.addEventListener("freeze", hidden);
  document.addEventListener("visibilitychange", () => (isHidden() ? hidden() : shown()));

  // Timers stand still in sleep; clocks do not.
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - last > slept && !isHidden()) woke();
    last = now;
  }, beat);
}

export const isHidden = () => document.visibilityState === "hidden";
