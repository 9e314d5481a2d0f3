// What this tab has seen of a running reply, so that after a reload it can be said what came meanwhile, and that nothing has changed.

import { keptInTab } from "../kept.js";
import { countCharacters } from "./caught-up.js";

const name = "seen";
// Told once, of the page that was here before: what this one notes as it is left for a while is for the next.
let before = JSON.parse(keptInTab.get(name) ?? "null");
keptInTab.set(name, "");

/** Notes it, as the page goes away. */
export function remember({ id, branch, running }) {
  const seen = running && { conversation: id, message: running.id, blocks: running.blocks.length, print: print(running.blocks), characters: countOf(running) };
  keptInTab.set(name, seen ? JSON.stringify(seen) : "");
}

/** The gap since then: how many characters there were, of all that is loaded now, and how many are not as they were. */
export function recall({ id, branch }) {
  const seen = before;
  before = undefined;
  const state = seen?.conversation === id && branch.states.get(seen.message);
  if (!state) return undefined;
  const same = print(state.blocks.slice(0, seen.blocks)) === seen.print;
  const others = countCharacters(branch) - countOf(state);
  return { characters: others + seen.characters, lost: same ? 0 : seen.characters };
}

const countOf = (state) => countCharacters({ states: new Map([[state.id, state]]) });

// FNV-1a.
function print(blocks) {
  let hash = 0x811c9dc5;
  for (const character of blocks.join("\n")) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  return hash >>> 0;
}
