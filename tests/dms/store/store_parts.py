"""What the tests of the catalogue put into it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from dms.domain.actor import LOWEST_GRADE, Actor, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.item import Arrival, Classification, Item, Page, Rendition, RenditionRole
from dms.store import UnitOfWork

KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERY_GRADE = Actor(user_id=1, name="甲", roles=frozenset(Role), clearance=1, origin=Origin.WEB)
ORDINARY_GRADE = replace(EVERY_GRADE, user_id=2, name="乙", clearance=LOWEST_GRADE)
_numbers = count(1)


def state_frame(work: UnitOfWork) -> None:
    work.scheme.state_fonds(code="Q001", name="安徽皖江重工机械有限公司")
    for series in DEFAULT_SERIES:
        work.scheme.state_series(series)
    for kind in DEFAULT_DOCUMENT_TYPES:
        work.scheme.state_type(kind)


def add_customer(work: UnitOfWork, code: str = "C0001", name: str = "合肥远山商贸有限公司", **facts: object) -> int:
    return work.customers.add(CustomerFacts(code=code, name=name, **facts), at=NOW).id


def add_item(work: UnitOfWork, *, filename: str = "扫描.png", **claim: object) -> Item:
    number = next(_numbers)
    arrival = Arrival(
        id=f"{number:020x}",
        original_filename=filename,
        size_bytes=10,
        digest=f"{number:064x}",
        wrapped_key=b"wrapped",
        received_at=NOW,
        received_by="甲",
        claim=Classification(**claim),
    )
    return work.items.add(arrival)


def add_filed_item(
    work: UnitOfWork, *, customer_id: int, blank_pages: int = 0, pages: int = 1, **facts: object
) -> Item:
    """An item in the volume of its customer, the series and the year."""
    stated = {"series_code": "3", "year": 2024, "type_code": "contract", "title": "采购合同"} | facts
    item = add_item(work)
    for number in range(1, pages + blank_pages + 1):
        work.contents.add_page(item.key, page_of("合同", number, blank=number > pages))
    classification = Classification(customer_id=customer_id, **stated)
    volume_id = work.volumes.open_for(
        customer_id=customer_id, series_code=classification.series_code, year=classification.year
    )
    work.items.file(item.key, classification, volume_id=volume_id)
    return work.items.get(item.key)


def page_of(text: str, number: int = 1, *, blank: bool = False) -> Page:
    return Page(
        number=number,
        text="" if blank else text,
        width_px=1000,
        height_px=1400,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=blank,
        confidence=0.99,
        source="none" if blank else "ocr",
        engine="",
    )


def rendition_of(object_id: str, role: RenditionRole, page: int | None = None) -> Rendition:
    return Rendition(
        role=role,
        page=page,
        object_id=object_id,
        media_type="image/jpeg",
        size_bytes=10,
        digest="00",
        recipe="",
        created_at=NOW,
    )
