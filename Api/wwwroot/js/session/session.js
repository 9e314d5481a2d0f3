// Who is signed in. Where the server asks for keys, the key is exchanged for a cookie that no script can read; it is kept nowhere here.

import { byId } from "../dom.js";
import { onUnauthenticated, Problem } from "../api.js";
import { forgetEverything } from "./forgetting.js";

const dialog = byId("sign-in");
const form = dialog.querySelector("form");
const field = byId("key");
const problem = byId("sign-in-problem");
let asking;
let session;
let tell = () => {};

export const isSignedInByKey = () => session?.signed_in_by === "session";

/** Whether whoever is here may say anything. */
export const mayWrite = () => !session || session.scopes.some((scope) => scope === "write" || scope === "admin");

/** Resolves when somebody is signed in, or the server needs nobody to be. `changed` is called whenever somebody is. */
export async function startSession(changed) {
  tell = changed;
  onUnauthenticated(askForKey);
  // There is nothing behind it. A browser that closes it all the same, on a second Escape, gets it again.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => asking && dialog.showModal());
  if (!(await readSession())) await askForKey();
}

export async function signOut() {
  const answer = await fetch("/session", { method: "DELETE" }).catch(() => undefined);
  // Who has no session any more is signed out already.
  if (!answer?.ok && answer?.status !== 401) throw new Problem(answer?.status ?? 0);
  forgetEverything();
  location.replace("/");
}

// False only where the server says so: what cannot be reached asks for no key.
async function readSession() {
  try {
    const answer = await fetch("/session");
    session = answer.ok ? await answer.json() : undefined;
    tell();
    return answer.status !== 401;
  } catch {
    return true;
  }
}

function askForKey() {
  asking ??= new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (await enter(field.value.trim())) {
        asking = undefined;
        dialog.close();
        resolve(true);
      }
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
      const before = session?.owner;
      await readSession();
      // What another owner has left on the page is not this one's to see.
      if (before !== undefined && before !== session?.owner) {
        forgetEverything();
        location.reload();
        // Nor is what the page was about to ask for to be asked for in this one's name.
        await new Promise(() => {});
      }
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
