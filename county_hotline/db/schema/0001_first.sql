-- Schema 1. To change a work order, add a fact: nothing here is ever updated that a person wrote.
-- Three groups: the journal (for ever), the tables folded from it (thrown away and rebuilt at will), and what is not journalled.

-- ---------------------------------------------------------------- the journal

-- One line per act. `entry` is the order of arrival on this PC, no more; a life's own order is its serial.
CREATE TABLE entries (
    entry       INTEGER PRIMARY KEY,
    entry_id    TEXT    NOT NULL UNIQUE,
    work_order  TEXT    NOT NULL,
    station     TEXT    NOT NULL,
    life        TEXT    NOT NULL,
    serial      INTEGER NOT NULL CHECK (serial > 0),
    basis       TEXT,
    officer     TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    clock_note  TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    words_hash  BLOB    NOT NULL,
    person_hash BLOB    NOT NULL,
    prev_hash   BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    algorithm   TEXT    NOT NULL,
    UNIQUE (station, life, serial)
) STRICT;
CREATE INDEX entries_by_order ON entries (work_order);

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;

-- The words of an entry, erasable by law; the salt goes with them.
CREATE TABLE words (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry),
    salt  BLOB NOT NULL,
    body  BLOB NOT NULL
) STRICT;
CREATE TABLE persons (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry),
    salt  BLOB NOT NULL,
    body  BLOB NOT NULL
) STRICT;

-- Which words were erased, by which fact. Without a line here words cannot be deleted. An entry that names itself came here
-- without them: erased before it was sent, or kept back by its station for repair.
CREATE TABLE erasures (
    entry      INTEGER NOT NULL REFERENCES entries (entry),
    part       TEXT    NOT NULL CHECK (part IN ('words', 'person')),
    fact_entry INTEGER NOT NULL REFERENCES entries (entry),
    PRIMARY KEY (entry, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erasures_never_change BEFORE UPDATE ON erasures
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER erasures_never_go BEFORE DELETE ON erasures
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER words_never_change BEFORE UPDATE ON words
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER persons_never_change BEFORE UPDATE ON persons
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER words_go_only_by_erasure BEFORE DELETE ON words
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE entry = OLD.entry AND part = 'words')
BEGIN SELECT raise(ABORT, 'words go only by an erasure'); END;
CREATE TRIGGER persons_go_only_by_erasure BEFORE DELETE ON persons
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE entry = OLD.entry AND part = 'person')
BEGIN SELECT raise(ABORT, 'words go only by an erasure'); END;

