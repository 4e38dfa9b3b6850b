"""Papers that are destroyed while they are being read leave nothing behind and stop no other paper."""

from collections.abc import Callable

import pytest
from simulators.archives import sealed_objects
from simulators.destroyed import destroy_papers
from simulators.readers import PlainReader
from simulators.scanner import hand_in

from dms.domain.item import ItemState
from dms.ingest import Describer, ReadingRoom, work_until_idle
from dms.ingest.reading import Examination, PageResult

MANY = "\f".join(f"第 {number} 页的文字" for number in range(1, 8))
BEFORE_ALL_PAGES = 0


class InterruptedReader(PlainReader):
    """Before it reads a certain page of the long paper, or examines it, something happens."""

    def __init__(self, *, before_page: int, do: Callable[[], object]) -> None:
        super().__init__(processes=1)
        self._before_page = before_page
        self._do = do

    def examine(self, uploaded_bytes: bytes) -> Examination:
        self._interrupt(uploaded_bytes, BEFORE_ALL_PAGES)
        return super().examine(uploaded_bytes)

    def read_page(self, uploaded_bytes: bytes, number: int) -> PageResult:
        self._interrupt(uploaded_bytes, number)
        return super().read_page(uploaded_bytes, number)

    def _interrupt(self, uploaded_bytes: bytes, number: int) -> None:
        if uploaded_bytes == MANY.encode() and number == self._before_page:
            self._do()


@pytest.mark.parametrize("page", [BEFORE_ALL_PAGES, 1, 4, 7])
def test_nothing_of_it_is_kept_and_the_others_go_on(archive, page):
    item, other = hand_in(archive, MANY), hand_in(archive, "另一份")
    reader = InterruptedReader(before_page=page, do=lambda: destroy_papers(archive, [item.id], "2026-1"))
    work_until_idle(ReadingRoom(archive=archive, pool=reader, describer=Describer(archive)))
    with archive.looking() as view:
        states = [view.items.get(key).state for key in (item.key, other.key)]
        assert view.contents.pages(item.key) == []
        assert view.contents.proposals(item.key) == {}
        assert view.tasks.waiting_count() == 0
        known = view.contents.object_ids()
    assert states == [ItemState.DESTROYED, ItemState.REVIEW]
    assert {path.name for path in sealed_objects(archive)} == known
