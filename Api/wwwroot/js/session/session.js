// Who is signed in. Where the server asks for keys, the key is exchanged for a cookie that no script can read; it is kept nowhere here.

import { byId } from "../dom.js";
import { get, onUnauthenticated, Problem } from "../api.js";
import { forgetEverything, forgetTab } from "./forgetting.js";

const dialog = byId("sign-in");
const form = dialog.querySelector("form");
const field = byId("key");
const problem = byId("sign-in-problem");
// The tabs of this browser share its cookie, and so whoever signs in or out.
const tabs = new BroadcastChannel("orleanschat-session");
let asking;
let answered;
let session;
let tell = () => {};

export const isSignedInByKey = () => session?.signed_in_by === "session";

/** Whose conversations these are; undefined where the server has not said so yet. */
export const owner = () => session?.owner;

/** Whether whoever is here may say anything. */
export const mayWrite = () => !session || session.scopes.some((scope) => scope === "write" || scope === "admin");

/** Resolves when somebody is signed in, or the server needs nobody to be. `changed` is called whenever somebody is. */
export async function startSession(changed) {
  tell = changed;
  onUnauthenticated(askForKey);
  // There is nothing behind it. A browser that closes it all the same, on a second Escape, gets it again.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => asking && dialog.showModal());
  tabs.onmessage = ({ data }) => heard(data.owner);
  if (!(await readSession())) await askForKey();
}

/** Asks once more where the server could not be asked. */
export async function identify() {
  if (!session) await get("/session").then((view) => (session = view)).then(tell);
}

export async function signOut() {
  const answer = await fetch("/session", { method: "DELETE" }).catch(() => undefined);
  // Who has no session any more is signed out already.
  if (!answer?.ok && answer?.status !== 401) throw new Problem(answer?.status ?? 0);
  forgetEverything();
  tabs.postMessage({ owner: undefined });
  location.replace("/");
}

// False only where the server says so: what cannot be reached asks for no key.
async function readSession() {
  try {
    const answer = await fetch("/session");
    // Who it was stays known: somebody else may be next.
    if (answer.ok) session = await answer.json();
    tell();
    return answer.status !== 401;
  } catch {
    return true;
  }
}

function askForKey() {
  asking ??= new Promise((resolve) => {
    answered = () => {
      asking = undefined;
      dialog.close();
      resolve(true);
    };
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (await enter(field.value.trim())) answered();
    };
    if (!dialog.open) dialog.showModal();
    field.focus();
  });
  return asking;
}

async function enter(key) {
  problem.textContent = "";
  try {
    const answer = await fetch("/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key }) });
    if (answer.ok) {
      field.value = "";
      const before = owner();
      await readSession();
      // What another owner has left on the page is not this one's to see.
      const isAnother = before !== undefined && before !== owner();
      if (isAnother) forgetEverything();
      tabs.postMessage({ owner: owner() });
      if (isAnother) await reload();
      return true;
    }
    const body = await answer.json().catch(() => undefined);
    problem.textContent = answer.status === 401 ? "This key is not known here, or no longer." : (body?.detail ?? `The server answered ${answer.status}.`);
  } catch {
    problem.textContent = "The server cannot be reached.";
  }
  field.select();
  return false;
}

// Somebody has signed in in another tab, or out.
async function heard(now) {
  if (session && owner() !== now) {
    forgetTab();
    return reload();
  }
  if (asking && (await readSession()) && owner() === now) answered();
}

// What the page was about to ask for is not to be asked for in another's name.
async function reload() {
  location.reload();
  await new Promise(() => {});
}
