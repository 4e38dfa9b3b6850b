"""The frame that a company sets once and seldom changes: its own names, the series, the document types.

What always holds:
- F1 A code, once given, stays: series and types are renamed and moved, never removed, for papers are filed by them.
- F2 The company's own names tell the other party of a paper from ourselves; a former name goes on doing so.
"""

import re
from dataclasses import dataclass, replace

from dms.archive import Archive, series_with_code
from dms.domain.actor import Actor, Permission
from dms.domain.document_type import DocumentType, Series
from dms.domain.one_line import one_line
from dms.filing.errors import FrameFactInvalid

MAX_WORD_CHARACTERS = 60
MAX_NAME_CHARACTERS = 200
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCompany:
    """Whose archive it is; the name is empty until somebody has stated it."""

    fonds_code: str
    name: str
    former_names: tuple[str, ...]


def own_company(actor: Actor, *, archive: Archive) -> OwnCompany:
    """The company that keeps the archive."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        names = view.scheme.own_names()
        return OwnCompany(fonds_code=view.scheme.fonds_code(), name="".join(names[:1]), former_names=names[1:])


def name_own_company(actor: Actor, name: str, *, archive: Archive) -> OwnCompany:
    """The company under its new name, the one before kept among the former names; raises `FrameFactInvalid`."""
    actor.require(Permission.OPERATE)
    stated = _named(name, MAX_NAME_CHARACTERS)
    with archive.begin() as work:
        names = work.scheme.own_names()
        former = tuple(known for known in names if known != stated)
        work.scheme.state_fonds(code=work.scheme.fonds_code(), name=stated, former_names=former)
        archive.record(work, actor, "own_company_named", work.scheme.fonds_code(), name=stated)
        return OwnCompany(fonds_code=work.scheme.fonds_code(), name=stated, former_names=former)


def state_series(actor: Actor, series: Series, *, archive: Archive) -> Series:
    """The series, added or renamed (F1); raises `FrameFactInvalid`."""
    actor.require(Permission.OPERATE)
    stated = replace(series, code=_coded(series.code), zh=_named(series.zh), en=_named(series.en))
    with archive.begin() as work:
        work.scheme.state_series(stated)
        archive.record(work, actor, "series_stated", stated.code, zh=stated.zh, en=stated.en)
    return stated


def state_document_type(actor: Actor, kind: DocumentType, *, archive: Archive) -> DocumentType:
    """The document type, added, renamed or moved to another series (F1).

    Raises `FrameFactInvalid` or `SeriesNotFound`. Papers that are filed already stay where they are.
    """
    actor.require(Permission.OPERATE)
    stated = replace(kind, code=_coded(kind.code), zh=_named(kind.zh), en=_named(kind.en))
    with archive.begin() as work:
        series_with_code(stated.series, work=work)
        work.scheme.state_type(stated)
        archive.record(work, actor, "document_type_stated", stated.code, zh=stated.zh, series=stated.series)
    return stated


def _coded(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise FrameFactInvalid(code)
    return code


def _named(words: str, longest: int = MAX_WORD_CHARACTERS) -> str:
    stated = one_line(words)
    if not 1 <= len(stated) <= longest:
        raise FrameFactInvalid(stated[:longest])
    return stated
