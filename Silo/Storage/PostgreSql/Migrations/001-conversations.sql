-- Conversations and their journals. Every append updates one row of conversations and inserts one into journal.

CREATE TABLE orleanschat.conversations (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Collation "C" is ordinal order, which for ids is the order of creation, on every server and for ever.
    owner       text COLLATE "C" NOT NULL,
    id          text COLLATE "C" NOT NULL,
    -- The sequence of the newest event: an append happens only where it is the one expected.
    head        bigint NOT NULL,
    -- Up to where the journal is compacted.
    compacted   bigint NOT NULL DEFAULT 0,
    replying    boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    -- By this server's clock.
    appended_at timestamptz NOT NULL,
    -- The newest conversation.created or conversation.updated event, as it is in the journal.
    attributes  bytea NOT NULL,
    UNIQUE (owner, id)
) WITH (
    -- Room for the next version of a row beside the last one, so that no index needs to learn of it (HOT).
    fillfactor = 60
);

-- Nothing that an append of deltas changes may be in an index, its condition included.
CREATE INDEX conversations_replying ON orleanschat.conversations (number) WHERE replying;

CREATE TABLE orleanschat.journal (
    conversation bigint NOT NULL,
    -- The sequences of the first and the last event in the row.
    first        bigint NOT NULL,
    last         bigint NOT NULL,
    -- JSON Lines, as clients get them; a run of deltas of a reply that has ended may be one record.
    lines        bytea NOT NULL,
    -- No foreign key: the statement that inserts here has just updated the conversation's row, and deletion removes both.
    PRIMARY KEY (conversation, first)
);
