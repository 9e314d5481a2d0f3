// The dialog with the few things that can be set.

import { chooseTheme, theme } from "../appearance/theme.js";
import { orTell } from "../composer/problem.js";
import { byId } from "../dom.js";
import { isSignedInByKey, signOut } from "./session.js";

const dialog = byId("settings");
const system = byId("system");
const themes = () => Array.from(dialog.querySelectorAll("[name=theme]"));

const leave = () => orTell(signOut, leave);

/** @param prompt the system prompt of what is open, and how it is changed there: `{ text, save }`; undefined while that is being read */
export function startSettings(prompt) {
  let before;
  // Of what was open when the dialog was, whatever is open by its end.
  let opened;
  let shown;
  const fill = () => {
    opened = prompt();
    system.disabled = !opened;
    system.value = opened?.text ?? "";
    // As the box has it: line ends are all alike there.
    shown = system.value;
  };
  byId("settings-button").addEventListener("click", () => {
    fill();
    before = theme();
    for (const choice of themes()) choice.checked = choice.value === before;
    byId("sign-out").hidden = !isSignedInByKey();
    dialog.returnValue = "cancel";
    dialog.showModal();
  });
  document.addEventListener("conversation-read", () => dialog.open && !opened && fill());
  // Seen at once; kept when saved.
  for (const choice of themes()) choice.addEventListener("change", () => chooseTheme(choice.value));
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "save") return chooseTheme(before);
    if (opened && system.value !== shown) opened.save(system.value);
  });
  byId("sign-out").addEventListener("click", () => {
    dialog.close("cancel");
    leave();
  });
}
