"""At a hub: which stations have shown that they had a file, by sending all of it or by being given it (`file_senders`)."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

SHARE: Final = 4
"""No station alone takes more than this part of a hub's room for files with what nobody else has been given yet."""
KEPT_FOR_NOBODY: Final = (
    "SELECT total(f.here) FROM file_senders s JOIN files f ON f.sha256 = s.sha256 WHERE s.station = ? "
    "AND NOT EXISTS (SELECT 1 FROM file_senders o WHERE o.sha256 = s.sha256 AND o.station <> s.station)"
)
SHOWN: Final = (
    "(NOT EXISTS (SELECT 1 FROM file_senders s WHERE s.sha256 = :file) OR EXISTS (SELECT 1 FROM file_senders s WHERE s.sha256 = :file "
    "AND (s.station = {0} OR s.station = (SELECT b.relay FROM below b WHERE b.station = {0}))))"
)
"""At a hub: who names the file has shown that it had it, or stands below a relay that has; where nobody is known to have had it, all count.
To name a hash keeps no file here."""


def senders(db: Connection, sha256: str) -> frozenset[str]:
    """At a hub: the stations that have sent all of this file, or were given it when another had."""
    return frozenset(row[0] for row in db.execute("SELECT station FROM file_senders WHERE sha256 = ?", (sha256,)))
