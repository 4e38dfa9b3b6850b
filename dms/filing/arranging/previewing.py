"""The codes that would be given next, as patterns are typed; a look spends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.reference_code import CodeFieldUnfit, CodeKind, PatternUnusable, ReferencePattern
from dms.domain.volume import Volume, VolumeState
from dms.errors import Bilingual, DmsError
from dms.filing.arranging.code_fields import code_fields, department_codes
from dms.filing.arranging.numbering import NumberingWish, checked_wish
from dms.store import CodeFields, UnitOfWork, VolumeFilter

SAMPLES = 3
"""So many open volumes show what their next codes would be."""
CODES_AHEAD = 2
_BOOKS = (CodeKind.BOX, CodeKind.TRANSFER, CodeKind.ACCESSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternPreview:
    """What one pattern would give."""

    kind: CodeKind
    text: str
    codes: tuple[str, ...]
    """The next codes; empty where there is a problem."""
    problem: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingPreview:
    """What a wish would give."""

    patterns: tuple[PatternPreview, ...]
    problem: Bilingual | None
    """Why the patterns cannot be put in force together; None where they can."""

    @property
    def usable(self) -> bool:
        """Whether the wish could be put in force as it is."""
        return self.problem is None and all(each.problem is None for each in self.patterns)


def preview_numbering(actor: Actor, wish: NumberingWish, *, archive: Archive) -> NumberingPreview:
    """The codes that would be given next to open volumes that the actor may know of, pattern by pattern, or why not.

    Where no volume is open, the codes are those of an imagined customer C0001.
    """
    actor.require(Permission.CONSULT)
    this_year = local_day(archive.now()).year
    with archive.looking() as view:
        samples = tuple(_samples(actor, wish, this_year, view))
        shown = tuple(_preview(kind, wish, _of_kind(kind, samples, this_year), view) for kind in CodeKind)
        whole = None if any(each.problem for each in shown) else _refusal(actor, wish, view)
    return NumberingPreview(patterns=shown, problem=whole.what if whole else None)


def _refusal(actor: Actor, wish: NumberingWish, view: UnitOfWork) -> DmsError | None:
    try:
        checked_wish(actor, wish, view)
    except DmsError as refusal:
        return refusal
    return None


def _of_kind(kind: CodeKind, samples: tuple[CodeFields, ...], this_year: int) -> tuple[CodeFields, ...]:
    """What is numbered outside of volumes is numbered in the year that it is."""
    return ({**samples[0], "year": this_year},) if kind in _BOOKS else samples


def _preview(kind: CodeKind, wish: NumberingWish, samples: tuple[CodeFields, ...], view: UnitOfWork) -> PatternPreview:
    text = _text(kind, wish, view)
    try:
        pattern = ReferencePattern.parse(kind, text)
        codes = [code for fields in samples for code in _codes_ahead(pattern, _numbered(fields, wish, view), view)]
    except (PatternUnusable, CodeFieldUnfit) as refusal:
        return PatternPreview(kind=kind, text=text, codes=(), problem=refusal.what)
    return PatternPreview(kind=kind, text=text, codes=tuple(dict.fromkeys(codes)))


def _codes_ahead(pattern: ReferencePattern, fields: CodeFields, view: UnitOfWork) -> list[str]:
    if pattern.kind is CodeKind.PAGE:
        return [pattern.code({**fields, "page": number + 1}) for number in range(CODES_AHEAD)]
    return view.numbers.peek(pattern, fields, CODES_AHEAD)


def _numbered(fields: CodeFields, wish: NumberingWish, view: UnitOfWork) -> CodeFields:
    """The fields with the number that the volume would get, for what lies in it."""
    try:
        pattern = ReferencePattern.parse(CodeKind.VOLUME, _text(CodeKind.VOLUME, wish, view))
        (code,) = view.numbers.peek(pattern, fields)
    except (PatternUnusable, CodeFieldUnfit):
        return {**fields, "volume": 1, "item": 1}
    return {**fields, "volume": pattern.number(code) or 1, "item": 1}


def _text(kind: CodeKind, wish: NumberingWish, view: UnitOfWork) -> str:
    return (wish.texts[kind] if kind in wish.texts else view.numbers.pattern(kind).text).strip()


def _samples(actor: Actor, wish: NumberingWish, this_year: int, view: UnitOfWork) -> Iterator[CodeFields]:
    words = {"category": wish.category.strip().upper()} if wish.category else {}
    volumes = view.volumes.page(VolumeFilter(states=frozenset({VolumeState.OPEN})), actor=actor, limit=SAMPLES)
    for each in volumes:
        yield {**_fields_of(each, wish, view), **words}
    if not volumes:
        series = view.scheme.current().series[0]
        term = series.retention_code
        imagined = code_fields(view, year=this_year, customer_code="C0001", series_code=series.code, term=term)
        yield {**imagined, **words}


def _fields_of(volume: Volume, wish: NumberingWish, view: UnitOfWork) -> CodeFields:
    ids = [] if volume.customer_id is None else [volume.customer_id]
    customer = next(iter(view.customers.with_ids(ids).values()), None)
    series = view.scheme.series(volume.series_code)
    department = customer.facts.department if customer else ""
    codes = department_codes(view) | {name: code.strip().upper() for name, code in wish.departments.items()}
    return code_fields(
        view,
        year=volume.year,
        customer_code=customer.code if customer else None,
        series_code=volume.series_code,
        term=series.retention_code if series else "",
        department=codes.get(department) or department,
    )
