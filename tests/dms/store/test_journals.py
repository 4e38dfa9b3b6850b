"""The journal takes entries and gives them back; altering it in any way is refused, or seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE

from dms.domain.journal import first_broken


def record(store, *, action="item_opened", subject="甲件", actor=EVERY_GRADE, at=NOW, **details):
    with store.begin() as work:
        return work.journal.record(actor, action, subject, at=at, details=details)


def entries(store):
    with store.looking() as view:
        return list(view.journal.entries())


def tamper(store, statement):
    """As somebody with the key and another program would: past the triggers."""
    with store.begin() as work:
        work.connection.execute(text("DROP TRIGGER journal_is_never_changed"))
        work.connection.execute(text("DROP TRIGGER journal_is_never_shortened"))
        work.connection.execute(text(statement))


def test_entries_are_chained_from_the_first_to_the_last(store):
    for number in range(5):
        record(store, subject=f"第 {number} 件", pages=number, note="“引号”与\n换行", nothing=None)
    kept = entries(store)
    assert [entry.seq for entry in kept] == [1, 2, 3, 4, 5]
    assert kept[0].previous_digest == "0" * 64
    assert first_broken(kept) is None


def test_what_was_recorded_is_what_is_kept(store):
    written = record(store, pages=3, title="采购合同", nothing=None)
    assert entries(store) == [written]
    assert written.at == NOW
    assert written.origin == "web"


def test_an_empty_journal_is_whole():
    assert first_broken([]) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE journal SET actor = '乙' WHERE seq = 3", 3),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 2", 2),
        ("UPDATE journal SET details = '{\"pages\": 9}' WHERE seq = 4", 4),
        ("UPDATE journal SET origin = 'system' WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 3", 4),
        ("DELETE FROM journal WHERE seq = 1", 2),
        ("UPDATE journal SET seq = seq + 10 WHERE seq >= 4", 14),
        ("UPDATE journal SET digest = previous_digest WHERE seq = 5", 5),
    ],
)
def test_tampering_with_the_journal_is_seen_at_the_entry_where_it_begins(store, statement, broken):
    for number in range(5):
        record(store, pages=number)
    tamper(store, statement)
    assert first_broken(entries(store)) == broken


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = '乙'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ],
)
def test_the_catalogue_refuses_to_change_the_journal(store, statement):
    kept = record(store)
    with pytest.raises(IntegrityError, match="journal_is_never"), store.begin() as work:
        work.connection.execute(text(statement))
    assert entries(store) == [kept]


def test_an_entry_whose_act_was_rolled_back_was_never_made(store):
    record(store)
    with pytest.raises(RuntimeError), store.begin() as work:
        work.journal.record(EVERY_GRADE, "item_filed", "甲件", at=NOW, details={})
        raise RuntimeError
    record(store)
    assert [entry.seq for entry in entries(store)] == [1, 2]
    assert first_broken(entries(store)) is None


def test_the_newest_entries_come_first_when_they_are_asked_for(store):
    for number in range(5):
        record(store, subject="甲件" if number % 2 else "乙件")
    with store.looking() as view:
        assert [entry.seq for entry in view.journal.entries(newest_first=2)] == [5, 4]
        assert [entry.seq for entry in view.journal.entries(subject="甲件")] == [2, 4]
        assert view.journal.count() == 5


def test_a_visit_is_recent_only_for_the_same_person_act_and_paper(store):
    record(store)
    since = NOW - timedelta(minutes=30)
    with store.looking() as view:
        recent = view.journal.has_recent
        assert recent(EVERY_GRADE, "item_opened", "甲件", since=since)
        assert not recent(ORDINARY_GRADE, "item_opened", "甲件", since=since)
        assert not recent(EVERY_GRADE, "item_filed", "甲件", since=since)
        assert not recent(EVERY_GRADE, "item_opened", "乙件", since=since)
        assert not recent(EVERY_GRADE, "item_opened", "甲件", since=NOW + timedelta(seconds=1))


def test_the_latest_of_some_acts_is_a_sign_of_change(store):
    for action in ("customer_registered", "item_opened", "item_filed", "item_opened"):
        record(store, action=action)
    with store.looking() as view:
        assert view.journal.latest_seq(["customer_registered", "item_filed"]) == 3
        assert view.journal.latest_seq(["never_done"]) == 0


def test_an_entry_of_another_act_has_another_digest(store):
    entry = record(store, pages=1)
    for changed in (
        replace(entry, seq=2),
        replace(entry, at=NOW + timedelta(microseconds=1)),
        replace(entry, action="x"),
        replace(entry, details={"pages": "1"}),
    ):
        assert changed.computed_digest() != entry.digest
