// Light, dark, or as the system has it. See early.js for the first moment.

const key = "orleanschat.theme";

export const theme = () => document.documentElement.dataset.theme ?? "system";

export function chooseTheme(name) {
  if (name === "light" || name === "dark") {
    document.documentElement.dataset.theme = name;
    localStorage.setItem(key, name);
  } else {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(key);
  }
}
