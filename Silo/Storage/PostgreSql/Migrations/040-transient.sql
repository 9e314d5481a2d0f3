-- Conversations that are kept for a short while only, which no list has. What a conversation is in this never changes, so its appends touch
-- neither index.

ALTER TABLE orleanschat.conversations ADD COLUMN transient boolean NOT NULL DEFAULT false;

CREATE INDEX conversations_listed ON orleanschat.conversations (owner, id) WHERE NOT transient;
CREATE INDEX conversations_transient ON orleanschat.conversations (number) WHERE transient;
