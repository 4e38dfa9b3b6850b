"""A form of every kind, filled the way a company would: ordinary names, very long ones, rare characters, codes."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

from pypdf import PdfReader

from dms.printing import (
    AccessionLine,
    AccessionRegister,
    BoxLabel,
    BoxLabels,
    CardContact,
    CardHolding,
    CarriedLine,
    CarryForwardList,
    CatalogueLine,
    ContentsLine,
    ContentsList,
    ContractLedger,
    CustomerCard,
    CustomerCards,
    CustomerLine,
    CustomerList,
    FilingNote,
    Form,
    HandedLine,
    ItemLine,
    ItemList,
    LedgerLine,
    Letterhead,
    LineKind,
    MissingLine,
    MissingPapersList,
    NoteLine,
    Signed,
    SpineLabel,
    SpineLabels,
    TransferList,
    VolumeCatalogue,
    VolumeCover,
    VolumeCovers,
    form_pdf,
)

NAME = "铜陵衡岳起重机械有限公司"
LONG_NAME = "深圳前海鑫𬭎龘国际供应链管理与跨境电子商务（集团）股份有限公司（原深圳市鑫宏进出口贸易有限责任公司）"
CODE = "Q001-KH·C0123·3·2025-002"
TITLE = f"{NAME} 2025年 合同协议（起重机购销合同、安装调试补充协议等）"
LETTERHEAD = Letterhead(
    company="安徽皖江重工机械有限公司",
    fonds_code="Q001",
    person="李档案",
    made_at=datetime(2026, 1, 20, 2, 0, tzinfo=UTC),
    department="综合管理部档案室",
)
COVER = VolumeCover(
    reference_code=CODE,
    title=TITLE,
    series="3 合同协议",
    year=2025,
    customer=NAME,
    customer_now="铜陵衡岳智能装备股份有限公司",
    company_formerly="皖江机械厂",
    first_on=date(2025, 1, 6),
    last_on=date(2025, 12, 28),
    retention="30年（D30）",
    grade="二级",
    items=37,
    pages=182,
    sheets=121,
    filing_no="HT-2025-00871",
    continues="Q001-KH·C0123·3·2025-001",
    reissue=1,
)
COVERS = VolumeCovers(
    letterhead=LETTERHEAD,
    covers=(
        COVER,
        VolumeCover(reference_code="", title=f"{LONG_NAME} 2025年 授权资信", series="2", year=2025, customer=LONG_NAME),
    ),
)


def spine(width_mm: int, customer: str) -> SpineLabel:
    """A label of this width."""
    return SpineLabel(
        width_mm=width_mm,
        reference_code=CODE,
        year=2025,
        retention_code="D30",
        series="3 合同协议",
        customer=customer,
        volume_number="002",
        title="起重机购销合同、安装调试补充协议等",
    )


SPINES = SpineLabels(
    letterhead=LETTERHEAD,
    labels=(
        *(spine(width, NAME) for width in (10, 15, 20, 30)),
        spine(40, LONG_NAME),
        spine(50, "SIEMENS Energy Global GmbH & Co. KG"),
        spine(10, LONG_NAME),
        spine(20, "ABB（中国）有限公司第3工厂12分部"),
    ),
)


def contents_line(number: int) -> ContentsLine:
    """A paper of four pages."""
    return ContentsLine(
        number=number,
        doc_no=f"HT-2025-{number:05}",
        author=f"{LETTERHEAD.company}、{NAME}",
        title="起重机购销合同" if number % 3 else "关于《起重机购销合同》付款方式及交货期限变更的补充协议",
        doc_on=date(2025, 3, 4) if number != 5 else None,
        date_note="" if number != 5 else "[日期不详]",
        first_page=number * 4 - 3,
        last_page=number * 4,
        pages=4,
        sheets=2,
        copy_kind=("正本", "副本", "复印件", "电子件")[number % 4],
        kind=LineKind.MOVED_OUT if number == 7 else LineKind.ITEM,
        remark="移至 Q001-KH·C0124·3·2025-001-004" if number == 7 else "",
    )


CONTENTS = ContentsList(
    letterhead=LETTERHEAD,
    reference_code=CODE,
    title=TITLE,
    year=2025,
    reissue=2,
    lines=(
        ContentsLine(number=None, title="技术参数图册", kind=LineKind.ANNEX, pages=12, sheets=12),
        ContentsLine(
            number=None, title="框架采购合同", kind=LineKind.SEE_ALSO, remark="见 Q001-KH·C0123·3·2024-001-002"
        ),
        *(contents_line(number) for number in range(1, 31)),
    ),
)
NOTE = FilingNote(
    letterhead=LETTERHEAD,
    reference_code=CODE,
    title=TITLE,
    items=37,
    pages=182,
    sheets=121,
    statement="本卷共37件，其中第12件为复印件，原件存财务部（凭证2025-08-0113）。第20件缺第3页。",
    see_also=("Q001-KH·C0123·3·2024-001",),
    compiled=Signed(role="立卷人", name="李档案", signed_on=date(2026, 1, 20)),
    checked=Signed(role="检查人"),
    lines=(
        NoteLine(
            written_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
            kind="补充",
            text="补充1件，见续卷 Q001-KH·C0123·3·2025-003-001。",
            by="李档案",
            second_person="王核对",
        ),
        NoteLine(
            written_at=datetime(2026, 4, 2, 9, 0, tzinfo=UTC), kind="移出", text="移至他卷。", by="李档案", item="007"
        ),
    ),
    seal="第1版　2026-01-21 10:12　Ed25519　3f9a0c…e1",
)
SERIES = ("1 基本资料", "2 授权资信", "3 合同协议", "4 履约凭证")


def catalogue_line(customer: int, series: int, volume: int, year: int = 2025) -> CatalogueLine:
    """A volume of twelve papers."""
    return CatalogueLine(
        reference_code=f"Q001-KH·C{customer:04}·{series}·{year}-{volume:03}",
        title=f"{NAME}第{customer}分公司 {year}年 {SERIES[series - 1][2:]}（起重机购销合同等）",
        customer=f"C{customer:04} {NAME}第{customer}分公司",
        series=SERIES[series - 1],
        year=year,
        first_on=date(year, 1, 6),
        last_on=date(year, 12, 28),
        items=12,
        pages=88,
        sheets=60,
        retention="30年",
        location="一库3架2层",
    )


CATALOGUE = VolumeCatalogue(
    letterhead=LETTERHEAD,
    lines=tuple(catalogue_line(customer, series, 1) for customer in (1, 2, 3) for series in (1, 2, 3, 4)),
    years="2025",
    subject="2025年封卷的案卷",
)
ITEMS = ItemList(
    letterhead=LETTERHEAD,
    lines=tuple(
        ItemLine(
            reference_code=f"Q001-HT·2025-D30-XS-{number:04}",
            doc_no=f"皖江销〔2025〕{number}号",
            author=NAME,
            title="起重机购销合同",
            doc_on=date(2025, 3, 4),
            grade="三级",
            pages=4,
        )
        for number in range(1, 40)
    ),
    years="2025",
    retention="30年",
    department="销售部",
)
BOXES = BoxLabels(
    letterhead=LETTERHEAD,
    labels=tuple(
        BoxLabel(
            box_number=f"H-2025-{number:03}",
            years="2025",
            retention="30年（D30）",
            first_code="Q001-KH·C0123·3·2025-001",
            last_code="Q001-KH·C0130·3·2025-002",
            volumes=9,
            items=140,
            customers=LONG_NAME if number == 2 else f"{NAME}等8家",
            series="3 合同协议",
            location="一号库房 · 3架 · 2层",
        )
        for number in range(1, 10)
    ),
)
TRANSFER = TransferList(
    letterhead=LETTERHEAD,
    number="YJ-2026-0007",
    year=2025,
    from_department="销售一部",
    handed_over_on=date(2026, 1, 8),
    due_on=date(2026, 1, 31),
    extension="延期至 2026-02-13：等待对方盖章",
    lines=(
        HandedLine(title="起重机购销合同", contract_no="HT-2025-00871", pages=4, sheets=2, ticked=True),
        HandedLine(
            title="验收记录", contract_no="HT-2025-00871", pages=3, sheets=3, ticked=False, difference="缺第3页"
        ),
        HandedLine(title="授权委托书", pages=1, sheets=1),
    ),
    digest="9f" * 32,
    signatures=(
        Signed(role="移交人（A角）", name="张三", signed_on=date(2026, 1, 8)),
        Signed(role="接收人（档案员）"),
    ),
)
ACCESSIONS = AccessionRegister(
    letterhead=LETTERHEAD,
    lines=(
        AccessionLine(
            number="JS-2026-0001",
            received_on=date(2026, 1, 9),
            batch="YJ-2026-0007",
            from_department="销售一部",
            from_person="张三、李四",
            received_by="李档案",
            year=2025,
            items=3,
            pages=8,
            sheets=6,
            differences=1,
            remark="缺第3页，已补",
        ),
    ),
    subject="2026年",
)
MISSING = MissingPapersList(
    letterhead=LETTERHEAD,
    lines=tuple(
        MissingLine(
            department=department,
            customer=f"C0123 {NAME}",
            contract_no="HT-2025-00871",
            contract_title="起重机购销合同",
            paper=paper,
            reason="有交货，未见验收记录",
            handler="张三",
            due_on=date(2026, 2, 1),
        )
        for department, paper in (("销售一部", "验收记录"), ("", "营业执照"), ("销售一部", "受托人身份证明"))
    ),
    subject="截至 2026-01-20",
)
CARD = CustomerCard(
    code="C0123",
    name=NAME,
    former_names=("铜陵起重机厂（至 2018-05-01）",),
    uscc="91340700MA2N12345X",
    sides="客户、供应商",
    status="老客户",
    nature="一般企业",
    volume_axis="主力",
    grade="重要",
    department="销售一部",
    legal_representative="赵衡岳",
    registered_capital="人民币 5,000 万元",
    scale="中型",
    industry="通用设备制造",
    scope="起重机械及配件的设计、制造、安装、改造、维修；钢结构工程施工；货物进出口。",
    address="安徽省铜陵市经济技术开发区翠湖六路 88 号",
    postcode="244000",
    phone="0562-2881234",
    contacts=(CardContact(name="钱工", role="技术经理", phone="13800000000"),),
    custodian="李档案",
    second_contact="王核对",
    risk_reason="2025-11 起逾期付款 37 万元，法务部已发函。",
    contracts=12,
    contracts_running=3,
    holdings=(
        CardHolding(year=2024, series="3 合同协议", volumes="Q001-KH·C0123·3·2024-001", items=9, pages=40),
        CardHolding(year=2025, series="3 合同协议", volumes=CODE, items=11, pages=52),
    ),
)
CARDS = CustomerCards(letterhead=LETTERHEAD, cards=(CARD, CustomerCard(code="C0124", name=LONG_NAME)))
CUSTOMERS = CustomerList(
    letterhead=LETTERHEAD,
    lines=(
        CustomerLine(code="C0123", name=NAME, uscc="91340700MA2N12345X", contracts=12, volumes=5, items=120),
        CustomerLine(code="C0124", name=LONG_NAME, former_names="鑫宏贸易（至2019）", contracts=1, volumes=1, items=4),
    ),
)
CARRIED = CarryForwardList(
    letterhead=LETTERHEAD,
    year=2025,
    cut_off_on=date(2025, 12, 31),
    lines=(
        CarriedLine(
            customer=f"C0123 {NAME}",
            contract_no="HT-2025-00871",
            contract_title="起重机购销合同",
            department="销售一部",
            handler="张三",
            signed_on=date(2025, 3, 4),
            ends_on=date(2026, 9, 1),
            state="履行中",
            items=4,
            pages=33,
            reason="质保期至 2026-08-31",
        ),
    ),
)
LEDGER = ContractLedger(
    letterhead=LETTERHEAD,
    lines=(
        LedgerLine(
            number="HT-2025-00871",
            title="关于购置QD型吊钩桥式起重机及安装调试服务的合同",
            customer=NAME,
            department="销售一部",
            handler="张三",
            amount=Decimal("1372280.50"),
            signed_on=date(2025, 3, 4),
            effective_on=date(2025, 3, 5),
            ends_on=date(2026, 9, 1),
            performed_on=date(2025, 9, 1),
            warranty_ends_on=date(2026, 9, 2),
            state="履行完毕",
            items=4,
            missing=2,
        ),
        LedgerLine(number="HT-2025-00872", title="维保合同", customer=LONG_NAME, amount=Decimal(800), items=1),
    ),
)
FORMS: dict[str, Form] = {
    "volume-cover": COVERS,
    "spine-labels": SPINES,
    "contents-list": CONTENTS,
    "filing-note": NOTE,
    "volume-catalogue": CATALOGUE,
    "item-list": ITEMS,
    "box-labels": BOXES,
    "transfer-list": TRANSFER,
    "accession-register": ACCESSIONS,
    "missing-papers": MISSING,
    "customer-card": CARDS,
    "customer-list": CUSTOMERS,
    "carry-forward": CARRIED,
    "contract-ledger": LEDGER,
}
LISTS = {
    name: form
    for name, form in FORMS.items()
    if not isinstance(form, VolumeCovers | SpineLabels | BoxLabels | CustomerCards)
}


def page_texts(form: Form) -> list[str]:
    """What stands on each page, without white space and places to break."""
    pages = PdfReader(io.BytesIO(form_pdf(form))).pages
    return ["".join(page.extract_text().split()).replace("\u200b", "") for page in pages]
