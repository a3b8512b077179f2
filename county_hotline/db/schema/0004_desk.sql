-- What the desk keeps for the officers' comfort. Nothing here is journalled, signed or sent.

-- ---------------------------------------------------------------- each officer's own choices

-- Columns chosen, filters saved, where a window stood. `value` is JSON in the shape that its key's owner reads.
CREATE TABLE preferences (
    officer TEXT NOT NULL,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (officer, key)
) STRICT, WITHOUT ROWID;
