"""Volumes that were bound before this archive, taken over from an older catalogue as they are.

What always holds:
- L1 The number stands as it was written, and is spent: nothing else is ever given it.
- L2 All rows or none; every unusable place is named by row and column.
- L3 Such a volume is sealed from the first moment, over what its catalogue said; no paper enters it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.one_line import one_line
from dms.domain.reference_code import CodeKind
from dms.domain.volume import FilingNoteLine, NoteKind, VolumeSource, VolumeState, spine_for
from dms.errors import Bilingual
from dms.filing.sealing.binding_up import add_seal
from dms.filing.sealing.errors import LegacyCatalogueUnusable
from dms.store import NewVolume, UnitOfWork

MAX_CODE_CHARACTERS = 80
MAX_TITLE_CHARACTERS = 200
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyVolume:
    """One row of an older volume catalogue 案卷目录."""

    row: int
    """The row in which it stands, for what is said about it."""
    reference_code: str
    """Verbatim."""
    customer_code: str
    series_code: str
    year: int
    title: str
    retention_code: str
    first_on: date | None = None
    last_on: date | None = None
    items: int = 0
    pages: int = 0
    sheets: int = 0
    remark: str = ""


def take_over_volumes(actor: Actor, rows: Sequence[LegacyVolume], *, archive: Archive) -> list[int]:
    """The ids of the volumes, in the order of the rows; raises `LegacyCatalogueUnusable`, and then takes none (L2)."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        problems = [problem for row in rows for problem in _problems(row, actor, work=work)]
        problems += _doubles(rows)
        if problems:
            raise LegacyCatalogueUnusable(problems)
        return [_taken_over(actor, row, archive=archive, work=work) for row in rows]


def _problems(row: LegacyVolume, actor: Actor, *, work: UnitOfWork) -> Iterable[Bilingual]:
    code, title = one_line(row.reference_code), one_line(row.title)
    if not 1 <= len(code) <= MAX_CODE_CHARACTERS:
        yield _at(row, "档号", "reference code", "为空或过长", "is empty or too long")
    elif work.numbers.spent(code) is not None:
        yield _at(row, "档号", "reference code", f"“{code}”已被使用", f"“{code}” is taken")
    if work.customers.known_with_code(row.customer_code.strip(), actor=actor) is None:
        yield _at(row, "客户代码", "customer", f"没有“{row.customer_code}”", f"there is no “{row.customer_code}”")
    if row.series_code not in {series.code for series in work.scheme.all_series()}:
        yield _at(row, "类目", "series", f"没有“{row.series_code}”", f"there is no “{row.series_code}”")
    if work.retention.with_code(row.retention_code) is None:
        yield _at(row, "保管期限", "retention", f"没有“{row.retention_code}”", f"there is no “{row.retention_code}”")
    if not FIRST_YEAR <= row.year <= LAST_YEAR:
        yield _at(row, "年度", "year", "不合常理", "cannot be right")
    if not 1 <= len(title) <= MAX_TITLE_CHARACTERS:
        yield _at(row, "题名", "title", "为空或过长", "is empty or too long")
    if row.first_on and row.last_on and row.first_on > row.last_on:
        yield _at(row, "起止日期", "dates", "止早于起", "end before they begin")
    if any(not 0 <= count <= MOST_COUNTED for count in (row.items, row.pages, row.sheets)):
        yield _at(row, "件数、页数、张数", "counts", "不合常理", "cannot be right")


def _at(row: LegacyVolume, zh: str, en: str, what_zh: str, what_en: str) -> Bilingual:
    return Bilingual(f"第 {row.row} 行“{zh}”{what_zh}", f"row {row.row}, {en}: {what_en}")


def _doubles(rows: Sequence[LegacyVolume]) -> list[Bilingual]:
    first: dict[str, int] = {}
    doubles = []
    for row in rows:
        before = first.setdefault(one_line(row.reference_code), row.row)
        if before != row.row:
            doubles.append(_at(row, "档号", "reference code", f"与第 {before} 行重复", f"stands in row {before} too"))
    return doubles


def _taken_over(actor: Actor, row: LegacyVolume, *, archive: Archive, work: UnitOfWork) -> int:
    customer = work.customers.known_with_code(row.customer_code.strip(), actor=actor)
    assert customer is not None  # L2 has looked at every row
    volume_id = work.volumes.new(_new(row, customer))
    _number(row, volume_id, archive=archive, work=work)
    _describe(row, customer, volume_id, work=work)
    work.volumes.sealed(volume_id, at=archive.now())  # L3
    text = "由旧案卷目录转入" + (f"：{one_line(row.remark)}" if row.remark else "")
    add_seal(actor, volume_id, text, archive=archive, work=work)
    line = FilingNoteLine(
        volume_id=volume_id, written_at=archive.now(), by=actor.name, kind=NoteKind.CARRIED, text=text
    )
    work.volume_notes.add(line)
    archive.record(work, actor, "volume_taken_over", f"volume:{volume_id}", code=row.reference_code)
    return volume_id


def _new(row: LegacyVolume, customer: Customer) -> NewVolume:
    return NewVolume(
        customer_id=customer.id,
        series_code=row.series_code,
        year=row.year,
        state=VolumeState.CHECKING,
        source=VolumeSource.LEGACY,
        retention_code=row.retention_code,
    )


def _number(row: LegacyVolume, volume_id: int, *, archive: Archive, work: UnitOfWork) -> None:
    code = one_line(row.reference_code)
    pattern = work.numbers.pattern(CodeKind.VOLUME)
    work.numbers.register(pattern, code, f"volume:{volume_id}", archive.now())  # L1
    work.volumes.number(volume_id, number=pattern.number(code), reference_code=code)


def _describe(row: LegacyVolume, customer: Customer, volume_id: int, *, work: UnitOfWork) -> None:
    work.volumes.describe(
        volume_id,
        title=one_line(row.title),
        retention_code=row.retention_code,
        first_on=row.first_on,
        last_on=row.last_on,
        item_count=row.items,
        page_count=row.pages,
        sheet_count=row.sheets,
        spine_mm=spine_for(row.sheets),
        name_of_customer=customer.name,
    )
