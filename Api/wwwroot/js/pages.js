// The pages of this browser: each holds a lock with its name for as long as it is there, so that others can tell.

import { requestKey } from "./api.js";

/** This page. */
export const page = requestKey();

const nameOf = (name) => `orleanschat-page ${name}`;
let leave;

/** Returns a function that tells whether another page is there; where there are no locks (plain http elsewhere), it knows of none. */
export async function otherPages() {
  const { held } = (await navigator.locks?.query().catch(() => undefined)) ?? { held: [] };
  const names = new Set(held.map(({ name }) => name));
  return (name) => name !== page && names.has(nameOf(name));
}

const hold = () => navigator.locks?.request(nameOf(page), () => new Promise((resolve) => (leave = resolve))).catch(() => {});

hold();
addEventListener("pagehide", () => leave?.());
addEventListener("pageshow", (event) => event.persisted && hold());
