"""个人信息查询答复书: the answer to a person's request about his own data, with the papers in which he is named."""

from dataclasses import dataclass
from datetime import date

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.listing import Align, Column, Listing, day, listing_pdf, numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectPaper:
    """One paper in which the person is named."""

    code: str
    title: str
    customer: str
    year: int | None
    kind: str
    is_stored_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAnswer:
    """The answer, ready to be printed; the identity number is masked already."""

    letterhead: Letterhead
    number: int
    asked: str
    person: str
    identity_number: str
    received_on: date
    answered_on: date | None
    """None for a draft."""
    answer: str
    answered_by: str
    papers: tuple[SubjectPaper, ...]


_COLUMNS = (
    Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6),
    Column(name=Bilingual("档号", "Reference code"), width_mm=38, sheet_width=28),
    Column(name=Bilingual("题名", "Title"), sheet_width=48),
    Column(name=Bilingual("客户", "Customer"), width_mm=36, sheet_width=30),
    Column(name=Bilingual("年度", "Year"), width_mm=12, align=Align.CENTRE, sheet_width=8),
    Column(name=Bilingual("类型", "Type"), width_mm=22, sheet_width=16),
    Column(name=Bilingual("处理", "State"), width_mm=14, sheet_width=10),
)


def subject_answer_pdf(form: SubjectAnswer) -> bytes:
    """The answer as PDF/A-2b; raises what `listing_pdf` raises."""
    rows = numbered(
        (each.code, each.title, each.customer, each.year, each.kind, "仅存储" if each.is_stored_only else "保管")
        for each in form.papers
    )
    listing = Listing(
        title=Bilingual("个人信息请求答复书", "Answer to a request about personal data"),
        letterhead=form.letterhead,
        edition="" if form.answered_on else "草稿",
        facts=(
            (Bilingual("请求编号", "Request"), str(form.number)),
            (Bilingual("请求人", "Person"), form.person),
            (Bilingual("身份证号", "Identity number"), form.identity_number),
            (Bilingual("请求事项", "Asked"), form.asked),
            (Bilingual("收到日期", "Received on"), day(form.received_on)),
            (Bilingual("答复日期", "Answered on"), day(form.answered_on)),
        ),
        columns=_COLUMNS,
        rows=rows,
        notes=tuple(
            filter(
                None,
                (
                    *(f"答复：{line}" if place == 0 else line for place, line in enumerate(form.answer.split("\n"))),
                    "依据：《中华人民共和国个人信息保护法》第四十四条至第五十条。保管期限未满或者法律另有规定的资料，除存储外停止其他处理。",
                ),
            )
        ),
        signatures=(
            Signed(role="经办人", name=form.answered_by, signed_on=form.answered_on),
            Signed(role="个人信息保护负责人"),
        ),
        nothing=Bilingual("没有查到与请求人有关的资料。", "No paper names the person."),
    )
    return listing_pdf(listing)
