-- What replies cost, a row per reply: written by the statement that appends the reply's end, and by nothing else, so neither can be without
-- the other. Rows stay when their conversation is deleted.

CREATE TABLE orleanschat.usage (
    entry               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner               text COLLATE "C" NOT NULL,
    -- Of the reply's end, in UTC.
    day                 date NOT NULL,
    ended_at            timestamptz NOT NULL,
    conversation        text COLLATE "C" NOT NULL,
    message             text COLLATE "C" NOT NULL,
    -- The name of the model that was asked, as it is configured.
    model               text COLLATE "C" NOT NULL,
    input_tokens        bigint NOT NULL,
    output_tokens       bigint NOT NULL,
    -- NULL where the model did not say.
    cached_input_tokens bigint,
    reasoning_tokens    bigint,
    estimated           boolean NOT NULL,
    -- By the prices of the time; both NULL where the model had none.
    amount              numeric,
    currency            text COLLATE "C"
);

CREATE INDEX usage_by_day ON orleanschat.usage (owner, day);
