"""The only folder that knows SQL: one encrypted SQLite file with the journal, the tables folded from it, and what is not journalled."""
