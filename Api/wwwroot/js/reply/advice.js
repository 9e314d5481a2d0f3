// What a failed reply says to people: what happened, and what they can do. The server's own sentence follows it.

const advice = {
  upstream_unreachable: ["The model cannot be reached", "Try again in a moment."],
  upstream_connect_timeout: ["The model cannot be reached", "Nothing answered in time. Try again in a moment."],
  upstream_first_token_timeout: ["The model did not begin", "Large models on small machines need minutes for it. Try again."],
  upstream_silence_timeout: ["The model fell silent", "What came until then is kept. Try again."],
  upstream_total_timeout: ["The reply took too long", "Ask for less at once."],
  upstream_rate_limited: ["The model has too much to do", "Wait a little, then try again, or choose another model."],
  upstream_error: ["The model reported an error", "What came until then is kept. Try again."],
  upstream_malformed: ["The model’s answer made no sense", "Try again. If it stays so, its address may be wrong."],
  upstream_truncated: ["The reply broke off", "What came until then is kept. Try again."],
  upstream_unavailable: ["The model is not available", "It has failed too often just now. Wait a little, or choose another model."],
  upstream_rejected: ["The model refused the request", "Choose another model, or ask whoever runs this server: its key or name may be wrong."],
  context_too_long: ["This is too long for the model", "Say less, or choose a model with a larger window."],
  content_refused: ["This may not be answered here", "Say it differently."],
  model_gone: ["This model is gone", "Choose another one, then try again."],
  internal_error: ["Something went wrong on the server", "Try again. If it stays so, the server’s log knows more."],
};

export const adviceOn = (code) => advice[code] ?? ["The reply failed", "Try again."];

/** Endings that are no failures, and yet not what one hopes for. */
export const limits = {
  length: ["The reply reached its length limit", "Ask the model to go on."],
  content_filter: ["The model’s filter ended the reply", "Say it differently."],
  budget: ["The tokens of today are used up", "What came until then is kept. There are new ones tomorrow."],
};
