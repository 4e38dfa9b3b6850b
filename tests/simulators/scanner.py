"""Hands papers in at an archive and has them read by a reader of plain text."""

from datetime import date
from decimal import Decimal

from dms.archive import Archive
from dms.domain.actor import OPERATOR, Actor
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind, Item
from dms.filing import Confirmation, confirm, register_customer
from dms.ingest import Claim, Describer, ReadingRoom, ReceivingLimits, Upload, receive, work_until_idle
from simulators.readers import PlainReader

LIMITS = ReceivingLimits(max_upload_bytes=1024 * 1024, min_free_disk_bytes=0)
COMPANY_NAME = "合肥远山商贸有限公司"


def hand_in(archive: Archive, text: str, *, original_filename: str = "扫描.png", **claim: str | int) -> Item:
    """The paper as it was received, not read yet."""
    upload = Upload(original_filename=original_filename, uploaded_bytes=text.encode(), claim=Claim(**claim))
    item = receive(OPERATOR, upload, archive=archive, limits=LIMITS).item
    assert item is not None
    return item


def read_everything(archive: Archive) -> None:
    """Read whatever waits."""
    work_until_idle(ReadingRoom(archive=archive, pool=PlainReader(), describer=Describer(archive)))


def scan(archive: Archive, text: str, **claim: str | int) -> Item:
    """The paper, read and lying in the tray."""
    item = hand_in(archive, text, **claim)
    read_everything(archive)
    with archive.looking() as view:
        return view.items.get(item.key)


def add_customer(archive: Archive, code: str = "C0001", name: str = COMPANY_NAME) -> str:
    """The code of a newly registered customer."""
    return register_customer(OPERATOR, CustomerFacts(code=code, name=name), archive=archive).code


def statement(**changes: object) -> Confirmation:
    """What a person states about a contract, complete unless changed."""
    stated = {
        "customer_code": "C0001",
        "contract_no": "HT-2024-001",
        "type_code": "contract",
        "series_code": "",
        "year": None,
        "title": "钢材采购合同",
        "doc_on": date(2024, 5, 18),
        "amount": Decimal("438000.00"),
        "copy_kind": CopyKind.ORIGINAL,
        "grade": 3,
    }
    return Confirmation(**(stated | changes))


def file_paper(archive: Archive, text: str, *, actor: Actor = OPERATOR, **changes: object) -> Item:
    """A paper that was read and confirmed."""
    return confirm(actor, scan(archive, text).id, statement(**changes), archive=archive)
