// Makes nodes the same as other nodes, by as little as possible: text that only grew is appended to, so nothing flickers, a selection
// stays, and the browser lays out what is new.

/** Makes the children of `target` those of `source`, which is used up. */
export function morph(target, source) {
  let have = target.firstChild;
  for (let want = source.firstChild; want; ) {
    const nextWanted = want.nextSibling;
    if (!have) {
      target.append(want);
    } else {
      const next = have.nextSibling;
      if (have.nodeType === want.nodeType && have.nodeName === want.nodeName) become(have, want);
      else have.replaceWith(want);
      have = next;
    }
    want = nextWanted;
  }
  while (have) {
    const next = have.nextSibling;
    have.remove();
    have = next;
  }
}

function become(have, want) {
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.data === want.data) return;
    if (want.data.startsWith(have.data)) have.appendData(want.data.slice(have.data.length));
    else have.data = want.data;
    return;
  }
  for (const { name } of Array.from(have.attributes)) if (!want.hasAttribute(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  morph(have, want);
}
