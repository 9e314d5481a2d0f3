// Before anything is drawn, and so no module: whoever chose light or dark never sees the other one flash up.
try {
  const chosen = localStorage.getItem("orleanschat.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing.
}
