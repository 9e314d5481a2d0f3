// The dialog with the few things that can be set.

import { chooseTheme, theme } from "../appearance/theme.js";
import { orTell } from "../composer/problem.js";
import { byId } from "../dom.js";
import { isSignedInByKey, signOut } from "./session.js";

const dialog = byId("settings");
const system = byId("system");
const themes = () => Array.from(dialog.querySelectorAll("[name=theme]"));

const leave = () => orTell(signOut, leave);

/** @param prompt reads the system prompt of what is open. @param save takes another one */
export function startSettings(prompt, save) {
  let before;
  byId("settings-button").addEventListener("click", () => {
    system.value = prompt() ?? "";
    before = theme();
    for (const choice of themes()) choice.checked = choice.value === before;
    byId("sign-out").hidden = !isSignedInByKey();
    dialog.returnValue = "cancel";
    dialog.showModal();
  });
  // Seen at once; kept when saved.
  for (const choice of themes()) choice.addEventListener("change", () => chooseTheme(choice.value));
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "save") return chooseTheme(before);
    if (system.value !== (prompt() ?? "")) save(system.value);
  });
  byId("sign-out").addEventListener("click", () => {
    dialog.close("cancel");
    leave();
  });
}
