-- What the desk keeps for the officers' comfort. Nothing here is journalled, signed or sent.

-- ---------------------------------------------------------------- each officer's own choices

-- Columns chosen, filters saved, where a window stood. `value` is JSON in the shape that its key's owner reads.
CREATE TABLE preferences (
    officer TEXT NOT NULL,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (officer, key)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- 知识库 (ADR 0026)

-- Every version of every article ('edition'), every report that one is wrong ('remark') and every answer to one ('settlement'), as its
-- author wrote it (JSON, never changed). 'aside': a version made here that did not stand on the hub's newest; a person decides.
CREATE TABLE knowledge (
    item    INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('edition', 'remark', 'settlement', 'aside')),
    id      TEXT NOT NULL,
    about   TEXT NOT NULL,
    station TEXT NOT NULL,
    state   INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    place   INTEGER UNIQUE,
    fault   TEXT NOT NULL DEFAULT '',
    body    BLOB NOT NULL,
    UNIQUE (kind, id)
) STRICT;
-- id: `code#number` of an edition, the report's own name of a remark and of its settlement. about: the article's code.
-- station: which station reported; besides the centre it alone is told of the report and its answer.
-- state: 0 waits for the hub, 1 has its place there, 2 had one before the hub was put back from a backup, 3 came with the county's bundle.
CREATE INDEX knowledge_about ON knowledge (about, kind);
CREATE INDEX knowledge_waiting ON knowledge (state, item) WHERE state <> 1;
CREATE INDEX knowledge_told ON knowledge (kind, item) WHERE kind <> 'edition';

-- The newest version of each article: what is listed, sorted and filtered. Folded from the table above.
CREATE TABLE articles (
    article     INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    item        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    is_gone     INTEGER NOT NULL,
    title       TEXT NOT NULL,
    flat_title  TEXT NOT NULL,
    unit        TEXT NOT NULL,
    category    TEXT NOT NULL,
    places      TEXT NOT NULL,
    version     TEXT NOT NULL,
    valid_until TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_end ON articles (valid_until) WHERE valid_until <> '' AND NOT is_gone;
CREATE INDEX articles_by_title ON articles (is_gone, title, code);

-- Files that versions of articles name: they travel as attachments do, and everybody may have them.
CREATE TABLE article_files (
    item   INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY (item, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_files_by_hash ON article_files (sha256);

-- Pairs of neighbouring characters, as in `search`; the newest version of each article that is not withdrawn.
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, names, body, content = '', contentless_delete = 1, tokenize = "ascii"
);
CREATE VIRTUAL TABLE article_pairs USING fts5vocab (article_search, row);

-- ---------------------------------------------------------------- 总览: folded from the journal

-- One narrow row an order at a station: what 总览 counts of it (domain/measures.py), so that a year is counted without reading the
-- orders' words. The days it was accepted on stand in `work_orders_by_time` alone. -1: not known, left out of the rate.
CREATE TABLE measures (
    row           INTEGER PRIMARY KEY,
    stage         INTEGER NOT NULL,
    place         TEXT    NOT NULL,
    category      TEXT    NOT NULL,
    agency        TEXT    NOT NULL,
    dispatched_at INTEGER,
    finished_at   INTEGER,
    due_at        INTEGER NOT NULL,
    in_time       INTEGER NOT NULL,
    answered      INTEGER NOT NULL,
    rounds        INTEGER NOT NULL,
    signed        INTEGER NOT NULL,
    rounds_apart  INTEGER NOT NULL,
    replied       INTEGER NOT NULL,
    satisfaction  INTEGER NOT NULL,
    called        INTEGER NOT NULL,
    solved        INTEGER NOT NULL,
    follow_up_by  INTEGER NOT NULL
) STRICT;
CREATE INDEX measures_by_dispatch ON measures (dispatched_at) WHERE dispatched_at IS NOT NULL;
CREATE INDEX measures_by_finish ON measures (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX measures_to_call ON measures (row) WHERE follow_up_by > 0;

-- ---------------------------------------------------------------- 交接班

-- 交接单: what one shift told the next, as it stood then (JSON of domain.shifts.ShiftSheet, nothing of a caller in the clear), and who took it over.
CREATE TABLE shifts (
    shift    INTEGER PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    giver    TEXT    NOT NULL,
    body     BLOB    NOT NULL,
    taker    TEXT    NOT NULL DEFAULT '',
    taken_at INTEGER NOT NULL DEFAULT 0,
    remark   TEXT    NOT NULL DEFAULT ''
) STRICT;

-- ---------------------------------------------------------------- 台账 among a million (ADR 0027)

-- What 台账 is sorted and filtered by.
CREATE INDEX work_orders_by_stage ON work_orders (stage, row);
CREATE INDEX work_orders_by_agency ON work_orders (agency, row);
CREATE INDEX work_orders_by_finish ON work_orders (finished_at, row) WHERE finished_at IS NOT NULL;
CREATE INDEX work_orders_by_limit ON work_orders (due_at, row);
CREATE INDEX assignments_standing ON assignments (row) WHERE state = 48;

-- Of every 4,096 rows, between which moments (whole hours, so that it is seldom written) their orders were accepted: orders arrive nearly
-- in the order in which they were accepted, so hits by arrival are put in order of time without reading them all.
CREATE TABLE spans (
    block  INTEGER PRIMARY KEY,
    oldest INTEGER NOT NULL,
    newest INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- 附件 at a hub

-- What one station has sent: its part of the hub's disk.
CREATE INDEX file_senders_by_station ON file_senders (station);

-- ---------------------------------------------------------------- 模板与常用语 (ADR 0028)

-- What is typed again and again. officer '': of the whole station. 【…】 in `text` is a blank to fill in.
CREATE TABLE phrases (
    phrase  INTEGER PRIMARY KEY,
    officer TEXT NOT NULL,
    title   TEXT NOT NULL,
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX phrases_of ON phrases (officer, title);

-- ---------------------------------------------------------------- 关联、同一事项 (ADR 0033): folded from the journal at a station

-- One line a link ('link': the other order's number) or matter ('cluster': its id and name) of an order; nothing for any other order.
CREATE TABLE relations (
    row    INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    target TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    PRIMARY KEY (row, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_by_target ON relations (target, kind, row);
