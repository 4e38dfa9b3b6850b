"""Tables that somebody looks at before they are imported: kept in memory only, for their own person, and not for long.

Nothing of them touches the disk (I3); a restart forgets them, and whoever comes back is asked to choose it again.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from dms.printing import Sheet

MOST_KEPT = 8
KEPT_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """One table with the outcome that its person saw."""

    user_id: int
    sheet: Sheet
    original_filename: str
    fingerprint: str
    until_at: datetime


class SheetPreviews:
    """The tables that wait for a yes; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, KeptSheet] = OrderedDict()
        self._lock = Lock()

    def keep(self, kept: KeptSheet) -> str:
        """The token under which the table is found again; the oldest one gives way where there are too many."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._kept[token] = kept
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return token

    def take(self, token: str, *, user_id: int, now: datetime) -> KeptSheet | None:
        """The table, out of here now; None where there is none of this person under the token any more."""
        with self._lock:
            kept = self._kept.get(token)
            if kept is None or kept.user_id != user_id:
                return None
            del self._kept[token]
        return kept if kept.until_at >= now else None
