-- Schema 3: sync that cannot lose. Nothing here is folded from the journal.

-- ---------------------------------------------------------------- the agreed order

-- The place of an entry in the order of its work order's own hub (the hub of the station that gave the number), where that hub is not
-- ours: then it, not our hub_seq, says what came before what. An entry of such an order without a line here comes after those with one.
CREATE TABLE ranks (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry),
    rank  INTEGER NOT NULL
) STRICT;
CREATE TRIGGER ranks_never_change BEFORE UPDATE ON ranks
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;

-- Ranks of a home hub that was put back from a backup and has given other places since. Only into here can a rank go.
CREATE TABLE lapsed_ranks (
    entry INTEGER NOT NULL REFERENCES entries (entry),
    rank  INTEGER NOT NULL,
    PRIMARY KEY (entry, rank)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ranks_go_only_when_lapsed BEFORE DELETE ON ranks
WHEN NOT EXISTS (SELECT 1 FROM lapsed_ranks WHERE entry = OLD.entry AND rank = OLD.rank)
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;

-- On a hub: entries it hands out once more, at this place of its order (places are shared with `receipts`, never the same): those it has
-- released from quarantine, and those whose rank it has learned since.
CREATE TABLE redelivered (
    hub_seq INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;

-- On a hub: what a station signed of its chain, wherever a batch of it ended, and by which key. With these a hub shows the one above it
-- the author's own hand.
CREATE TABLE seals (
    station   TEXT    NOT NULL,
    life      TEXT    NOT NULL,
    serial    INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    signature BLOB    NOT NULL,
    PRIMARY KEY (station, life, serial)
) STRICT, WITHOUT ROWID;
INSERT INTO seals SELECT station, life, serial, '', signature FROM chains WHERE signature <> x'';

-- Receipts of a hub that was put back from a backup and no longer has what it signed for. Only into here can a receipt go.
CREATE TABLE lapsed (
    entry       INTEGER NOT NULL REFERENCES entries (entry),
    epoch       TEXT    NOT NULL,
    hub_seq     INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (entry, epoch)
) STRICT, WITHOUT ROWID;
DROP TRIGGER receipts_never_go;
CREATE TRIGGER receipts_go_only_when_lapsed BEFORE DELETE ON receipts
WHEN NOT EXISTS (SELECT 1 FROM lapsed WHERE entry = OLD.entry AND hub_seq = OLD.hub_seq)
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;

-- ---------------------------------------------------------------- 附件 as files

-- Folded from the journal: which entry names which file. `personal`: 1 it shows the caller, 0 it does not, -1 nobody was asked.
CREATE TABLE attachments (
    row      INTEGER NOT NULL,
    entry_id TEXT    NOT NULL,
    sha256   TEXT    NOT NULL,
    size     INTEGER NOT NULL,
    original TEXT    NOT NULL,
    personal INTEGER NOT NULL,
    PRIMARY KEY (row, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_file ON attachments (sha256);

-- Where a file stands, not journalled: bytes that lie here, bytes the hub says it holds, what a person said of its way, what went wrong.
-- `begun`: the life in which it was put on the disk here before its entry was written; an entry that never came leaves it to be swept.
CREATE TABLE files (
    sha256 TEXT    PRIMARY KEY,
    here   INTEGER NOT NULL DEFAULT 0,
    sent   INTEGER NOT NULL DEFAULT 0,
    way    TEXT    NOT NULL DEFAULT '',
    wanted INTEGER NOT NULL DEFAULT 0,
    fault  TEXT    NOT NULL DEFAULT '',
    begun  TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Files whose naming was erased and which are to go from the disk, unless something else still names them.
CREATE TABLE files_erased (
    sha256 TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- On a hub: stations that have sent all of a file, and so have shown that they had it. To name a hash gives nobody a right to the file.
CREATE TABLE file_senders (
    sha256  TEXT NOT NULL,
    station TEXT NOT NULL,
    PRIMARY KEY (sha256, station)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- relays: a hub above a hub

-- On a hub: the stations that stand below its relays (hubs that are enrolled here). `statement` is what the hub at which the station is
-- enrolled has signed of it; it goes on to the hub above as it is. A station stands below one relay only.
CREATE TABLE below (
    station   TEXT PRIMARY KEY,
    relay     TEXT NOT NULL,
    unit      TEXT NOT NULL,
    card      BLOB NOT NULL,
    statement BLOB NOT NULL,
    algorithm TEXT NOT NULL,
    key       TEXT NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX below_by_relay ON below (relay);
CREATE INDEX below_by_unit ON below (unit);

-- Every key a station below was introduced with: what it signed by an old one is still its own.
CREATE TABLE keys_below (
    station    TEXT NOT NULL,
    key        TEXT NOT NULL,
    algorithm  TEXT NOT NULL,
    public_key BLOB NOT NULL,
    PRIMARY KEY (station, key)
) STRICT, WITHOUT ROWID;

-- On a hub: entries that a relay holds back and asked to be held here too: nobody judges them here before it lets them go.
CREATE TABLE held_below (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry)
) STRICT;

-- On a relay: entries that came from the hub above, not from a station's own hand.
CREATE TABLE from_above (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry)
) STRICT;

-- On a relay: how far the hub above has signed for each chain.
CREATE TABLE signed_above (
    station TEXT    NOT NULL,
    life    TEXT    NOT NULL,
    serial  INTEGER NOT NULL,
    PRIMARY KEY (station, life)
) STRICT, WITHOUT ROWID;

-- On a relay: entries that went up without their words because they are held here, or came without; once they stand whole they go again.
CREATE TABLE bare_above (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry)
) STRICT;

-- ---------------------------------------------------------------- parcels

-- The ledger of parcels (数据包): those made here for a peer, and those of a peer read here, known by serial and by their very bytes. A serial
-- made is begun (digest '') before the parcel is written, so none is given twice.
CREATE TABLE parcels (
    peer    TEXT    NOT NULL,
    way     TEXT    NOT NULL CHECK (way IN ('out', 'in')),
    serial  INTEGER NOT NULL,
    digest  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    files   INTEGER NOT NULL,
    PRIMARY KEY (peer, way, serial, digest)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- what is held, and released

-- On a hub: entries that were held and are no more, with the place in its order from which on they count. A reader was given none of them
-- before it.
CREATE TABLE released (
    entry INTEGER PRIMARY KEY REFERENCES entries (entry),
    place INTEGER NOT NULL
) STRICT;
CREATE INDEX released_by_place ON released (place);

-- On a station: own records that went up without their words (H2xx), to be sent again whole.
CREATE TABLE resending (
    entry_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- a life that went on at two places

-- On a station: entries it wrote under serials that its hub has otherwise (its data were put back whole, or copied whole). Each was written
-- once more, in a new life, as the entry `became` of the order `now`; its words moved there. Only into here can an entry go.
CREATE TABLE forked (
    entry_id    TEXT    PRIMARY KEY,
    work_order  TEXT    NOT NULL,
    station     TEXT    NOT NULL,
    life        TEXT    NOT NULL,
    serial      INTEGER NOT NULL,
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
    became      TEXT    NOT NULL,
    now         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER forked_never_change BEFORE UPDATE ON forked
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
CREATE TRIGGER forked_never_go BEFORE DELETE ON forked
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
DROP TRIGGER entries_never_go;
CREATE TRIGGER entries_go_only_when_forked BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM forked f JOIN entries n ON n.entry_id = f.became WHERE f.entry_id = OLD.entry_id AND f.hash = OLD.hash)
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
DROP TRIGGER erasures_never_go;
CREATE TRIGGER erasures_go_only_with_a_forked_fact BEFORE DELETE ON erasures
WHEN NOT EXISTS (SELECT 1 FROM forked f JOIN entries e ON e.entry_id = f.entry_id WHERE e.entry = OLD.fact_entry)
BEGIN SELECT raise(ABORT, 'journal is append-only'); END;
DROP TRIGGER words_go_only_by_erasure;
CREATE TRIGGER words_go_only_by_erasure BEFORE DELETE ON words
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE entry = OLD.entry AND part = 'words')
AND NOT EXISTS (SELECT 1 FROM entries e JOIN forked f ON f.entry_id = e.entry_id JOIN entries n ON n.entry_id = f.became
    JOIN words w ON w.entry = n.entry WHERE e.entry = OLD.entry)
BEGIN SELECT raise(ABORT, 'words go only by an erasure'); END;
DROP TRIGGER persons_go_only_by_erasure;
CREATE TRIGGER persons_go_only_by_erasure BEFORE DELETE ON persons
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE entry = OLD.entry AND part = 'person')
AND NOT EXISTS (SELECT 1 FROM entries e JOIN forked f ON f.entry_id = e.entry_id JOIN entries n ON n.entry_id = f.became
    JOIN persons p ON p.entry = n.entry WHERE e.entry = OLD.entry)
BEGIN SELECT raise(ABORT, 'words go only by an erasure'); END;
