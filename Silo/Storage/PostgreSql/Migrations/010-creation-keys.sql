-- The end of an id that was created with an idempotency key is a hash of that key: no two processes can make two of it. Elsewhere it
-- is 80 random bits.

CREATE UNIQUE INDEX conversations_tails ON orleanschat.conversations (owner, right(id, 16));
