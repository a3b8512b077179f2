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
