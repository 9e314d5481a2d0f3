// Light, dark, or as the system has it. See early.js for the first moment.

import { kept } from "../kept.js";

export const theme = () => document.documentElement.dataset.theme ?? "system";

export function chooseTheme(name) {
  const isChosen = name === "light" || name === "dark";
  if (isChosen) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  kept.set("theme", isChosen ? name : "");
}
