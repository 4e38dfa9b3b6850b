"""The lists of volumes: contents list, filing note, volume catalogue and item list, made ready to be printed."""

from collections.abc import Iterable, Iterator

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead
from dms.printing.listing import Align, Column, Fact, Listing, Row, RowKind, Showing, numbered, total
from dms.printing.volume_facts import (
    CatalogueLevel,
    CatalogueLine,
    ContentsLine,
    ContentsList,
    FilingNote,
    ItemList,
    LineKind,
    NoteLine,
    VolumeCatalogue,
)

_CODE, _YEAR = Bilingual("档号", "Reference code"), Bilingual("年度", "Year")
_TERM, _DATE = Bilingual("保管期限", "Kept for"), Bilingual("编制日期", "Made out on")
_COMPANY, _UNIT = Bilingual("全宗名称", "Fonds"), Bilingual("编制单位", "Made out by")
_SUBJECT = Bilingual("范围", "What")
_LEVEL_NAMES = {
    CatalogueLevel.CUSTOMER: Bilingual("客户", "Customer"),
    CatalogueLevel.SERIES: Bilingual("类目", "Series"),
    CatalogueLevel.YEAR: _YEAR,
}
_REMARK = Column(name=Bilingual("备注", "Remark"), width_mm=22, sheet_width=24)
_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)


def _count(zh: str, en: str, width_mm: float = 11) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, align=Align.RIGHT, sheet_width=8)


_CONTENTS_COLUMNS = (
    _NUMBER,
    Column(name=Bilingual("文件编号", "Number"), width_mm=24, sheet_width=24),
    Column(name=Bilingual("责任者", "Author"), width_mm=27, sheet_width=28),
    Column(name=Bilingual("题名", "Title"), sheet_width=48),
    Column(name=Bilingual("日期", "Date"), width_mm=19, align=Align.CENTRE),
    Column(name=Bilingual("页号", "Pages"), width_mm=15, align=Align.CENTRE),
    Column(name=Bilingual("页/张", "p./sh."), width_mm=12, align=Align.CENTRE, sheet_width=8),
    Column(name=Bilingual("稿本", "Copy"), width_mm=13, align=Align.CENTRE),
    Column(name=Bilingual("备注", "Remark"), width_mm=20, sheet_width=30),
)
_KIND_WORDS = {
    LineKind.ANNEX: "附件",
    LineKind.SEE_ALSO: "互见",
    LineKind.MOVED_OUT: "移出",
    LineKind.DESTROYED: "已销毁",
}
_STRUCK = frozenset({LineKind.MOVED_OUT, LineKind.DESTROYED})
_AFTER_NUMBERED = (
    (LineKind.ANNEX, "附件（不编号）　Annexes without a number"),
    (LineKind.SEE_ALSO, "互见　See also"),
)


def contents_listing(form: ContentsList) -> Listing:
    """卷内目录, portrait: numbered papers in shelf order, then annexes and cross references."""
    return Listing(
        title=Bilingual("卷内目录", "Contents of the volume"),
        letterhead=form.letterhead,
        edition=f"更正版 {form.reissue}" if form.reissue else "",
        facts=((_CODE, form.reference_code), (_YEAR, str(form.year)), (Bilingual("案卷题名", "Volume"), form.title)),
        columns=_CONTENTS_COLUMNS,
        rows=tuple(_contents_rows(form.lines)),
        notes=(_contents_sum(form.lines),),
    )


def _contents_rows(lines: Iterable[ContentsLine]) -> Iterator[Row]:
    apart = dict.fromkeys(kind for kind, _ in _AFTER_NUMBERED)
    every = tuple(lines)
    yield from (_contents_row(line) for line in every if line.kind not in apart)
    for kind, heading in _AFTER_NUMBERED:
        chosen = [line for line in every if line.kind is kind]
        if chosen:
            yield Row(kind=RowKind.GROUP, cells=(heading,))
            yield from map(_contents_row, chosen)


def _contents_row(line: ContentsLine) -> Row:
    cells = (
        line.number,
        line.doc_no,
        line.author,
        line.title,
        line.doc_on or line.date_note,
        page_range(line.first_page, line.last_page),
        _pages_and_sheets(line),
        line.copy_kind,
        "；".join(filter(None, (_KIND_WORDS.get(line.kind, ""), line.remark))),
    )
    return Row(cells=cells, kind=RowKind.STRUCK if line.kind in _STRUCK else RowKind.LINE)


def page_range(first: int | None, last: int | None) -> str:
    """``3–7``, ``3``, or nothing."""
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first}–{last}"


