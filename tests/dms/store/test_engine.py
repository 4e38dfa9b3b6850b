"""The catalogue is unreadable without its key, durable, and nothing that was said to it comes back in a message."""

import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from store_parts import KEY, NOW, add_customer, add_item, page_of

from dms.domain.customer import CustomerFacts
from dms.errors import Kind
from dms.store import CatalogueDiskFull, CatalogueUnreadable, Store
from dms.store.engine import connect, refusal_of

MARKER = "朱砂印泥暗记"


def files_beside(catalogue: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in catalogue.parent.iterdir()}


@pytest.mark.parametrize("key", [bytes(32), bytes(31) + b"\x01", KEY[::-1]])
def test_the_wrong_key_opens_nothing(store, catalogue, key):
    with pytest.raises(CatalogueUnreadable) as caught:
        Store.open(catalogue, key)
    assert caught.value.kind is Kind.DAMAGE


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_a_fault_of_the_program(catalogue, key):
    with pytest.raises(ValueError, match="32 bytes"):
        Store.open(catalogue, key)
    assert not catalogue.exists()


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one" * 200, bytes(8192)])
def test_what_is_no_catalogue_is_not_opened(catalogue, content):
    catalogue.write_bytes(content)
    with pytest.raises(CatalogueUnreadable):
        Store.open(catalogue, KEY)


def test_a_damaged_page_of_the_catalogue_is_named_as_damage(store, catalogue):
    with store.begin() as work:
        for _ in range(50):
            add_item(work, filename="很长的名字" * 100)
    store.close()
    content = bytearray(catalogue.read_bytes())
    for offset in range(5 * 4096, len(content), 4096):
        content[offset + 100] ^= 0xFF
    catalogue.write_bytes(content)
    with pytest.raises(CatalogueUnreadable), Store.open(catalogue, KEY).looking() as view:
        view.items.with_digest("0")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gbk"])
def test_nothing_readable_lies_in_the_catalogue_its_log_or_its_shared_memory(store, catalogue, encoding):
    with store.begin() as work:
        add_customer(work, name=f"{MARKER}有限公司")
        item = add_item(work, filename=f"{MARKER}.png", title=MARKER)
        work.contents.add_page(item.key, page_of(MARKER * 500))
        found = files_beside(catalogue)
    found_after = files_beside(catalogue)
    assert {"catalogue.db", "catalogue.db-wal", "catalogue.db-shm"} <= set(found) | set(found_after)
    for content in (*found.values(), *found_after.values()):
        assert MARKER.encode(encoding) not in content
        assert b"CREATE TABLE" not in content
        assert not content.startswith(b"SQLite format 3")


def test_nothing_readable_remains_once_the_catalogue_is_closed(store, catalogue):
    with store.begin() as work:
        add_item(work, filename=f"{MARKER}.png")
    store.close()
    lying_there = files_beside(catalogue)
    assert set(lying_there) == {"catalogue.db", "catalogue.db.lock", "catalogue.db.turnstile"}
    assert lying_there["catalogue.db.lock"] == lying_there["catalogue.db.turnstile"] == b""
    assert MARKER.encode() not in catalogue.read_bytes()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_keeps_the_promises_of_the_catalogue(store, pragma, value):
    with store.begin() as work:
        assert work.connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_no_message_says_what_a_statement_was_given(store):
    with store.begin() as work:
        add_customer(work, code="C1", name=MARKER)
    with pytest.raises(IntegrityError) as caught, store.begin() as work:
        work.customers.add(CustomerFacts(code="C1", name=MARKER), at=NOW)
    assert MARKER not in str(caught.value)
    assert MARKER not in repr(caught.value)


def test_a_full_disk_is_said_and_leaves_nothing_half_done(store):
    with pytest.raises(CatalogueDiskFull) as caught, store.begin() as work:
        work.connection.execute(text("PRAGMA max_page_count = 1"))
        for number in range(2000):
            add_customer(work, code=f"C{number}", name=f"客户 {number} " * 20)
    assert caught.value.message.zh
    with store.looking() as view:
        assert view.customers.all() == []


def test_an_error_that_is_no_fault_of_the_disk_stays_what_it_is():
    assert refusal_of(ValueError("something else")) is None
    assert refusal_of(None) is None


def test_a_new_catalogue_is_waited_for_while_another_is_making_it(catalogue):
    maker = sqlcipher.connect(str(catalogue), isolation_level=None, check_same_thread=False)
    maker.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    maker.execute("CREATE TABLE first (id INTEGER)")
    maker.execute("BEGIN IMMEDIATE")  # whoever would switch to the write-ahead log now is refused at once
    made = threading.Timer(0.3, maker.commit)
    made.start()
    connection = connect(catalogue, KEY)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    made.join()
    maker.close()


def test_many_threads_look_while_one_writes(store):
    failures = []
    start = threading.Barrier(9)

    def look():
        start.wait()
        for _ in range(20):
            with store.looking() as view:
                if len(view.customers.all()) % 2:
                    failures.append("half a transaction was seen")

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    start.wait()
    for number in range(0, 40, 2):
        with store.begin() as work:
            add_customer(work, code=f"C{number}", name=f"一 {number}")
            add_customer(work, code=f"C{number + 1}", name=f"二 {number}")
    for thread in threads:
        thread.join()
    assert failures == []
