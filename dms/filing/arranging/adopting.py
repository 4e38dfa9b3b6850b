"""Adopting a class scheme: four, six or three parts of a customer file, or the loan file; old volumes stay as they are.

What always holds:
- Everything is said before anything is changed: which parts come, which are retired, where each type is filed then.
- No document type is left in a retired part; the company's own parts are not touched.
- A scheme that was in force before comes back with the rules that the company gave it, unless those shipped are wanted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.document_type import DocumentType, Series
from dms.domain.one_line import one_line
from dms.domain.scheme import ClassScheme, ready_made_schemes
from dms.filing.arranging.errors import ApprovalNotStated, SchemeNotYetValid, SchemeUnknown
from dms.store import UnitOfWork

MOST_APPROVAL_CHARACTERS = 100
_UNSORTED = "other"
"""The document type whose part takes in what a scheme does not name."""


class AdoptedRules(StrEnum):
    """With which rules a scheme comes back that was in force before."""

    KEPT = "kept"
    """Those that the company gave its parts."""
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeWish:
    """A scheme to be adopted."""

    scheme_code: str
    approved_by: str = ""
    valid_from_on: date | None = None
    """None for today."""
    rules: AdoptedRules = AdoptedRules.KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeChange:
    """What adopting a scheme changes."""

    scheme: ClassScheme
    """As it would be in force; its version is the one that it would bear."""
    coming: tuple[Series, ...]
    """Parts in which papers are filed from then on, and are not now."""
    retired: tuple[Series, ...]
    """Parts in which nothing is filed any more."""
    moved_types: tuple[tuple[DocumentType, str], ...]
    """Document types as they are now, each with the series in which it is filed then."""


def scheme_change(actor: Actor, wish: SchemeWish, *, archive: Archive) -> SchemeChange:
    """What adopting it would change, without changing anything; raises `SchemeUnknown`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return _change(wish, view)


def adopt_scheme(actor: Actor, wish: SchemeWish, *, archive: Archive) -> SchemeChange:
    """The scheme in force from now on, and what that changed.

    Raises `SchemeUnknown`, `ApprovalNotStated` or `SchemeNotYetValid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    approved_by = checked_approval(wish.approved_by)
    today = local_day(archive.now())
    valid_from_on = wish.valid_from_on or today
    if valid_from_on > today:
        raise SchemeNotYetValid(valid_from_on)
    with archive.begin() as work:
        change = _change(wish, work)
        stated = replace(change.scheme, approved_by=approved_by, valid_from_on=valid_from_on)
        scheme = work.scheme.adopt(stated, at=archive.now())
        told = {
            "version": str(scheme.version),
            "approved_by": approved_by,
            "valid_from_on": valid_from_on.isoformat(),
            "series": _codes(scheme.series),
            "retired": _codes(change.retired),
        }
        archive.record(work, actor, "class_scheme_adopted", scheme.code, **told)
    return replace(change, scheme=scheme)


def checked_approval(stated: str) -> str:
    """By whom it was approved, on one line; raises `ApprovalNotStated`."""
    approved_by = one_line(stated)
    if not 1 <= len(approved_by) <= MOST_APPROVAL_CHARACTERS:
        raise ApprovalNotStated(MOST_APPROVAL_CHARACTERS)
    return approved_by


def _change(wish: SchemeWish, work: UnitOfWork) -> SchemeChange:
    shipped = ready_made_schemes().get(wish.scheme_code)
    if shipped is None:
        raise SchemeUnknown(wish.scheme_code, list(ready_made_schemes()))
    known = {each.code: each for each in work.scheme.all_series()}
    scheme = _with_series(shipped, known, wish.rules)
    types = work.scheme.all_types()
    remaining = {code for code, each in known.items() if not each.scheme_code and not each.retired}
    present = {} if wish.rules is AdoptedRules.SHIPPED else {kind.code: kind.series for kind in types}
    preferred = (present, _former_types(scheme.code, work) if present else {}, scheme.types)
    places = {kind.code: _place(kind, scheme, preferred, remaining) for kind in types}
    codes = {each.code for each in scheme.series}
    in_use = [each for each in known.values() if not each.retired]
    return SchemeChange(
        scheme=replace(scheme, types=places, version=_next_version(scheme.code, work)),
        coming=tuple(each for each in scheme.series if each.code not in {used.code for used in in_use}),
        retired=tuple(each for each in in_use if each.scheme_code and each.code not in codes),
        moved_types=tuple((kind, places[kind.code]) for kind in types if places[kind.code] != kind.series),
    )


def _with_series(shipped: ClassScheme, known: Mapping[str, Series], rules: AdoptedRules) -> ClassScheme:
    if rules is AdoptedRules.SHIPPED:
        return shipped
    kept = (known.get(each.code, each) for each in shipped.series)
    series = (each if each.scheme_code else of_scheme for each, of_scheme in zip(kept, shipped.series, strict=True))
    return replace(shipped, series=tuple(replace(each, retired=False) for each in series))


def _former_types(scheme_code: str, work: UnitOfWork) -> Mapping[str, str]:
    """Where types were filed when the scheme was last adopted; empty for one that never was."""
    adopted = [each for each in work.scheme.adopted() if each.code == scheme_code]
    return adopted[-1].types if adopted else {}


def _place(kind: DocumentType, scheme: ClassScheme, preferred: Iterable[Mapping[str, str]], remaining: set[str]) -> str:
    """The series in which a type is filed: the company's own where it is in one, else the first preferred."""
    if kind.series in remaining:
        return kind.series
    codes = {each.code for each in scheme.series}
    fitting = (places[kind.code] for places in preferred if places.get(kind.code) in codes)
    return next(fitting, scheme.types.get(_UNSORTED, scheme.series[0].code))


def _next_version(scheme_code: str, work: UnitOfWork) -> int:
    return max((each.version for each in work.scheme.adopted() if each.code == scheme_code), default=0) + 1


def _codes(series: tuple[Series, ...]) -> str:
    return "、".join(each.code for each in series)
