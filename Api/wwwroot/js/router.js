// Addresses: `#/` is a new conversation, `#/conv_…` one that exists, `#/conv_…/msg_…` a message in it.

const shape = /^#\/(conv_[a-z0-9]+)?(?:\/(msg_\d+))?$/;

export function route() {
  const [, conversation, message] = shape.exec(location.hash || "#/") ?? [];
  return { conversation, message };
}

export const addressOf = (conversation, message) => `#/${conversation ?? ""}${message ? `/${message}` : ""}`;

export function go(conversation) {
  if (location.hash !== addressOf(conversation)) location.hash = addressOf(conversation);
}

/** The new conversation has got its id: the same place, now with a name. */
export function name(conversation) {
  history.replaceState(null, "", addressOf(conversation));
}

export function onRoute(open) {
  addEventListener("hashchange", () => open(route()));
  // A link to where one is changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#/']");
    if (link?.hash === location.hash && !event.ctrlKey && !event.metaKey && !event.shiftKey) open(route());
  });
  open(route());
}
