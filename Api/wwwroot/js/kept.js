// What this browser keeps for the page, by names in `orleanschat.`: in localStorage for all tabs, in sessionStorage for this one. Where it keeps
// nothing (it is full, or may not), this page still does, for as long as it is open.

const prefix = "orleanschat.";

class Kept {
  #storage;
  #instead = new Map();
  #isOver = false;

  constructor(storage) {
    this.#storage = storage;
  }

  get(name) {
    return this.#instead.get(name) ?? this.#try((storage) => storage.getItem(prefix + name)) ?? null;
  }

  /** Keeps a text; nothing where it is empty. */
  set(name, text) {
    if (this.#isOver) return;
    this.#instead.delete(name);
    if (!text) return void this.#try((storage) => storage.removeItem(prefix + name));
    const isKept = this.#try((storage) => (storage.setItem(prefix + name, text), true));
    if (!isKept) this.#instead.set(name, text);
  }

  get names() {
    const all = this.#try((storage) => Object.keys(storage)) ?? [];
    return [...all.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)), ...this.#instead.keys()];
  }

  /** From now on nothing is kept any more: whose page this was has left. */
  end() {
    this.#isOver = true;
  }

  #try(action) {
    try {
      return action(this.#storage());
    } catch {
      return undefined;
    }
  }
}

export const kept = new Kept(() => localStorage);
export const keptInTab = new Kept(() => sessionStorage);