def _pages_and_sheets(line: ContentsLine) -> str:
    if line.pages is None and line.sheets is None:
        return ""
    return "/".join("—" if count is None else str(count) for count in (line.pages, line.sheets))


def _contents_sum(lines: Iterable[ContentsLine]) -> str:
    here = [line for line in lines if line.kind in (LineKind.ITEM, LineKind.ANNEX)]
    items = sum(line.kind is LineKind.ITEM for line in here)
    pages, sheets = sum(line.pages or 0 for line in here), sum(line.sheets or 0 for line in here)
    return f"本卷现存 {items} 件，共 {pages} 页、{sheets} 张。封面、目录、备考表及空白页不编页号。"


_NOTE_COLUMNS = (
    Column(name=Bilingual("时间", "When"), width_mm=30),
    Column(name=Bilingual("类别", "Kind"), width_mm=14),
    Column(name=Bilingual("件", "Item"), width_mm=18),
    Column(name=Bilingual("说明", "Note"), sheet_width=60),
    Column(name=Bilingual("经手人", "By"), width_mm=20),
    Column(name=Bilingual("第二人", "Second person"), width_mm=20),
)


def filing_note_listing(form: FilingNote) -> Listing:
    """卷内备考表 as a list of its lines, for the spreadsheet."""
    facts = (
        (_CODE, form.reference_code),
        (Bilingual("案卷题名", "Volume"), form.title),
        (Bilingual("件数", "Papers"), str(form.items)),
        (Bilingual("页数", "Pages"), str(form.pages)),
        (Bilingual("张数", "Sheets"), str(form.sheets)),
        (Bilingual("本卷情况说明", "Statement"), form.statement),
        (Bilingual("互见号", "See also"), "；".join(form.see_also)),
        (Bilingual("封卷", "Seal"), form.seal),
    )
    return Listing(
        title=Bilingual("卷内备考表", "Filing note"),
        letterhead=form.letterhead,
        facts=facts,
        columns=_NOTE_COLUMNS,
        rows=tuple(Row(cells=_note_cells(line)) for line in form.lines),
        signatures=(form.compiled, form.checked),
    )


def _note_cells(line: NoteLine) -> tuple[str, ...]:
    moment = f"{line.written_at.astimezone():%Y-%m-%d %H:%M}"
    return (moment, line.kind, line.item, line.text, line.by, line.second_person)


_CATALOGUE_COLUMNS = (
    _NUMBER,
    Column(name=Bilingual("客户", "Customer"), showing=Showing.SHEET, sheet_width=34),
    Column(name=Bilingual("类目", "Series"), showing=Showing.SHEET, sheet_width=16),
    Column(name=Bilingual("年度", "Year"), showing=Showing.SHEET, sheet_width=8),
    Column(name=_CODE, width_mm=47, sheet_width=30),
    Column(name=Bilingual("案卷题名", "Title"), sheet_width=52),
    Column(name=Bilingual("起止日期", "Dates"), width_mm=21, align=Align.CENTRE, sheet_width=24),
    _count("件数", "Papers"),
    _count("页数", "Pages"),
    _count("张数", "Sheets"),
    Column(name=_TERM, width_mm=20, align=Align.CENTRE),
    Column(name=Bilingual("存放位置", "Place"), width_mm=25, sheet_width=20),
    _REMARK,
)
_SUMS = (7, 8, 9)


def catalogue_listing(form: VolumeCatalogue) -> Listing:
    """案卷目录, landscape, with its cover sheet, groups, subtotals and total."""
    rows = _Catalogue(_telling_levels(form)).rows(form.lines)
    return Listing(
        title=Bilingual("案卷目录", "Volume catalogue"),
        letterhead=form.letterhead,
        facts=((_YEAR, form.years), (_TERM, form.retention), (_SUBJECT, form.subject), *_same_of_all(form)),
        cover=_cover(form.letterhead, "案卷目录", form.years, form.retention, form.subject),
        columns=_CATALOGUE_COLUMNS,
        rows=(*rows, _sum_row("合计", form.lines, RowKind.TOTAL, 0)),
        landscape=True,
    )


def _cover(letterhead: Letterhead, name: str, years: str, term: str, subject: str) -> tuple[Fact, ...]:
    return (
        (Bilingual("全宗号", "Fonds code"), letterhead.fonds_code),
        (_COMPANY, letterhead.company),
        (Bilingual("目录名称", "Catalogue"), "　".join(filter(None, (name, subject)))),
        (_YEAR, years),
        (_TERM, term),
        (_UNIT, letterhead.department or letterhead.person),
        (_DATE, f"{letterhead.made_at.astimezone():%Y-%m-%d}"),
    )


