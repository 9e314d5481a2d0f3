// What screen readers are told: each thing once, as a whole. Only the last few are kept, so that who browses the page finds no second copy of it.

const kept = 4;
const region = document.getElementById("announcer");

export function announce(text) {
  const said = text.trim();
  if (!said) return;
  const line = document.createElement("span");
  line.textContent = `${said} `;
  region.append(line);
  while (region.children.length > kept) region.firstChild.remove();
}
