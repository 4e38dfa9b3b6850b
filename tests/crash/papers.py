"""What the steps do with papers, and what they promise of them."""

from datetime import date, timedelta
from itertools import count
from typing import ClassVar, cast

from simulators.archives import ObedientClock
from simulators.readers import PlainReader

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.item import READABLE_STATES, CopyKind, Item, ItemState, RenditionRole
from dms.domain.task import TaskKind
from dms.errors import Bilingual, DmsError, Kind
from dms.filing import Confirmation
from dms.ingest import Claim, Describer, ReadingRoom, ReceivingLimits, Upload, receive, reclaim_orphans
from dms.ingest.working import read_item
from dms.search import SearchRequest, search
from dms.store import ItemFilter

LIMITS = ReceivingLimits(max_upload_bytes=2**20, min_free_disk_bytes=0)
FIRST = "设备采购合同\n东仓库 合同编号 ZX-0001"
TWO_PAGES = "钢材采购合同\n北港站 合同编号 ZX-0002\f第二页\n验收合格"
SECOND = "送货单\n河西码头 收货人签字"
PATIENCE = timedelta(minutes=2)
MOST_ROUNDS = 8
_READ_ONCE = READABLE_STATES | {ItemState.WITHDRAWN, ItemState.DESTROYED}


class NotReadYet(DmsError):
    """Papers still wait to be read, because the disk does not take what is read."""

    code: ClassVar[str] = "not_read_yet"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(Bilingual("尚未识别完。", "Not read yet."), Bilingual("请稍后再试。", "Try again later."))


def hand_in(archive: Archive, name: str, text: str) -> str:
    """The id of the paper; of the earlier one where it was received before."""
    upload = Upload(original_filename=name, uploaded_bytes=text.encode(), claim=Claim())
    item = receive(OPERATOR, upload, archive=archive, limits=LIMITS).item
    assert item is not None
    return item.id


def read_everything(archive: Archive) -> str:
    """The ids of all papers, which have been read then.

    One page at a time, so that every run asks for the same operations in the same order.
    """
    reclaim_orphans(archive)
    room = ReadingRoom(archive=archive, pool=PlainReader(processes=1), describer=Describer(archive))
    clock = cast(ObedientClock, archive.clock)
    for _ in range(MOST_ROUNDS):
        with archive.begin() as work:
            waiting = work.tasks.waiting_count()
            task = work.tasks.take(TaskKind.READ_ITEM, at=archive.now())
        if not waiting:
            return _all_ids(archive)
        if task is None:
            clock.advance(PATIENCE)
        else:
            read_item(task, room)
    raise NotReadYet


def _all_ids(archive: Archive) -> str:
    with archive.looking() as view:
        return " ".join(item_id for _, item_id in view.items.ids(limit=1000))


def statement(customer_code: str, title: str, *, grade: int = 3) -> Confirmation:
    """What a person states about a paper."""
    return Confirmation(
        customer_code=customer_code,
        contract_no="ZX-0001",
        type_code="contract",
        series_code="",
        year=2024,
        title=title,
        doc_on=date(2024, 5, 18),
        amount=None,
        copy_kind=CopyKind.ORIGINAL,
        grade=grade,
    )


def named(archive: Archive, name: str) -> Item:
    """The only paper that came under this name."""
    with archive.looking() as view:
        items = view.items.list(ItemFilter(), actor=OPERATOR, limit=1000)
    (item,) = [item for item in items if item.original_filename == name]
    return item


def is_kept(archive: Archive, item_id: str, text: str) -> None:
    """The paper is there once, byte for byte, and is found if it has been read."""
    with archive.looking() as view:
        item = view.items.with_id(item_id, actor=OPERATOR)
        assert item is not None, f"the acknowledged paper {item_id} is gone"
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    assert named(archive, item.original_filename).id == item_id, "a second paper has its name"
    assert original is not None, f"the original of {item_id} is gone"
    assert archive.unseal(item, original) == text.encode(), f"the original of {item_id} has changed"
    if item.state in READABLE_STATES:
        is_found(archive, item_id, text)


def is_found(archive: Archive, item_id: str, text: str) -> None:
    """Every page of the paper is found by its last words."""
    for number, page in zip(count(1), text.split("\f")):
        phrase = page.split("\n")[-1].split()[0]
        hits = search(OPERATOR, SearchRequest(query=f'"{phrase}"'), archive=archive).hits
        assert [(hit.item_id, hit.page) for hit in hits] == [(item_id, number)], f"“{phrase}” is not found"


def is_titled(archive: Archive, item_id: str, title: str, *, customer_code: str, grade: int = 3) -> None:
    """The paper is filed under this title and customer, and found by the title."""
    with archive.looking() as view:
        item = view.items.with_id(item_id, actor=OPERATOR)
        assert item is not None, f"the filed paper {item_id} is gone"
        customer = view.customers.get(item.classification.customer_id or 0)
    filed = (item.state, item.title, customer.code, item.classification.grade)
    assert filed == (ItemState.FILED, title, customer_code, grade), f"it is filed as {filed}"
    hits = search(OPERATOR, SearchRequest(query=f'"{title}"'), archive=archive).hits
    assert [hit.item_id for hit in hits] == [item_id], f"“{title}” is not found"


def is_in_state(archive: Archive, item_id: str, state: ItemState) -> None:
    """The paper stands there."""
    with archive.looking() as view:
        item = view.items.with_id(item_id, actor=OPERATOR)
    assert item is not None, f"the paper {item_id} is gone"
    assert item.state is state, f"it is {item.state.value}, not {state.value}"


def are_read(archive: Archive, item_ids: list[str]) -> None:
    """Each of these papers came to the tray or beyond it."""
    for item_id in item_ids:
        with archive.looking() as view:
            item = view.items.with_id(item_id, actor=OPERATOR)
        assert item is not None, f"the paper {item_id}, which was read, is gone"
        assert item.state in _READ_ONCE, f"{item_id} is {item.state.value}"
