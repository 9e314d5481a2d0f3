// What a reply was: model, tokens, and where this page has seen it arrive, how fast.

const number = new Intl.NumberFormat("en");
const asked = new Map();

/** Notes when this page asked for a reply, first heard of it, and heard its end. Only what came live is timed. */
export const clock = {
  /** By the name of the request. */
  asked(request) {
    asked.set(request, performance.now());
  },
  /** It waits in line: how long that takes says nothing about the model. */
  queued(request) {
    asked.delete(request);
  },
  started(state, request) {
    state.times = { asked: asked.get(request) };
    asked.delete(request);
  },
  heard(state) {
    if (state.times) state.times.first ??= performance.now();
  },
  ended(state) {
    if (state.times) state.times.last ??= performance.now();
  },
  /** A connection that broke tells nothing about the model's speed. */
  interrupted(states) {
    for (const state of states) if (!state.times?.last) state.times = undefined;
    asked.clear();
  },
};

export function figuresOf(state) {
  const parts = [state.answeredBy ?? state.model];
  const { usage, times } = state;
  if (usage) parts.push(`${usage.estimated ? "about " : ""}${count(usage.output_tokens, "token")}`);
  if (times?.first && times.last) {
    const seconds = (times.last - times.first) / 1000;
    if (usage && seconds > 0.2) parts.push(`${number.format(Math.round(usage.output_tokens / seconds))} tokens/s`);
    if (times.asked) parts.push(`first token ${((times.first - times.asked) / 1000).toFixed(1)} s`);
  }
  if (state.context) parts.push(`${count(state.context.dropped_messages, "older message")} ${state.context.summarized ? "summarized" : "left out"}`);
  if (state.cost) parts.push(costOf(state.cost));
  return parts.filter(Boolean).join(" · ");
}

/** The same in full, for those who ask for it. */
export function usageOf({ usage }) {
  if (!usage) return "";
  const parts = [`${count(usage.input_tokens, "token")} read`, `${number.format(usage.output_tokens)} written`];
  if (usage.cached_input_tokens) parts.push(`${number.format(usage.cached_input_tokens)} of those read from a cache`);
  if (usage.reasoning_tokens) parts.push(`${number.format(usage.reasoning_tokens)} of those written for thinking`);
  return parts.join(", ");
}

const count = (many, what) => `${number.format(many)} ${what}${many === 1 ? "" : "s"}`;

function costOf({ amount, currency }) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency, maximumSignificantDigits: 2 }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
