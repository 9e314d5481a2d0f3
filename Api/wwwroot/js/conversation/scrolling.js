// Scrolling that yields to the reader: it follows the newest text until somebody scrolls up, and again once they are back.

import { byId } from "../dom.js";

const near = 48;
const scroller = byId("messages");
const jump = byId("jump");
let following = true;
let lastTop = 0;
let lastHeight = 0;

const distance = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

/** To be called after each drawing. */
export function keepUp() {
  if (following) toEnd();
  else if (scroller.scrollHeight > lastHeight) jump.dataset.news = "";
  lastHeight = scroller.scrollHeight;
  show();
}

/** The newest is what matters now: something was sent, or a conversation opened. */
export function follow() {
  following = true;
  keepUp();
}

/** A place further up is what matters now. */
export function stay() {
  following = false;
}

/** Does something to the beginning of the list while what is being read stays where it is. */
export function keepPlace(change) {
  const before = scroller.scrollHeight - scroller.scrollTop;
  change();
  scroller.scrollTop = scroller.scrollHeight - before;
  lastTop = scroller.scrollTop;
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  lastTop = scroller.scrollTop;
}

function show() {
  jump.hidden = following || distance() < near;
  if (jump.hidden) delete jump.dataset.news;
}

scroller.addEventListener(
  "scroll",
  () => {
    const top = scroller.scrollTop;
    if (top < lastTop - 1 && distance() > 1) following = false;
    else if (top > lastTop && distance() < near) following = true;
    lastTop = top;
    show();
  },
  { passive: true },
);
// Text that grows must not catch a hand that has begun to pull it down.
scroller.addEventListener("wheel", (event) => event.deltaY < 0 && scroller.scrollTop > 0 && (following = false), { passive: true });
jump.addEventListener("click", () => {
  following = true;
  toEnd();
  scroller.focus({ preventScroll: true });
  show();
});
new ResizeObserver(() => following && toEnd()).observe(scroller);
