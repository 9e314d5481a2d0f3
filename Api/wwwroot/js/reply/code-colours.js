// Colours for code that know four things of all languages: comments, texts, numbers, words. The text stays one text node; colours are
// ranges over it (CSS Custom Highlight API), and browsers without that show it plain.

const longest = 50_000;
const words = new Set(
  ("abstract and as async await base bool boolean break byte case catch char class const constructor continue def default del delete do double " +
    "elif else end enum export extends extern false final finally float fn for foreach from func function global go goto if impl implements import " +
    "in init inline int interface internal is lambda let long loop match mod module move mut namespace new nil nonlocal not null object or override " +
    "package pass private protected pub public raise readonly record ref return sealed self short static string struct super switch then this throw " +
    "trait true try type typeof undefined union unsafe use using var virtual void when where while with yield None True False " +
    "SELECT FROM WHERE INSERT INTO VALUES UPDATE SET CREATE TABLE JOIN ON GROUP BY ORDER LIMIT AND OR NOT NULL export local echo fi done esac").split(" "),
);
const plain = new Set(["", "text", "txt", "plain", "plaintext", "markdown", "md", "log", "diff", "output"]);
const hashComments = new Set(["sh", "bash", "shell", "zsh", "python", "py", "ruby", "rb", "yaml", "yml", "toml", "r", "perl", "dockerfile", "makefile", "ini", "powershell", "ps1"]);

// A comment that never ends goes to the end: each of many would be looked for there otherwise.
const slashed = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const hashed = String.raw`(?<![\w$&])#[^\n]*`;
const dashed = String.raw`--[^\n]*`;
const rest = String.raw`|("""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|${"`"}(?:\\.|[^${"`"}\\])*${"`"})|\b(\d[\w.]*)\b|([A-Za-z_]\w*)`;

export function colour(code, language) {
  const text = code.firstChild;
  if (!CSS.highlights || plain.has(language) || text?.nodeType !== Node.TEXT_NODE || text.length > longest) return;
  const comments = hashComments.has(language) ? hashed : language === "sql" || language === "lua" ? dashed : slashed;
  for (const match of text.data.matchAll(new RegExp(`(${comments})${rest}`, "g"))) {
    const kind = match[1] ? "comment" : match[2] ? "string" : match[3] ? "number" : words.has(match[4]) ? "keyword" : undefined;
    if (kind) highlight(kind).add(new StaticRange({ startContainer: text, startOffset: match.index, endContainer: text, endOffset: match.index + match[0].length }));
  }
}

function highlight(kind) {
  const name = `code-${kind}`;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(name);
}

/** Forgets the colours of code that has left the page. */
export function forgetColours() {
  for (const ranges of CSS.highlights?.values() ?? []) {
    for (const range of ranges) if (!range.startContainer.isConnected) ranges.delete(range);
  }
}
