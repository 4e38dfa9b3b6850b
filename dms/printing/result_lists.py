"""The result of a search as a numbered list on paper, marked on every page with what was asked, by whom and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from dms.errors import Bilingual
from dms.printing.typesetting import typeset
from dms.printing.wrapping import clipped

GRADE_NAMES: Final = {1: "一级", 2: "二级", 3: "三级"}
MARK_COLUMNS: Final = 190
"""How much of one line a page can bear at its top; a Han character takes two columns."""
MOST_TAGGED: Final = 500
"""Rows of a list that bears its structure for screen readers; it makes a list of thousands fifteen times as large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedResult:
    """One item of the result; empty text and None are facts that nobody has stated."""

    item_id: str
    reference_code: str
    """档号; empty until it is catalogued, and the id stands in its place."""
    volume: str
    """Where it is filed: customer, series and year; empty until it is."""
    title: str
    customer: str
    contract_no: str
    year: int | None
    type_name: str
    doc_on: date | None
    amount: Decimal | None
    """In yuan, of the catalogue."""
    pages: int | None
    pages_with_hits: tuple[int, ...]
    grade: int
    tolerated: bool
    """Whether it fits only because something misread was borne with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultList:
    """A whole result in its order, with everything that a list of it has to bear."""

    company: str
    """Empty where nobody has named it."""
    fonds_code: str
    query: str
    """As it was typed; empty where only filters were set."""
    meaning: Bilingual
    """The query in words."""
    filters: tuple[Bilingual, ...]
    order: Bilingual
    notes: tuple[Bilingual, ...]
    """What whoever reads the list has to know of how it came about."""
    person: str
    made_at: datetime
    results: tuple[ListedResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the list."""

    name: Bilingual
    width_mm: int | None
    """On paper; None takes what the others leave."""


COLUMNS: Final = (
    Column(name=Bilingual("序号", "No."), width_mm=10),
    Column(name=Bilingual("档号或编号", "Reference"), width_mm=30),
    Column(name=Bilingual("案卷", "Volume"), width_mm=22),
    Column(name=Bilingual("题名", "Title"), width_mm=None),
    Column(name=Bilingual("客户", "Customer"), width_mm=34),
    Column(name=Bilingual("合同编号", "Contract"), width_mm=27),
    Column(name=Bilingual("年度", "Year"), width_mm=11),
    Column(name=Bilingual("类型", "Type"), width_mm=16),
    Column(name=Bilingual("日期", "Date"), width_mm=18),
    Column(name=Bilingual("金额（元）", "Amount"), width_mm=24),
    Column(name=Bilingual("页数", "Pages"), width_mm=11),
    Column(name=Bilingual("命中页", "Found on"), width_mm=17),
    Column(name=Bilingual("密级", "Grade"), width_mm=12),
)

Cell = str | int | date | Decimal | None


def result_list_pdf(listed: ResultList) -> bytes:
    """The list as PDF/A-2b; the same list gives the same bytes. Raises `FontMissing`, `FormNotPrinted`."""
    content = {
        "title": "检索结果清单",
        "company": listed.company,
        "fonds": listed.fonds_code,
        "facts": [{"label": _pair(label), "value": _pair(value)} for label, value in list_facts(listed)],
        "mark": {"asked": clipped(asked(listed), MARK_COLUMNS), "told": told(listed)},
        "columns": [{"name": _pair(column.name), "width": column.width_mm} for column in COLUMNS],
        "rows": [[_written(cell) for cell in row] for row in list_rows(listed)],
    }
    tagged = len(listed.results) <= MOST_TAGGED
    return typeset("result-list", content, made_at=listed.made_at, tagged=tagged)


def list_facts(listed: ResultList) -> Iterator[tuple[Bilingual, Bilingual]]:
    """What stands above the list: name and value, in order, without what does not apply."""
    yield Bilingual("检索式", "Query"), Bilingual(listed.query or "（未输入，仅按条件筛选）", "")
    if listed.meaning.zh:
        yield Bilingual("含义", "Meaning"), listed.meaning
    if listed.filters:
        yield Bilingual("筛选条件", "Filters"), _joined(listed.filters)
    yield Bilingual("排序", "Order"), listed.order
    yield Bilingual("命中总数", "Found"), Bilingual(f"{len(listed.results)} 件", f"{len(listed.results)} papers")
    yield Bilingual("检索人", "By"), Bilingual(listed.person, "")
    yield Bilingual("检索时间", "At"), Bilingual(local_moment(listed.made_at), "")
    if listed.notes:
        yield Bilingual("说明", "Notes"), _joined(listed.notes)


def list_rows(listed: ResultList) -> Iterator[tuple[Cell, ...]]:
    """The cells of every row in the order of `COLUMNS`."""
    for number, each in enumerate(listed.results, start=1):
        yield (
            number,
            each.reference_code or each.item_id,
            each.volume,
            each.title,
            each.customer,
            each.contract_no,
            each.year,
            each.type_name,
            each.doc_on,
            each.amount,
            each.pages,
            page_runs(each.pages_with_hits) + ("（容错）" if each.tolerated else ""),
            GRADE_NAMES.get(each.grade, str(each.grade)),
        )


def asked(listed: ResultList) -> str:
    """What was asked, on one line."""
    return "；".join(
        text for text in (listed.meaning.zh or listed.query, *(each.zh for each in listed.filters)) if text
    )


def told(listed: ResultList) -> str:
    """Who asked when, and how much was found, on one line."""
    return f"检索人 {listed.person}　{local_moment(listed.made_at)}　共 {len(listed.results)} 件"


def local_moment(moment: datetime) -> str:
    """``2026-03-02 17:00:00 +0800`` in the time zone of the machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %z}"


def page_runs(numbers: Iterable[int]) -> str:
    """``1, 3–5`` for the pages 1, 3, 4 and 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _joined(texts: Iterable[Bilingual]) -> Bilingual:
    told = list(texts)
    return Bilingual("；".join(text.zh for text in told), "; ".join(text.en for text in told if text.en))


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:,.2f}"
        case _:
            return str(cell)


def _pair(text: Bilingual) -> dict[str, Any]:
    return {"zh": text.zh, "en": "" if text.en == text.zh else text.en}
