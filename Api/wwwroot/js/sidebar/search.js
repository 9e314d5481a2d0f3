// Looking for conversations by what was said in them.

import { get } from "../api.js";
import { byId, isInDialog } from "../dom.js";

const pause = 180;
const field = byId("search");

export class Search {
  results = [];
  hasMore = false;
  status = "";
  #next;
  #more;
  #timer;
  #abort;
  #show;

  constructor(show) {
    this.#show = show;
    field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#run(), pause);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && field.value) {
        event.stopPropagation();
        field.value = "";
        this.#run();
      }
    });
    addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (!isInDialog()) focusSearch();
    });
  }

  get isOn() {
    return this.#query !== "";
  }

  get #query() {
    return field.value.trim();
  }

  get(id) {
    return this.results.find((result) => result.id === id);
  }

  /** A conversation has changed: a result that shows it does too. */
  put({ id, title, status }) {
    const result = this.get(id);
    if (result) Object.assign(result, { title, status: status ?? result.status });
  }

  forget(id) {
    this.results = this.results.filter((result) => result.id !== id);
  }

  /** The next page; asked for again meanwhile, it is the same one. */
  more() {
    return (this.#more ??= this.#read(this.#next).finally(() => (this.#more = undefined)));
  }

  async #run() {
    this.results = [];
    this.hasMore = false;
    this.status = "";
    this.#abort?.abort();
    if (!this.isOn) return this.#show();
    this.#abort = new AbortController();
    try {
      await this.#read();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.status = problem.status === 400 ? "Nothing to look for: use letters or digits." : problem.message;
    }
    this.#show();
  }

  async #read(after) {
    const query = this.#query;
    const words = query.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = await get(`/conversations?limit=30&q=${encodeURIComponent(query)}${after ? `&after=${after}` : ""}`, { signal: this.#abort.signal });
    this.results = [...this.results, ...found.data.map((conversation) => ({ ...conversation, words }))];
    this.hasMore = found.has_more;
    this.#next = found.next;
    const count = this.results.length;
    this.status = count === 0 ? (this.hasMore ? "Nothing yet; there is more to look through." : "Nothing found.") : `${count}${this.hasMore ? " or more" : ""} found`;
  }
}

function focusSearch() {
  document.dispatchEvent(new CustomEvent("show-list"));
  field.focus();
  field.select();
}
