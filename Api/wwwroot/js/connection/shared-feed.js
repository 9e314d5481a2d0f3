// What happens to all conversations, over one connection for all tabs: browsers open six to a host, and every tab needs one of its own
// for its conversation. The tab that has the lock listens, and tells the others; without locks (plain http elsewhere), each listens.

import { Stream } from "./stream.js";

const types = ["snapshot", "conversation.created", "conversation.updated", "conversation.replying", "conversation.finished", "conversation.deleted"];

// A dead connection makes no sound. Opening it anew has the server compare the list, so that is not done often.
const silence = 5 * 60_000;
const beat = 30_000;
const moment = 10_000;

let wake = () => {};

/** Listens anew: another connection of this browser was found dead, or the machine slept. */
export const wakeFeed = () => wake();

/** Calls `hear(type, news)` for whatever any tab of the owner hears. `refused` as in Stream. */
export function shareFeed(owner, hear, refused) {
  // A page of another owner may be open still, who has not heard yet that somebody else is here.
  const name = `orleanschat-feed ${owner}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => (data.type === "wake" ? hasBeenSilentFor(moment) && listenAnew() : hear(data.type, data.news));
  const stream = new Stream((cursor) => (cursor ? `/events?after=${cursor}` : "/events"), types, {
    event: (type, news) => {
      channel.postMessage({ type, news });
      hear(type, news);
    },
    state: () => {},
    refused,
  });

  let leave;
  let waiting;
  const listenAnew = () => leave && stream.open("reconnecting");
  // By whichever tab listens; where several ask it to, once.
  const hasBeenSilentFor = (time) => stream.isLive && performance.now() - stream.heard > time;
  wake = () => (leave ? listenAnew() : channel.postMessage({ type: "wake" }));
  const lead = () =>
    new Promise((resolve) => {
      leave = () => {
        leave = undefined;
        clearInterval(watch);
        stream.close();
        resolve();
      };
      stream.open();
      const watch = setInterval(() => hasBeenSilentFor(silence) && listenAnew(), beat);
    });
  const compete = async () => {
    if (waiting) return;
    const turn = (waiting = new AbortController());
    const { signal } = turn;
    await (navigator.locks ? navigator.locks.request(name, { signal }, lead).catch(() => {}) : lead());
    if (waiting === turn) waiting = undefined;
  };
  // A frozen page neither holds the lock nor stands in line for it: the others would wait for it.
  const withdraw = () => {
    waiting?.abort();
    waiting = undefined;
    leave?.();
  };

  document.addEventListener("freeze", withdraw);
  addEventListener("pagehide", withdraw);
  document.addEventListener("resume", compete);
  addEventListener("pageshow", (event) => event.persisted && compete());
  compete();
}
