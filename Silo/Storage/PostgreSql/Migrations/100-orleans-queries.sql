-- Orleans' ADO.NET providers bring no SQL. At its start each of them reads this table, under these names and without naming a
-- schema, and runs the texts that it finds. Later changes of a text are later migrations that update its row.

CREATE TABLE orleanschat.OrleansQuery (
    QueryKey  text PRIMARY KEY,
    QueryText text NOT NULL
);
