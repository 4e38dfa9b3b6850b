"""Papers are read page by page; whatever breaks, each ends in a named state, and nothing is read twice or half."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from simulators.readers import PlainReader

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.item import Item, ItemState, RenditionRole
from dms.domain.layout import decode_layout
from dms.domain.reading import TextSource
from dms.domain.task import TaskKind
from dms.filing import Tray, tray
from dms.ingest import (
    Claim,
    Describer,
    Progress,
    ReadingRoom,
    ReceivingLimits,
    Upload,
    receive,
    reclaim_orphans,
    retry,
    work_until_idle,
    work_until_stopped,
)
from dms.ingest.working import DISK_RETRY_AFTER, MAX_ATTEMPTS, RETRY_AFTER, read_item
from dms.search import SearchRequest, search
from vault import Disk, LocalStorage, Vault
from vault.errors import StorageFull

LIMITS = ReceivingLimits(max_upload_bytes=100_000, min_free_disk_bytes=0)
MANY = "\f".join(f"第 {number} 页的文字" for number in range(1, 8))


class CrowdedDisk(Disk):
    """Has no room while it is full."""

    is_full = False

    def append(self, descriptor: int, data: bytes) -> None:
        if self.is_full:
            raise StorageFull
        super().append(descriptor, data)


class Desk:
    """Hands papers in and has them read; its clock goes on whenever a paper has to wait for another attempt."""

    def __init__(self, archive: Archive, clock, **reader: int) -> None:
        self.archive, self.clock = archive, clock
        self.reader = PlainReader(**reader)
        self.reports: list[Progress] = []

    def room(self, **changes: object) -> ReadingRoom:
        room = ReadingRoom(
            archive=self.archive, pool=self.reader, describer=Describer(self.archive), report=self.reports.append
        )
        return replace(room, **changes)

    def hand_in(self, text: str, **claim: object) -> Item:
        upload = Upload(original_filename="扫描.png", uploaded_bytes=text.encode(), claim=Claim(**claim))
        return receive(OPERATOR, upload, archive=self.archive, limits=LIMITS).item

    def read(self) -> None:
        """Read until nothing waits; a clock beside lets postponed papers become due."""
        done = threading.Event()
        ticking = threading.Thread(target=self._tick, args=(done,))
        ticking.start()
        try:
            work_until_idle(self.room())
        finally:
            done.set()
            ticking.join()

    def _tick(self, done: threading.Event) -> None:
        while not done.wait(0.05):
            self.clock.advance(RETRY_AFTER)

    def now(self, item: Item) -> Item:
        with self.archive.looking() as view:
            return view.items.get(item.key)

    def actions(self, item: Item) -> list[str]:
        with self.archive.looking() as view:
            return [entry.action for entry in view.journal.entries(subject=item.id)]

    def texts(self, item: Item) -> list[str]:
        with self.archive.looking() as view:
            return [page.text for page in view.contents.pages(item.key)]

    def waiting(self) -> int:
        with self.archive.looking() as view:
            return view.tasks.waiting_count()


@pytest.fixture
def desk(archive, clock):
    return Desk(archive, clock)


def found(archive, query):
    return [hit.item_id for hit in search(OPERATOR, SearchRequest(query=query), archive=archive).hits]


def lying_in_the_tray(archive) -> Tray:
    return tray(OPERATOR, archive=archive)


def test_a_paper_is_read_described_searchable_and_journaled(desk):
    item = desk.hand_in("采购合同\n编号 HT-2023-00871\f第二页")
    desk.read()
    read = desk.now(item)
    assert (read.state, read.pages_total, read.pages_read, read.media_type) == (ItemState.REVIEW, 2, 2, "image/png")
    assert desk.texts(item) == ["采购合同\n编号 HT-2023-00871", "第二页"]
    assert desk.actions(item) == ["item_received", "item_read"]
    assert found(desk.archive, "采购合同") == [item.id]
    assert desk.waiting() == 0


def test_what_was_made_of_a_page_is_sealed_and_opens_again(desk):
    item = desk.now(desk.hand_in("采购合同"))
    desk.read()
    with desk.archive.looking() as view:
        sealed = {role: view.contents.rendition(item.key, role, 1) for role in RenditionRole if role != "original"}
    layout = decode_layout(desk.archive.unseal(item, sealed[RenditionRole.LAYOUT]))
    assert layout.text == "采购合同"
    assert desk.archive.unseal(item, sealed[RenditionRole.PAGE_IMAGE]).startswith(b"\xff\xd8")
    assert desk.archive.unseal(item, sealed[RenditionRole.THUMBNAIL]).startswith(b"\xff\xd8")
    assert {rendition.recipe for rendition in sealed.values()} == {"plain"}


def test_pages_are_in_order_however_many_are_read_at_once(archive, clock):
    desk = Desk(archive, clock, processes=4)
    desk.reader.may_go_on.clear()
    item = desk.hand_in(MANY)
    threading.Timer(0.3, desk.reader.may_go_on.set).start()
    desk.read()
    assert desk.texts(item) == MANY.split("\f")
    assert desk.reader.forgotten[MANY.encode()] == 1
    assert desk.reader.most_at_once == 4


def test_several_papers_are_read_at_once(archive, clock):
    desk = Desk(archive, clock, processes=3)
    desk.reader.may_go_on.clear()
    items = [desk.hand_in(f"第 {number} 件") for number in range(3)]
    threading.Timer(0.5, desk.reader.may_go_on.set).start()
    desk.read()
    assert desk.reader.most_at_once == 3
    assert [desk.now(item).state for item in items] == [ItemState.REVIEW] * 3


def test_a_blank_side_is_kept_and_flagged_and_says_nothing(desk):
    item = desk.hand_in("正文\f!blank")
    desk.read()
    with desk.archive.looking() as view:
        pages = view.contents.pages(item.key)
    assert [(page.blank, page.text, page.source) for page in pages] == [
        (False, "正文", TextSource.OCR),
        (True, "", TextSource.NONE),
    ]


def test_a_paper_of_blank_sides_only_still_reaches_a_person(desk):
    item = desk.hand_in("!blank\f!blank")
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW


def test_a_child_that_dies_once_costs_nothing_but_time(desk):
    item = desk.hand_in("第一页\f!die once 第二页\f第三页")
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW
    assert len(desk.texts(item)) == 3


def test_a_second_attempt_reads_only_the_pages_that_are_missing(archive, clock):
    desk = Desk(archive, clock, processes=1)
    item = desk.hand_in("第一页\f第二页\f!die once\f第四页")
    desk.read()
    assert dict(desk.reader.pages_asked) == {1: 1, 2: 1, 3: 2, 4: 1}
    assert desk.now(item).state is ItemState.REVIEW


def test_a_paper_that_kills_every_child_fails_by_name_and_keeps_what_was_read(archive, clock):
    desk = Desk(archive, clock, processes=1)
    item = desk.hand_in("第一页\f!die")
    desk.read()
    failed = desk.now(item)
    assert failed.state is ItemState.FAILED
    assert failed.problem.code == "reader_died"
    assert failed.problem.message.zh and failed.problem.message.en
    assert desk.reader.pages_asked[2] == MAX_ATTEMPTS
    assert desk.reader.pages_asked[1] == 1
    assert desk.actions(item) == ["item_received", "item_failed"]
    assert lying_in_the_tray(archive).troubled[0].id == item.id
    assert desk.waiting() == 0


def test_a_failed_paper_can_be_read_again(desk):
    item = desk.hand_in("!die once\f!die")
    desk.read()
    assert desk.now(item).state is ItemState.FAILED
    retry(OPERATOR, item.id, archive=desk.archive)
    assert desk.now(item).problem is None
    desk.read()
    assert desk.now(item).state is ItemState.FAILED
    assert desk.actions(item) == ["item_received", "item_failed", "reading_retried", "item_failed"]


def test_a_paper_waits_as_long_as_the_disk_is_full(archive, clock):
    disk = CrowdedDisk()
    storage = LocalStorage(archive.home / "vault", disk=disk)
    desk = Desk(replace(archive, vault=Vault(archive.keyring, storage)), clock)
    item = desk.hand_in("第一页")
    disk.is_full = True
    for _ in range(MAX_ATTEMPTS + 1):
        with archive.begin() as work:
            task = work.tasks.take(TaskKind.READ_ITEM, at=clock.now())
        assert task is not None
        assert task.attempts == 1
        read_item(task, desk.room())
        clock.advance(DISK_RETRY_AFTER)
    disk.is_full = False
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW


def test_a_refused_paper_is_not_tried_again_and_says_why(desk):
    item = desk.hand_in("!refuse")
    desk.read()
    refused = desk.now(item)
    assert (refused.state, refused.problem.code) == (ItemState.REFUSED, "damaged_document")
    assert refused.problem.message.zh and refused.problem.message.en
    assert desk.actions(item) == ["item_received", "item_refused"]
    assert found(desk.archive, "refuse") == []


def test_what_nobody_foresaw_ends_in_a_named_state_and_the_others_go_on(desk):
    broken = desk.hand_in("!fault")
    sound = [desk.hand_in(f"完好的第 {number} 件") for number in range(3)]
    desk.read()
    assert (desk.now(broken).state, desk.now(broken).problem.code) == (ItemState.FAILED, "reading_fault")
    assert "RuntimeError" in desk.now(broken).problem.message.zh
    assert [desk.now(item).state for item in sound] == [ItemState.REVIEW] * 3


def test_a_paper_that_fails_lets_those_behind_it_pass(archive, clock):
    desk = Desk(archive, clock, processes=1)
    broken, sound = desk.hand_in("!die"), desk.hand_in("完好")
    desk.read()
    assert desk.now(broken).state is ItemState.FAILED
    assert desk.now(sound).state is ItemState.REVIEW


def test_an_original_that_was_damaged_in_the_vault_is_not_read_as_if_it_were_whole(desk):
    item = desk.hand_in("采购合同")
    (sealed,) = [path for path in (desk.archive.home / "vault").rglob("*") if path.is_file()]
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.chmod(0o600)
    sealed.write_bytes(content)
    desk.read()
    assert (desk.now(item).state, desk.now(item).problem.code) == (ItemState.FAILED, "object_damaged")


def test_text_index_and_task_are_settled_together_or_not_at_all(desk, archive):
    def break_down(work, item_key):
        raise RuntimeError("the index is broken")

    item = desk.hand_in("采购合同")
    with archive.begin() as work:
        task = work.tasks.take(TaskKind.READ_ITEM, at=archive.now())
    read_item(task, desk.room(archive=replace(archive, index_item=break_down)))
    with archive.looking() as view:
        assert view.contents.proposals(item.key) == {}
    assert desk.now(item).state is ItemState.READING
    assert desk.waiting() == 1
    assert found(archive, "采购合同") == []
    assert "item_read" not in desk.actions(item)
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW
    assert desk.reader.pages_asked[1] == 1
    assert found(archive, "采购合同") == [item.id]


def test_whoever_watches_cannot_fail_a_paper(desk):
    def look_away(progress):
        raise BrokenPipeError

    item = desk.hand_in("采购合同")
    work_until_idle(desk.room(report=look_away))
    assert desk.now(item).state is ItemState.REVIEW
    assert desk.actions(item) == ["item_received", "item_read"]


def test_progress_is_told_after_every_page_and_at_the_end(archive, clock):
    desk = Desk(archive, clock, processes=1)
    desk.hand_in("一\f二\f三")
    desk.read()
    told = [(report.state, report.pages_read, report.pages_total) for report in desk.reports]
    reading = ItemState.READING
    assert told == [(reading, 0, 3), (reading, 1, 3), (reading, 2, 3), (reading, 3, 3), (ItemState.REVIEW, 3, 3)]


def test_work_of_a_dead_process_is_taken_up_where_it_ended(archive, clock):
    desk = Desk(archive, clock, processes=1)
    item = desk.hand_in("第一页\f!die once\f第三页")
    with archive.begin() as work:
        task = work.tasks.take(TaskKind.READ_ITEM, at=archive.now())
    read_item(task, desk.room())
    with archive.begin() as work:
        work.tasks.take(TaskKind.READ_ITEM, at=archive.now() + timedelta(minutes=1))
    assert reclaim_orphans(archive) == 1
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW
    assert desk.reader.pages_asked == {1: 1, 2: 2, 3: 1}


def start_until_stopped(desk):
    stop = threading.Event()
    thread = threading.Thread(target=work_until_stopped, args=(desk.room(), stop))
    thread.start()
    return stop, thread


def wait_for(condition, limit_s=10.0):
    waiting = threading.Event()
    for _ in range(int(limit_s / 0.02)):
        if condition():
            return
        waiting.wait(0.02)
    raise AssertionError("it did not happen in time")


def test_readers_wait_for_papers_until_they_are_stopped(desk):
    stop, thread = start_until_stopped(desk)
    try:
        item = desk.hand_in("来得晚的一件")
        wait_for(lambda: desk.now(item).state is ItemState.REVIEW)
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()


def test_told_to_stop_readers_end_the_page_and_not_the_paper(archive, clock):
    desk = Desk(archive, clock, processes=1)
    item = desk.hand_in(MANY)
    desk.reader.may_go_on.clear()
    stop, thread = start_until_stopped(desk)
    wait_for(lambda: desk.reader.pages_asked[1])
    stop.set()
    desk.reader.may_go_on.set()
    thread.join(5)
    assert not thread.is_alive()
    assert len(desk.texts(item)) == 1
    assert (desk.now(item).state, desk.waiting()) == (ItemState.READING, 1)
    with archive.begin() as work:
        assert work.tasks.take(TaskKind.READ_ITEM, at=archive.now()).attempts == 1
    reclaim_orphans(archive)
    desk.read()
    assert desk.texts(item) == MANY.split("\f")
    assert set(desk.reader.pages_asked.values()) == {1}


def test_an_amount_that_no_money_can_be_does_not_stop_a_paper(desk):
    item = desk.hand_in("采购合同\n合同总金额：￥" + "9" * 30 + ".00元")
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW
    assert desk.now(item).classification.amount is None


def test_a_paper_with_nothing_but_odd_characters_is_read(desk):
    item = desk.hand_in("\x00\x01\u202e\ufeff\U0001f600𠮷%_'\"\\")
    desk.read()
    assert desk.now(item).state is ItemState.REVIEW
