// The only way by which HTML gets into the page. The server makes it safe; this looks once more, so that it takes two mistakes to do harm.

const elements = new Set(
  "p h3 h4 h5 h6 blockquote ul ol li hr pre code em strong del br a table thead tbody tr th td div span".split(" "),
);
const attributes = {
  a: { href: /^(https?:|mailto:)/i, rel: /^noopener noreferrer nofollow$/, target: /^_blank$/ },
  code: { class: /^language-[a-z0-9+#.-]{1,32}$/ },
  ol: { start: /^\d+$/ },
  th: { class: /^align-(left|center|right)$/ },
  td: { class: /^align-(left|center|right)$/ },
  div: { class: /^table-scroll$/, tabindex: /^0$/ },
  pre: { tabindex: /^0$/ },
  span: { class: /^task$/, role: /^img$/, "aria-label": /^(done|to do)$/ },
};

const policy = globalThis.trustedTypes?.createPolicy("orleanschat-html", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/** The nodes of a rendered block. In a template nothing loads and nothing runs. */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  for (const element of template.content.querySelectorAll("*")) {
    if (!isAllowed(element)) {
      console.error("A rendered block holds what no block may hold; it is shown as text.", element.localName);
      return asText(html);
    }
  }
  return template.content;
}

function isAllowed(element) {
  if (!elements.has(element.localName)) return false;
  const allowed = attributes[element.localName] ?? {};
  return Array.from(element.attributes).every(({ name, value }) => allowed[name]?.test(value));
}

function asText(html) {
  const fragment = document.createDocumentFragment();
  fragment.append(html);
  return fragment;
}
