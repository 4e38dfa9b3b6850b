"""An archive that has been lived in: something of everything that a paper can come to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.contract import Contract, ContractFacts, Party
from dms.domain.customer import Customer, CustomerFacts, CustomerGrade, FormerName, Side
from dms.domain.document_type import DocumentType
from dms.domain.item import Classification, CopyKind, Item, ItemState, Problem
from dms.domain.volume import Volume
from dms.errors import Bilingual
from dms.filing import (
    Confirmation,
    confirm,
    correct_page,
    name_own_company,
    register_customer,
    reject,
    state_document_type,
)
from dms.ingest import Claim, Describer, ReadingRoom, ReceivingLimits, Upload, receive, work_until_idle
from dms.search import set_synonym_groups
from dms.store import ItemFilter, UnitOfWork, WholeItems
from simulators.destroyed import destroy_papers
from simulators.readers import PlainReader

LIMITS = ReceivingLimits(max_upload_bytes=64 * 1024 * 1024, min_free_disk_bytes=0)

CUSTOMERS = (
    CustomerFacts(
        code="C0001",
        name="铜陵衡岳起重机械有限公司",
        former_names=(FormerName("铜陵衡岳机械厂", date(2015, 6, 30)),),
        uscc="91340700MA2N0CWT5M",
        sides=frozenset({Side.SUPPLIER, Side.CUSTOMER}),
        grade=CustomerGrade.IMPORTANT,
        department="设备部",
    ),
    CustomerFacts(code="C0002", name="恒拓物流（马鞍山）有限公司"),
)

SYNONYMS = (("起重机", "行车", "天车"), ("货款", "价款"))

CONTRACT_TEXT = """产品购销合同
合同编号：HT-2023-00871
甲方：安徽皖江重工机械有限公司
乙方：铜陵衡岳起重机械有限公司
合同总价为人民币438,000.00元，验收合格后三十日内付清。
签订日期：2023年5月18日\f第二页 附件：技术规格书
起重量五十吨，跨度二十二米。\f!blank"""


def live_in(archive: Archive) -> dict[str, str]:
    """Fill the archive through its own doors; the ids of its papers by what became of them."""
    for facts in CUSTOMERS:
        register_customer(OPERATOR, facts, archive=archive)
    state_document_type(OPERATOR, DocumentType(code="sample", zh="样品单", en="Sample", series="3"), archive=archive)
    name_own_company(OPERATOR, "安徽皖江重工集团有限公司", archive=archive)
    set_synonym_groups(OPERATOR, SYNONYMS, archive=archive)
    papers = {
        "filed": hand_in(archive, CONTRACT_TEXT, "购销合同 HT-2023-00871.pdf", Claim(customer_code="C0001", year=2023)),
        "secret": hand_in(archive, "董事会纪要 绝密\n收购方案第三稿", "纪要.png", Claim(contract_no="KEEP-1")),
        "review": hand_in(archive, "=送货单\n编号：0023871\n收货人：李某某", "0023871.png", Claim(type_code="receipt")),
        "rejected": hand_in(archive, "误扫的空信封 " * 40, "信封.png"),
        "refused": hand_in(archive, "!refuse 坏文件", "坏.pdf"),
        "failed": hand_in(archive, "第一页可读\f第二页", "断.pdf"),
        "destroyed": hand_in(archive, "保管期满的旧合同", "旧合同.pdf"),
    }
    file_paper(archive, papers["filed"], grade=3)
    file_paper(archive, papers["secret"], grade=1)
    for text in ("第二页 附件：技术规格书\n起重量伍拾吨", "第二页 附件：技术协议书\n起重量五十吨", None):
        correct_page(OPERATOR, papers["filed"], 2, text, archive=archive)
    correct_page(OPERATOR, papers["filed"], 1, CONTRACT_TEXT.partition("\f")[0].replace("438", "483"), archive=archive)
    reject(OPERATOR, papers["rejected"], "误扫", archive=archive)
    _break_off(archive, papers["failed"])
    destroy(archive, papers["destroyed"])
    papers["again"] = hand_in(archive, "误扫的空信封 " * 40, "信封（再次）.png")
    papers["unread"] = hand_in(archive, "还没有识别的函件，催告付款", "函.png", read=False)
    _state_contract(archive)
    return papers


def hand_in(
    archive: Archive, text: str | bytes, original_filename: str, claim: Claim | None = None, *, read: bool = True
) -> str:
    """Hand a paper in; its id."""
    uploaded_bytes = text.encode() if isinstance(text, str) else text
    upload = Upload(original_filename=original_filename, uploaded_bytes=uploaded_bytes, claim=claim or Claim())
    item = receive(OPERATOR, upload, archive=archive, limits=LIMITS).item
    assert item is not None
    if read:
        read_waiting(archive)
    return item.id


def read_waiting(archive: Archive) -> None:
    """Read whatever waits."""
    work_until_idle(ReadingRoom(archive=archive, pool=PlainReader(), describer=Describer(archive)))


def file_paper(archive: Archive, item_id: str, *, grade: int) -> None:
    """Confirm a paper as a person would."""
    confirmation = Confirmation(
        customer_code="C0001",
        contract_no="HT-2023-00871",
        type_code="contract",
        series_code="",
        year=2023,
        title="起重机购销合同",
        doc_on=date(2023, 5, 18),
        amount=Decimal("438000.00"),
        copy_kind=CopyKind.ORIGINAL,
        grade=grade,
    )
    confirm(OPERATOR, item_id, confirmation, archive=archive)


def destroy(archive: Archive, item_id: str) -> None:
    """Destroy a paper under an approved list."""
    destroy_papers(archive, [item_id], "XH-2026-01")


def _break_off(archive: Archive, item_id: str) -> None:
    """As if the children had died on it twice; the pages that were read remain."""
    with archive.begin() as work:
        item = work.items.with_id(item_id, actor=OPERATOR)
        assert item is not None
        problem = Problem("reader_died", Bilingual("识别程序异常退出。", "The reader died."))
        work.items.break_off(item.key, ItemState.FAILED, problem)
        archive.index_item(work, item.key)


def _state_contract(archive: Archive) -> None:
    with archive.begin() as work:
        contract = work.contracts.all()[0]
        facts = ContractFacts(
            number=contract.number,
            title="起重机购销合同",
            customer_id=contract.facts.customer_id,
            parties=(Party("甲方", "安徽皖江重工机械有限公司"), Party("乙方", "铜陵衡岳起重机械有限公司")),
            signed_on=date(2023, 5, 18),
            ends_on=date(2024, 5, 17),
            amount=Decimal("438000.00"),
        )
        work.contracts.change(contract.id, facts)


def everything(archive: Archive) -> dict[str, object]:
    """All that an archive knows, in words that mean the same in any other; what is sealed, by digest and again."""
    with archive.looking() as view:
        customers = {each.id: each for each in view.customers.all()}
        contracts = {each.id: each for each in view.contracts.all()}
        volumes = {each.id: each for each in view.volumes.list(actor=OPERATOR)}
        papers = [_paper(view, view.items.get(key), contracts, customers, volumes) for key in _keys(view)]
        return {
            "own names": view.scheme.own_names(),
            "fonds": view.scheme.fonds_code(),
            "series": view.scheme.all_series(),
            "types": sorted(view.scheme.all_types(), key=lambda kind: kind.code),
            "synonyms": view.synonyms.stated(),
            "customers": [(each.facts, each.created_at) for each in customers.values()],
            "contracts": [
                (customers[each.facts.customer_id].code, replace(each.facts, customer_id=0))
                for each in contracts.values()
            ],
            "volumes": sorted(_volume(each, customers) for each in volumes.values()),
            "papers": papers,
        }


def sealed_contents(archive: Archive) -> dict[tuple[str, str, int | None], bytes]:
    """Everything in the vault, decrypted, by paper, role and page."""
    with archive.looking() as view:
        items = [view.items.get(key) for key in _keys(view)]
        renditions = [(item, each) for item in items for each in WholeItems(view.connection).renditions(item.key)]
    return {(item.id, each.role, each.page): archive.unseal(item, each) for item, each in renditions}


def _keys(view: UnitOfWork) -> tuple[int, ...]:
    return view.items.keys(ItemFilter())


def _volume(volume: Volume, customers: dict[int, Customer]) -> tuple[object, ...]:
    where = (customers[volume.customer_id].code, volume.series_code, volume.year)
    return (*where, volume.state, volume.item_count, volume.page_count)


def _paper(
    view: UnitOfWork,
    item: Item,
    contracts: dict[int, Contract],
    customers: dict[int, Customer],
    volumes: dict[int, Volume],
) -> dict[str, object]:
    def named(facts: Classification) -> tuple[object, ...]:
        customer = customers[facts.customer_id].code if facts.customer_id else None
        contract = contracts[facts.contract_id].number if facts.contract_id else None
        return replace(facts, customer_id=None, contract_id=None), customer, contract

    return {
        "facts": replace(
            item,
            key=0,
            digest="",
            wrapped_key=b"",
            volume_id=None,
            classification=Classification(),
            claim=Classification(),
        ),
        "stated": named(item.classification),
        "claimed": named(item.claim),
        "volume": _volume(volumes[item.volume_id], customers) if item.volume_id else None,
        "pages": view.contents.pages(item.key),
        "corrections": view.contents.correction_history(item.key),
        "proposals": view.contents.proposals(item.key),
        "renditions": [replace(each, object_id="") for each in WholeItems(view.connection).renditions(item.key)],
        "destroyed": view.destructions.of_item(item.id),
    }