def _telling_levels(form: VolumeCatalogue) -> tuple[CatalogueLevel, ...]:
    """The levels without those that would put one and the same heading over everything."""
    return tuple(level for level in form.grouped_by if len({_heading(line, level) for line in form.lines}) > 1)


def _same_of_all(form: VolumeCatalogue) -> tuple[Fact, ...]:
    """What a level that heads nothing has to say of the whole catalogue."""
    told = {level: {_heading(line, level) for line in form.lines} for level in form.grouped_by}
    told.pop(CatalogueLevel.YEAR, None)
    return tuple((_LEVEL_NAMES[level], same.pop()) for level, same in told.items() if len(same) == 1)


class _Catalogue:
    """Lines put together by levels, numbered through."""

    def __init__(self, levels: tuple[CatalogueLevel, ...]) -> None:
        self._levels = levels
        self._number = 0

    def rows(self, lines: Iterable[CatalogueLine], level: int = 0) -> Iterator[Row]:
        if level == len(self._levels):
            yield from map(self._line, lines)
            return
        for heading, group in _grouped(lines, self._levels[level]):
            yield Row(kind=RowKind.GROUP, cells=(heading,), level=level)
            yield from self.rows(group, level + 1)
            if level == 0 and len(group) > 1:
                yield _sum_row(f"小计 {len(group)} 卷", group, RowKind.SUBTOTAL, level)

    def _line(self, line: CatalogueLine) -> Row:
        self._number += 1
        dates = (line.first_on, line.last_on)
        cells = (
            *(self._number, line.customer, line.series, line.year, line.reference_code, line.title),
            " – ".join(dict.fromkeys(each.isoformat() for each in dates if each)),
            *(line.items, line.pages, line.sheets, line.retention, line.location, line.remark),
        )
        return Row(cells=cells)


def _grouped(lines: Iterable[CatalogueLine], level: CatalogueLevel) -> list[tuple[str, list[CatalogueLine]]]:
    """The lines of each group in their order; a group stands where its first line stood."""
    groups: dict[str, list[CatalogueLine]] = {}
    for line in lines:
        groups.setdefault(_heading(line, level), []).append(line)
    return list(groups.items())


def _heading(line: CatalogueLine, level: CatalogueLevel) -> str:
    match level:
        case CatalogueLevel.CUSTOMER:
            return line.customer
        case CatalogueLevel.SERIES:
            return line.series
        case CatalogueLevel.YEAR:
            return f"{line.year}年"


def _sum_row(label: str, lines: Iterable[CatalogueLine], kind: RowKind, level: int) -> Row:
    every = list(lines)
    counts = (sum(line.items for line in every), sum(line.pages for line in every), sum(line.sheets for line in every))
    told = label if kind is RowKind.SUBTOTAL else f"{label} {len(every)} 卷"
    return total(told, len(_CATALOGUE_COLUMNS), dict(zip(_SUMS, counts, strict=True)), kind=kind, level=level)


_ITEM_COLUMNS = (
    _NUMBER,
    Column(name=_CODE, width_mm=50, sheet_width=34),
    Column(name=Bilingual("文号", "Number"), width_mm=30, sheet_width=24),
    Column(name=Bilingual("责任者", "Author"), width_mm=38, sheet_width=28),
    Column(name=Bilingual("题名", "Title"), sheet_width=52),
    Column(name=Bilingual("日期", "Date"), width_mm=20, align=Align.CENTRE),
    Column(name=Bilingual("密级", "Grade"), width_mm=13, align=Align.CENTRE, sheet_width=8),
    _count("页数", "Pages"),
    _REMARK,
)


def item_listing(form: ItemList) -> Listing:
    """归档文件目录, landscape, with its cover sheet."""
    rows = numbered(
        (
            *(line.reference_code, line.doc_no, line.author, line.title, line.doc_on or line.date_note),
            *(line.grade, line.pages, line.remark),
        )
        for line in form.lines
    )
    pages = sum(line.pages or 0 for line in form.lines)
    department = (Bilingual("机构（问题）", "Department"), form.department)
    cover = _cover(form.letterhead, "归档文件目录", form.years, form.retention, form.subject)
    return Listing(
        title=Bilingual("归档文件目录", "List of filed papers"),
        letterhead=form.letterhead,
        facts=(
            (_YEAR, form.years),
            (_TERM, form.retention),
            department,
        ),
        cover=(*cover, department),
        columns=_ITEM_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 件", len(_ITEM_COLUMNS), {7: pages})),
        landscape=True,
    )
