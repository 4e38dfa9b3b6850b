"""Papers laid by the thousand lie in the catalogue as if they had been read one by one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from simulators.laid_papers import ARRIVED_AT, open_store

from dms.domain.actor import OPERATOR
from dms.domain.item import Arrival, Classification, ItemState
from dms.store import ItemFilter, LaidPaper

CLASSIFICATION = Classification(year=2024, title="采购合同", doc_on=date(2024, 3, 1), amount=Decimal("438000.00"))
ARRIVAL = Arrival(
    id="first",
    original_filename="1.pdf",
    size_bytes=1,
    digest="00",
    wrapped_key=b"",
    received_at=ARRIVED_AT,
    received_by="clerk",
    claim=CLASSIFICATION,
)
PAPER = LaidPaper(
    arrival=ARRIVAL,
    classification=CLASSIFICATION,
    state=ItemState.REVIEW,
    media_type="application/pdf",
    texts=("第一页", "第二页"),
)


def test_laid_papers_follow_what_lies_there_with_all_their_pages(tmp_path: Path):
    store = open_store(tmp_path)
    with store.begin() as work:
        assert work.laying.lay([PAPER]) == 2
        assert work.laying.lay([replace(PAPER, arrival=replace(ARRIVAL, id="second"), texts=("独页",))]) == 1
        assert work.laying.lay([]) == 0
    with store.looking() as view:
        first, second = sorted(view.items.list(ItemFilter(), actor=OPERATOR, limit=9), key=lambda item: item.key)
        assert [(item.id, item.pages_total, item.pages_read) for item in (first, second)] == [
            ("first", 2, 2),
            ("second", 1, 1),
        ]
        assert first.classification == CLASSIFICATION and first.state is ItemState.REVIEW
        assert [page.text for page in view.contents.pages(first.key)] == ["第一页", "第二页"]
    store.close()


def test_the_bytes_in_use_grow_with_what_is_laid(tmp_path: Path):
    store = open_store(tmp_path)
    with store.looking() as view:
        before = view.laying.bytes_in_use()
    with store.begin() as work:
        work.laying.lay([replace(PAPER, texts=tuple("合同" * 5000 for _ in range(20)))])
    with store.looking() as view:
        assert view.laying.bytes_in_use() - before > 500_000
    store.close()
