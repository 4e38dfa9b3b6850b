"""The digest of an entry is what anyone can compute from the published description."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from dms.domain.journal import GENESIS_DIGEST, JournalEntry, entry_digest

ENTRY = JournalEntry(
    seq=1,
    at=datetime(2026, 3, 2, 17, 0, tzinfo=timezone(timedelta(hours=8))),
    actor="张三",
    origin="web",
    action="item_opened",
    subject="0f",
    details={"b": None, "a": 1},
    previous_digest=GENESIS_DIGEST,
    digest="",
)
CANONICAL = (
    '{"action":"item_opened","actor":"张三","at":"2026-03-02T09:00:00.000000+00:00","details":{"a":1,"b":null},'
    f'"origin":"web","previous_digest":"{"0" * 64}","seq":1,"subject":"0f"}}'
)


def test_the_digest_is_that_of_the_canonical_json():
    assert entry_digest(ENTRY) == hashlib.sha256(CANONICAL.encode()).hexdigest()
    assert ENTRY.computed_digest() == entry_digest(ENTRY)


def test_the_same_moment_in_another_time_zone_has_the_same_digest():
    assert entry_digest(replace(ENTRY, at=ENTRY.at.astimezone(UTC))) == entry_digest(ENTRY)