-- The hub's order. An entry without a line here is known to this PC alone (待传).
CREATE TABLE receipts (
    hub_seq     INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL UNIQUE REFERENCES entries (entry),
    received_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER receipts_never_change BEFORE UPDATE ON receipts
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER receipts_never_go BEFORE DELETE ON receipts
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;

-- Entries held back until they are repaired, with what depends on them (隔离). `here`: by this PC itself, being a hub;
-- then they are not folded. On a station the line only says what its hub does; its own fold goes on.
CREATE TABLE held (
    entry_id TEXT PRIMARY KEY,
    code     TEXT    NOT NULL,
    here     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The end of each chain, and how far it is signed for: by the hub (on a station), by the author's key (on the hub).
-- `orders`, on a station: how many orders this life was the station's first hand in (已存, without counting them each time).
CREATE TABLE chains (
    station   TEXT    NOT NULL,
    life      TEXT    NOT NULL,
    serial    INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    receipted INTEGER NOT NULL DEFAULT 0,
    orders    INTEGER NOT NULL DEFAULT 0,
    signature BLOB    NOT NULL DEFAULT x'',
    PRIMARY KEY (station, life)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- folded from the journal

-- One row an order; `row` is the arrival number of its first entry here, so that it survives a rebuild. From a number to its row
-- leads `entries_by_order`; a second index would be written at every acceptance for nothing.
CREATE TABLE work_orders (
    row             INTEGER PRIMARY KEY,
    number          TEXT    NOT NULL,
    own             INTEGER NOT NULL,
    unsent          INTEGER NOT NULL,
    stage           INTEGER NOT NULL,
    title           TEXT    NOT NULL,
    caller          TEXT    NOT NULL,
    phone_shown     TEXT    NOT NULL,
    phone           TEXT    NOT NULL,
    matter_kind     TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    urgency         TEXT    NOT NULL,
    category        TEXT    NOT NULL,
    place           TEXT    NOT NULL,
    agency          TEXT    NOT NULL,
    is_hint         INTEGER NOT NULL,
    due_on          TEXT    NOT NULL,
    due_provisional INTEGER NOT NULL,
    accepted_at     INTEGER NOT NULL,
    finished_at     INTEGER,
    confidential    INTEGER NOT NULL,
    query_code      TEXT    NOT NULL,
    external_number TEXT    NOT NULL,
    clashes         INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    touched_at      INTEGER NOT NULL,
    search_key      INTEGER NOT NULL
) STRICT;
CREATE INDEX work_orders_by_time ON work_orders (accepted_at, row);
CREATE INDEX work_orders_by_due ON work_orders (due_on, row) WHERE stage < 80;
CREATE INDEX work_orders_by_phone ON work_orders (phone) WHERE phone <> '';
CREATE INDEX work_orders_waiting ON work_orders (row) WHERE unsent > 0;
CREATE INDEX work_orders_clashing ON work_orders (row) WHERE clashes > 0;

-- One row a round of dispatch.
CREATE TABLE assignments (
    row    INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    agency TEXT    NOT NULL,
    role   TEXT    NOT NULL,
    state  INTEGER NOT NULL,
    due_on TEXT    NOT NULL,
    PRIMARY KEY (row, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_by_agency ON assignments (agency, row);

-- 待核对: pairs of acts done unseen by each other.
CREATE TABLE clashes (
    row    INTEGER NOT NULL,
    first  TEXT    NOT NULL,
    second TEXT    NOT NULL,
    grade  TEXT    NOT NULL,
    code   TEXT    NOT NULL,
    fields TEXT    NOT NULL,
    PRIMARY KEY (row, first, second, code)
) STRICT, WITHOUT ROWID;

-- On a hub: from which place in its order on an order concerns a unit or a station.
CREATE TABLE concerns (
    reader     TEXT    NOT NULL,
    work_order TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (reader, work_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX concerns_by_since ON concerns (reader, since);

-- Every neighbouring pair of characters of an order's text; a phrase of pairs finds any substring.
CREATE VIRTUAL TABLE search USING fts5 (
    pairs, content = '', contentless_delete = 1, tokenize = "ascii"
);

-- The newest orders' text, searched as it lies here; by the hundred it moves into the index above. Writing an index line by line
-- costs six pages an order, by the hundred next to nothing.
CREATE TABLE search_newest (
    row   INTEGER PRIMARY KEY,
    text  TEXT NOT NULL,
    names TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- not journalled

CREATE TABLE notes (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    officer       TEXT PRIMARY KEY,
    badge         TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    failures      INTEGER NOT NULL DEFAULT 0,
    locked_until  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Who looked at, printed or exported what; sign-ins too. Append-only like the journal.
CREATE TABLE audit (
    line    INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    officer TEXT    NOT NULL,
    act     TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;

CREATE TABLE drafts (
    key      TEXT PRIMARY KEY,
    saved_at INTEGER NOT NULL,
    body     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE prints (
    print      INTEGER PRIMARY KEY,
    work_order TEXT    NOT NULL,
    form       TEXT    NOT NULL,
    printed_at INTEGER NOT NULL,
    officer    TEXT    NOT NULL
) STRICT;
CREATE INDEX prints_by_order ON prints (work_order, form);

CREATE TABLE rounds (
    round INTEGER PRIMARY KEY,
    body  BLOB NOT NULL
) STRICT;
