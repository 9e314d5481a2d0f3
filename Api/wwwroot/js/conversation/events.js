// The events of a conversation's stream in HTML.

/** Pieces of a running reply. */
export const pieces = ["reasoning", "refusal", "tool", "block", "growing", "append"];

export const types = [
  ...pieces,
  "message",
  "reply.started",
  "reply.restarted",
  "reply.continued",
  "reply.ended",
  "reply.context",
  "message.queued",
  "message.unqueued",
  "message.deleted",
  "head.moved",
  "conversation.updated",
  "conversation.deleted",
];
