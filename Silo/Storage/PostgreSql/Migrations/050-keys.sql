-- API keys, of which there is only the hash, and what sessions and tickets are sealed with.

CREATE TABLE orleanschat.keys (
    id           text COLLATE "C" PRIMARY KEY,
    name         text NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    -- The words, with commas between.
    scopes       text COLLATE "C" NOT NULL,
    hash         bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

CREATE INDEX keys_by_age ON orleanschat.keys (created_at, id);

-- Whoever would be second at a position was not the first to come, and finds that out.
CREATE TABLE orleanschat.signing_keys (
    position integer PRIMARY KEY,
    xml      text NOT NULL
);
