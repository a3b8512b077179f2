-- Schema 2: the whole life of an order. What is folded is thrown away and folded anew at the first opening (see projection.FOLD);
-- what a person wrote is not touched.

-- ---------------------------------------------------------------- folded from the journal

DROP TABLE work_orders;
DROP TABLE assignments;

-- One row an order; `row` is the arrival number of its first entry here, so that it survives a rebuild. From a number to its row
-- leads `entries_by_order`; a second index would be written at every acceptance for nothing.
-- `open`: something is still waited for (the codes of the stages are in no order: see vocabulary.ENDED).
-- `watched`: 1 has an open supervision, 2 had one, 4 has an open call, 8 had one. `hands`: officers who wrote of it, one a line.
CREATE TABLE work_orders (
    row             INTEGER PRIMARY KEY,
    number          TEXT    NOT NULL,
    own             INTEGER NOT NULL,
    unsent          INTEGER NOT NULL,
    stage           INTEGER NOT NULL,
    open            INTEGER NOT NULL,
    title           TEXT    NOT NULL,
    caller          TEXT    NOT NULL,
    phone_shown     TEXT    NOT NULL,
    phone           TEXT    NOT NULL,
    matter_kind     TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    urgency         TEXT    NOT NULL,
    category        TEXT    NOT NULL,
    place           TEXT    NOT NULL,
    event           TEXT    NOT NULL,
    campaign        TEXT    NOT NULL,
    agency          TEXT    NOT NULL,
    is_hint         INTEGER NOT NULL,
    due_on          TEXT    NOT NULL,
    due_at          INTEGER NOT NULL,
    due_provisional INTEGER NOT NULL,
    accepted_at     INTEGER NOT NULL,
    finished_at     INTEGER,
    confidential    INTEGER NOT NULL,
    query_code      TEXT    NOT NULL,
    external_number TEXT    NOT NULL,
    watched         INTEGER NOT NULL,
    hands           TEXT    NOT NULL,
    clashes         INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    touched_at      INTEGER NOT NULL,
    search_key      INTEGER NOT NULL
) STRICT;
CREATE INDEX work_orders_by_time ON work_orders (accepted_at, row);
CREATE INDEX work_orders_by_due ON work_orders (due_at, row) WHERE open = 1;
CREATE INDEX work_orders_by_phone ON work_orders (phone) WHERE phone <> '';
CREATE INDEX work_orders_waiting ON work_orders (row) WHERE unsent > 0;
CREATE INDEX work_orders_clashing ON work_orders (row) WHERE clashes > 0;
CREATE INDEX work_orders_watched ON work_orders (row) WHERE watched > 0;
CREATE INDEX work_orders_by_event ON work_orders (event, row) WHERE event <> '';
CREATE INDEX work_orders_by_campaign ON work_orders (campaign, row) WHERE campaign <> '';

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

-- 待办: one row a thing an order waits for. `due_at` 0: no limit known. `tries`: 回访 that reached nobody.
-- The index answers whose turn it is, most urgent first, and how many orders that are, without looking at the rows.
CREATE TABLE tasks (
    row    INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    unit   TEXT    NOT NULL,
    agency TEXT    NOT NULL,
    due_at INTEGER NOT NULL,
    since  INTEGER NOT NULL,
    tries  INTEGER NOT NULL,
    PRIMARY KEY (row, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_by_unit ON tasks (unit, due_at, row, kind);

-- ---------------------------------------------------------------- not journalled

-- 待审核留言. What became an order keeps its words there alone, so that they can be erased in one place.
CREATE TABLE incoming (
    incoming        INTEGER PRIMARY KEY,
    channel         TEXT    NOT NULL,
    came_at         INTEGER NOT NULL,
    sender          TEXT    NOT NULL,
    phone           TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    text            TEXT    NOT NULL,
    external_number TEXT    NOT NULL,
    place           TEXT    NOT NULL,
    grid            TEXT    NOT NULL,
    collected_by    TEXT    NOT NULL,
    number          TEXT    NOT NULL DEFAULT '',
    dropped         TEXT    NOT NULL DEFAULT '',
    decided_at      INTEGER NOT NULL DEFAULT 0,
    officer         TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX incoming_waiting ON incoming (came_at) WHERE decided_at = 0;
CREATE INDEX incoming_by_external ON incoming (external_number) WHERE external_number <> '';
