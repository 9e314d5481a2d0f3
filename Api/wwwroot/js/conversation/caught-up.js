// After a gap: what came to make up for it, and whether anything is missing. That is counted, by reading the newest messages anew and
// comparing them with what the stream has brought.

import { get } from "../api.js";

const page = 6;
const quiet = 1_500;
const longest = 10_000;

/** How many characters of replies there are, as they are shown. */
export function countCharacters(branch) {
  let sum = 0;
  for (const state of branch.states.values()) if (state.role === "assistant") sum += lengthOf(state);
  return sum;
}

/**
 * Waits until the stream has passed what the server has, and compares. Returns how many characters there are more than before the gap, and how many
 * are missing or wrong; undefined where the stream has broken off meanwhile. What is missing is to be read anew.
 */
export async function catchUp(conversation, stream, gap, isCurrent) {
  const newest = await get(`/conversations/${conversation.id}/html/messages?order=desc&limit=${page}`);
  const began = performance.now();
  while (Number(stream.cursor ?? 0) < newest.sequence) {
    const now = performance.now();
    if (!isCurrent() || now - began > longest) return undefined;
    // Not every event is told in HTML: a stream that has nothing more to say has arrived.
    if (now - Math.max(stream.heard, began) > quiet) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Another branch may have been chosen meanwhile, which is read, not streamed.
  await conversation.settled;
  if (!isCurrent()) return undefined;
  const { branch } = conversation;
  const characters = Math.max(0, countCharacters(branch) - gap.characters);
  const lost = newest.data.reduce((sum, item) => sum + lostOf(item, branch.states.get(item.message.id)), 0);
  return { characters, lost };
}

// How many characters of a message are not on the page as the server has them.
function lostOf({ message, blocks }, state) {
  if (!state) return blocks.reduce((sum, block) => sum + lengthOfHtml(block), 0);
  const complete = message.status !== "in_progress" && state.hasEnded;
  const upTo = complete ? blocks.length : Math.min(blocks.length, state.blocks.length);
  let lost = 0;
  for (let index = 0; index < upTo; index++) {
    if (state.blocks[index] === blocks[index]) continue;
    lost += lengthOfHtml(blocks[index]);
    state.blocks[index] = blocks[index];
  }
  return lost;
}

function lengthOf(state) {
  const open = state.isOpen ? lengthOfHtml(state.open) + state.tail.length : 0;
  return state.blocks.reduce((sum, block) => sum + lengthOfHtml(block), open);
}

// As many as one reads: tags are none, an entity is one.
const lengthOfHtml = (html = "") => html.replace(/<[^>]*>/g, "").replace(/&[^;]+;/g, "&").length;
