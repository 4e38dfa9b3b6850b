"""The sheets of single volumes: covers, spine labels, contents lists, filing notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.customer import Customer
from dms.domain.reference_code import CodeKind, ReferencePattern
from dms.domain.volume import FilingNoteLine, NoteKind, Volume, VolumeSeal, VolumeSource, spine_for
from dms.filing.printing_out.volumes_wished import papers_in, volume_wished, volumes_wished
from dms.filing.printing_out.wish import PrintWish
from dms.filing.printing_out.words import (
    COPY_WORDS,
    GRADE_WORDS,
    NOTE_WORDS,
    UNDATED,
    letterhead,
    retention_names,
    series_names,
    shown_title,
    signed,
)
from dms.filing.sealing import ContentsLine as Line
from dms.filing.sealing import LineKind as Listed
from dms.filing.sealing import NoteShown, VolumeFile, volume_file
from dms.printing import (
    ContentsLine,
    ContentsList,
    FilingNote,
    LineKind,
    NoteLine,
    SpineLabel,
    SpineLabels,
    VolumeCover,
    VolumeCovers,
)
from dms.store import UnitOfWork

_DIGITS_OF_ROOT = 16
"""So much of a seal's root is enough to compare it by eye; all of it stands in the seal."""
_KINDS: Final = {
    Listed.PAPER: LineKind.ITEM,
    Listed.ANNEX: LineKind.ANNEX,
    Listed.DESTROYED: LineKind.DESTROYED,
    Listed.STRUCK: LineKind.MOVED_OUT,
    Listed.REFERENCE: LineKind.SEE_ALSO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What codes are called, looked up once for many volumes."""

    series: Mapping[str, str]
    retention: Mapping[str, str]
    customers: Mapping[int, Customer]


def volume_covers(actor: Actor, wish: PrintWish, *, archive: Archive) -> VolumeCovers:
    """The covers of the volumes wished for."""
    with archive.looking() as view:
        volumes = volumes_wished(actor, wish, work=view)
        names = _names(volumes, work=view)
        return VolumeCovers(
            letterhead=letterhead(actor, archive=archive, work=view),
            covers=tuple(_cover(volume, names, actor=actor, work=view) for volume in volumes),
        )


def spine_labels(actor: Actor, wish: PrintWish, *, archive: Archive) -> SpineLabels:
    """A label for the back of each of the volumes wished for."""
    with archive.looking() as view:
        volumes = volumes_wished(actor, wish, work=view)
        names = _names(volumes, work=view)
        return SpineLabels(
            letterhead=letterhead(actor, archive=archive, work=view),
            labels=tuple(_spine(volume, names) for volume in volumes),
        )


def contents_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> ContentsList:
    """The contents list of one volume, with what was moved out or destroyed struck through."""
    return contents_of(actor, _file(actor, wish, archive=archive), archive=archive)


def contents_of(actor: Actor, bound: VolumeFile, *, archive: Archive) -> ContentsList:
    """The contents list of a volume that was looked up for the actor."""
    with archive.looking() as view:
        pattern = view.numbers.pattern(CodeKind.ITEM)
        scanned = view.items.page_totals([line.item_id for line in bound.lines], actor=actor)
        return ContentsList(
            letterhead=letterhead(actor, archive=archive, work=view),
            reference_code=bound.volume.reference_code or "",
            title=_title(bound.volume, _names([bound.volume], work=view)),
            year=bound.volume.year,
            lines=tuple(_line(line, pattern, scanned.get(line.item_id)) for line in bound.lines),
            reissue=_reissues(note.line for note in bound.notes),
        )


def filing_note(actor: Actor, wish: PrintWish, *, archive: Archive) -> FilingNote:
    """The filing note of one volume, with every line about what the actor may know of."""
    return note_of(actor, _file(actor, wish, archive=archive), archive=archive)


def note_of(actor: Actor, bound: VolumeFile, *, archive: Archive) -> FilingNote:
    """The filing note of a volume that was looked up for the actor."""
    volume = bound.volume
    with archive.looking() as view:
        head, title = letterhead(actor, archive=archive, work=view), _title(volume, _names([volume], work=view))
    codes = {line.item_id: line.reference_code for line in bound.lines if line.reference_code}
    return FilingNote(
        letterhead=head,
        reference_code=volume.reference_code or "",
        title=title,
        items=volume.item_count,
        pages=volume.page_count,
        sheets=volume.sheet_count,
        statement=_statement(bound),
        see_also=tuple(line.told for line in bound.lines if line.kind is Listed.REFERENCE),
        compiled=signed("立卷人", volume.compiled_by, volume.compiled_at),
        checked=signed("检查人", volume.checked_by, volume.checked_at),
        lines=tuple(_note(note, codes.get(note.item_id)) for note in bound.notes),
        seal=_seal(bound.seals),
    )


def _names(volumes: list[Volume], *, work: UnitOfWork) -> _Names:
    return _Names(
        series=series_names(work),
        retention=retention_names(work),
        customers=work.customers.with_ids({each.customer_id for each in volumes if each.customer_id is not None}),
    )


def _cover(volume: Volume, names: _Names, *, actor: Actor, work: UnitOfWork) -> VolumeCover:
    papers = papers_in(volume, actor=actor, work=work)
    then, now = volume.name_of_customer, _customer_name(volume, names)
    days = [day for day in (paper.classification.doc_on for paper in papers) if day]
    return VolumeCover(
        reference_code=volume.reference_code or "",
        title=_title(volume, names),
        series=names.series.get(volume.series_code, volume.series_code),
        year=volume.year,
        customer=then or now,
        customer_now=now if then and then != now else "",
        first_on=volume.first_on or min(days, default=None),
        last_on=volume.last_on or max(days, default=None),
        retention=names.retention.get(volume.retention_code or "", volume.retention_code or ""),
        grade=GRADE_WORDS.get(min((paper.classification.grade for paper in papers), default=0), ""),
        items=volume.item_count,
        pages=volume.page_count,
        sheets=volume.sheet_count,
        continues=_continued(volume, actor=actor, work=work),
        reissue=_reissues(work.volume_notes.of_volume(volume.id)),
    )


def _spine(volume: Volume, names: _Names) -> SpineLabel:
    return SpineLabel(
        width_mm=volume.spine_mm or spine_for(volume.sheet_count),
        reference_code=volume.reference_code or "",
        year=volume.year,
        retention_code=volume.retention_code or "",
        series=names.series.get(volume.series_code, volume.series_code),
        customer=volume.name_of_customer or _customer_name(volume, names),
        volume_number=_last_part(volume.reference_code) or ("" if volume.number is None else f"{volume.number:03}"),
        title=volume.title,
    )


def _file(actor: Actor, wish: PrintWish, *, archive: Archive) -> VolumeFile:
    with archive.looking() as view:
        volume = volume_wished(actor, wish, work=view)
    return volume_file(actor, volume.id, archive=archive)


def _line(line: Line, pattern: ReferencePattern, scanned_pages: int | None) -> ContentsLine:
    """A line as it is printed; where nobody counted the sheets there are as many as scanned pages."""
    numbered = line.kind not in (Listed.ANNEX, Listed.REFERENCE)
    own = pattern.number(line.reference_code) if line.reference_code else None
    return ContentsLine(
        number=(own or line.position) if numbered else None,
        doc_no=line.doc_no,
        author=line.author,
        title=line.title,
        doc_on=line.doc_on,
        date_note="" if line.doc_on else UNDATED,
        first_page=line.first_page,
        last_page=line.last_page,
        pages=line.pages or None,
        sheets=scanned_pages if line.sheets is None and numbered else line.sheets,
        copy_kind=COPY_WORDS[line.copy_kind],
        remark="；".join(filter(None, (line.told, line.remark, line.year_note))),
        kind=_KINDS[line.kind],
    )


def _note(shown: NoteShown, reference_code: str | None) -> NoteLine:
    note = shown.line
    return NoteLine(
        written_at=note.written_at,
        kind=NOTE_WORDS[note.kind],
        text=note.text,
        by=note.by,
        second_person=note.second_person,
        item=reference_code or shown.item_title,
    )


def _statement(bound: VolumeFile) -> str:
    volume = bound.volume
    said = [
        f"本卷共 {volume.item_count} 件，{volume.page_count} 页，{volume.sheet_count} 张。",
        "本卷依据原有目录著录。" if volume.source is VolumeSource.LEGACY else "",
        f"本卷为 {bound.continues.reference_code} 的续卷。" if bound.continues else "",
        *(f"续卷：{each.reference_code}。" for each in bound.continued_by if each.reference_code),
        "" if bound.is_whole else "本表只列出编制人有权查阅的内容。",
    ]
    return "".join(said)


def _seal(seals: Sequence[VolumeSeal]) -> str:
    if not seals:
        return ""
    latest = seals[-1]
    sealed = f"{local_day(latest.sealed_at):%Y-%m-%d} {latest.sealed_by}"
    return f"第 {latest.version} 版，{sealed}，根摘要 {latest.root[:_DIGITS_OF_ROOT]}……（{latest.algorithm}）"


def _continued(volume: Volume, *, actor: Actor, work: UnitOfWork) -> str:
    before = work.volumes.find(volume.continuation_of, actor=actor) if volume.continuation_of else None
    return (before.reference_code or "") if before else ""


def _reissues(notes: Iterable[FilingNoteLine]) -> int:
    return sum(note.kind is NoteKind.AMENDED for note in notes)


def _title(volume: Volume, names: _Names) -> str:
    return shown_title(volume, _customer_name(volume, names), names.series)


def _customer_name(volume: Volume, names: _Names) -> str:
    customer = names.customers.get(volume.customer_id or 0)
    return customer.name if customer else ""


def _last_part(code: str | None) -> str:
    return (code or "").rpartition("-")[2]
