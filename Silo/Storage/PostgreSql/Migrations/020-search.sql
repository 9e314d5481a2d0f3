-- What can be found by its words: a row per whole message, and one per title. Compaction writes it, so that no append has to.

CREATE TABLE orleanschat.search (
    conversation bigint NOT NULL,
    -- The message's id; empty for the title.
    message      text COLLATE "C" NOT NULL,
    -- The sequence of the event with which it was whole.
    sequence     bigint NOT NULL,
    -- Its beginning, to show a piece of.
    text         text NOT NULL,
    -- Its words as the program takes them apart, and its owner as =owner, which no word can be.
    words        tsvector NOT NULL,
    -- No foreign key: whoever inserts here has just updated the conversation's row, and deletion removes both.
    PRIMARY KEY (conversation, message)
);

-- Without the list of pending entries, which somebody's search would have to work off.
CREATE INDEX search_words ON orleanschat.search USING gin (words) WITH (fastupdate = off);

-- What was said before there was a search is indexed when its conversation is next compacted.
UPDATE orleanschat.conversations SET compacted = 0;
