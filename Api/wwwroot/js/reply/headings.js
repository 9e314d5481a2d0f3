// Models begin with whatever heading they like; for those who move by headings none is to be missing between.

const message = 2;

/** Gives the headings of a message consecutive levels below the message's own. */
export function levelHeadings(content) {
  let above = message;
  for (const heading of content.querySelectorAll("h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    const level = Math.min(own, above + 1);
    if (level === own) heading.removeAttribute("aria-level");
    else heading.setAttribute("aria-level", level);
    above = level;
  }
}
