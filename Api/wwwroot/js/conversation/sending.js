// Asking for something. Each request has a name, and comes again under the same one until it is answered.

import { post, put, remove, requestKey } from "../api.js";

/** A new conversation. */
export const create = (model, system, key) => post("/conversations", { model, ...(system ? { system } : {}) }, { key });

/** A message; while a reply runs it waits for its turn. `parent` only where it is another version of a message. */
export function sendMessage(conversation, content, key, parent) {
  return post(`/conversations/${conversation}/messages`, { content, on_busy: "queue", ...(parent === undefined ? {} : { parent }) }, { key });
}

/** Another reply to the same message, by the model that is chosen now. */
export const regenerate = (conversation, message, model, key) =>
  post(`/conversations/${conversation}/messages/${message}/regenerate`, { model, on_busy: "queue" }, { key });

export const stop = (conversation, reply) => post(`/conversations/${conversation}/cancel`, { reply }, { key: requestKey() });

/** Shows the branch of a message, down to its newest end. */
export const showBranch = (conversation, message) => put(`/conversations/${conversation}/head`, { message, to_leaf: true });

export const unqueue = (conversation, message) => remove(`/conversations/${conversation}/queue/${message}`);
