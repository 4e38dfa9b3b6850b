"""A scanner drops papers into a folder, and they become items."""

import os
from datetime import timedelta

import pytest

from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState
from dms.filing import register_customer
from dms.ingest import ReceivingLimits, collect_inbox
from dms.store import ItemFilter

LIMITS = ReceivingLimits(max_upload_bytes=1000, min_free_disk_bytes=0)


@pytest.fixture
def inbox(archive):
    return archive.home / "inbox"


def drop(path, content, clock, *, age=timedelta(minutes=1)):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    moment = (clock.now() - age).timestamp()
    os.utime(path, (moment, moment))
    return path


def collect(archive, inbox):
    return collect_inbox(OPERATOR, inbox, archive=archive, limits=LIMITS)


def arrived(archive):
    with archive.looking() as view:
        return view.items.list(ItemFilter(states=frozenset({ItemState.RECEIVED})), actor=OPERATOR, limit=10)


def test_a_settled_paper_is_taken_in_and_leaves_the_inbox(archive, inbox, clock):
    path = drop(inbox / "scan 1.png", b"paper", clock)
    assert collect(archive, inbox).accepted == 1
    assert not path.exists()
    assert [item.original_filename for item in arrived(archive)] == ["scan 1.png"]


def test_a_paper_that_is_still_being_written_is_left_alone(archive, inbox, clock):
    path = drop(inbox / "scan.png", b"half a pa", clock, age=timedelta(seconds=1))
    assert collect(archive, inbox).accepted == 0
    assert path.exists()


def test_a_folder_named_after_a_customer_states_the_customer(archive, inbox, clock):
    customer = register_customer(OPERATOR, CustomerFacts(code="C7", name="合肥远山商贸有限公司"), archive=archive)
    drop(inbox / "C7" / "a.png", b"one", clock)
    drop(inbox / "杂项" / "b.png", b"two", clock)
    collect(archive, inbox)
    claims = {item.original_filename: item.claim.customer_id for item in arrived(archive)}
    assert claims == {"a.png": customer.id, "b.png": None}


def test_what_cannot_be_accepted_is_set_aside_and_never_lost(archive, inbox, clock):
    drop(inbox / "empty.png", b"", clock)
    drop(inbox / "C7" / "empty.png", b"", clock)
    drop(inbox / "large.pdf", b"x" * 1001, clock)
    assert collect(archive, inbox).refused == 3
    assert sorted(path.name for path in (inbox / "refused").iterdir()) == ["empty (2).png", "empty.png", "large.pdf"]
    assert collect(archive, inbox).refused == 0


def test_a_paper_that_is_in_the_archive_already_just_leaves_the_inbox(archive, inbox, clock):
    drop(inbox / "a.png", b"same", clock)
    collect(archive, inbox)
    path = drop(inbox / "b.png", b"same", clock)
    collect(archive, inbox)
    assert not path.exists()
    assert len(arrived(archive)) == 1


def test_hidden_leftovers_of_scanners_are_not_papers(archive, inbox, clock):
    path = drop(inbox / ".scan.tmp", b"x", clock)
    collect(archive, inbox)
    assert path.exists()


def test_a_paper_that_cannot_be_read_just_now_blocks_no_other(archive, inbox, clock):
    (inbox / "a vanished scan.png").symlink_to(inbox / "nowhere")
    (inbox / "b loop.png").symlink_to(inbox / "b loop.png")
    drop(inbox / "c.png", b"paper", clock)
    assert collect(archive, inbox).accepted == 1
