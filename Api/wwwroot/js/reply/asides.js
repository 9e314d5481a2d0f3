// What a reply has beside its text: thinking, tool calls, what tools answered. Folded, for who wants to look.

import { el } from "../dom.js";

export class AsidesView {
  above = el("div");
  below = el("div");
  #thinking;
  #tools = [];

  draw(state) {
    if (state.reasoning) {
      this.#thinking ??= this.#add(this.above, "Thinking");
      setGrowing(this.#thinking, state.reasoning);
    } else if (this.#thinking) {
      this.above.replaceChildren();
      this.#thinking = undefined;
    }

    const tools = [
      ...state.tools.map((call) => [`Tool: ${call.name ?? "…"}`, indent(call.arguments, state.isRunning)]),
      ...(state.toolResults ?? []).map((result) => ["Answer of a tool", result.content]),
    ];
    if (tools.length < this.#tools.length) {
      this.below.replaceChildren();
      this.#tools = [];
    }
    tools.forEach(([name, text], index) => {
      this.#tools[index] ??= this.#add(this.below, name, "code");
      setGrowing(this.#tools[index], text);
    });
  }

  #add(place, name, inner = "div") {
    const inside = el(inner, { class: "inside", dir: "auto" });
    place.append(el("details", { class: "aside" }, el("summary", {}, name), inside));
    return inside;
  }
}

function setGrowing(element, text) {
  const node = element.firstChild;
  if (!node) element.append(text);
  else if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}

// Arguments are JSON once they are whole.
function indent(text, isRunning) {
  if (isRunning) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
