"""How reference codes are written from now on: the patterns of every kind, and the codes that stand in them.

What always holds:
- Codes that were given stay as they are; a new pattern counts on where its scope has come to.
- Patterns are put in force all together, and only where no code can be taken for another (see `fitting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind, ReferencePattern
from dms.errors import Bilingual
from dms.filing.arranging.code_fields import (
    CATEGORY_SETTING,
    DEPARTMENTS_SETTING,
    category_code,
    checked_category,
    checked_departments,
    department_codes,
)
from dms.filing.arranging.errors import NumberingStyleUnknown, PatternsClash
from dms.filing.arranging.fitting import KnownWords, check_given, check_patterns, fields_named
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingWish:
    """How codes are to be written."""

    texts: Mapping[CodeKind, str]
    """The pattern of every kind as it was typed; one that is left out stays as it is."""
    category: str | None = None
    """None to leave it as it is."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """Codes by department; a department that is left out keeps its code, an empty code takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """How codes are written at this moment."""

    patterns: Mapping[CodeKind, ReferencePattern]
    style_code: str | None
    """The ready-made style of which all patterns are; None for patterns of the company's own."""
    category: str
    departments: Mapping[str, str]
    """The code of every department that the actor may know of, empty for one without."""
    given: Mapping[CodeKind, int]
    """How many codes of each kind were given that the actor may know of."""


def numbering(actor: Actor, *, archive: Archive) -> Numbering:
    """How codes are written."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        patterns = patterns_in_force(view)
        codes = department_codes(view)
        return Numbering(
            patterns=patterns,
            style_code=_style_of(patterns),
            category=category_code(view),
            departments={name: codes.get(name, "") for name in _departments(actor, view)},
            given={kind: view.number_register.page(kind, actor=actor, limit=0)[0] for kind in CodeKind},
        )


def style_texts(style_code: str) -> Mapping[CodeKind, str]:
    """The patterns of a ready-made style as texts; raises `NumberingStyleUnknown`."""
    style = NUMBERING_STYLES.get(style_code)
    if style is None:
        raise NumberingStyleUnknown(style_code, list(NUMBERING_STYLES))
    return {kind: pattern.text for kind, pattern in style.patterns.items()}


def state_numbering(actor: Actor, wish: NumberingWish, *, archive: Archive) -> Numbering:
    """How codes are written from now on.

    Raises `PatternUnusable`, `PatternsClash` or `CodeWordUnfit`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        patterns, category, departments = checked_wish(actor, wish, work)
        before = patterns_in_force(work)
        for kind, pattern in patterns.items():
            if pattern.text != before[kind].text:
                work.numbers.state_pattern(pattern)
                told = {"before": before[kind].text, "after": pattern.text}
                archive.record(work, actor, "reference_pattern_stated", kind.value, **told)
        _state_words(actor, category, departments, archive, work)
    return numbering(actor, archive=archive)


def patterns_in_force(work: UnitOfWork) -> dict[CodeKind, ReferencePattern]:
    """The pattern of every kind."""
    return {kind: work.numbers.pattern(kind) for kind in CodeKind}


def _state_words(
    actor: Actor, category: str, departments: Mapping[str, str], archive: Archive, work: UnitOfWork
) -> None:
    known_category, known_departments = category_code(work), department_codes(work)
    if category != known_category:
        work.settings.state(CATEGORY_SETTING, category)
        archive.record(work, actor, "code_words_stated", "category", before=known_category, after=category)
    if departments != known_departments:
        work.settings.state(DEPARTMENTS_SETTING, dict(departments))
        told = {"before": _listed(known_departments), "after": _listed(departments)}
        archive.record(work, actor, "code_words_stated", "departments", **told)


def _listed(words: Mapping[str, str]) -> str:
    return "、".join(f"{name} {code}" for name, code in sorted(words.items()))


def checked_wish(
    actor: Actor, wish: NumberingWish, work: UnitOfWork
) -> tuple[dict[CodeKind, ReferencePattern], str, dict[str, str]]:
    """The patterns, the category and the codes of departments that a wish means.

    Raises `PatternUnusable`, `PatternsClash` or `CodeWordUnfit`.
    """
    patterns = _wished(wish, work)
    category = category_code(work) if wish.category is None else checked_category(wish.category)
    departments = checked_departments(department_codes(work) | dict(wish.departments))
    words = _known_words(category, work)
    check_patterns(patterns, words)
    register = work.number_register
    check_given(patterns, words, register.codes, may_name=partial(register.knows, actor=actor))
    if "department" in fields_named(patterns):
        _check_departments(actor, departments, work)
    return patterns, category, departments


def _wished(wish: NumberingWish, work: UnitOfWork) -> dict[CodeKind, ReferencePattern]:
    typed = {kind: ReferencePattern.parse(kind, text.strip()) for kind, text in wish.texts.items()}
    return {kind: typed.get(kind) or work.numbers.pattern(kind) for kind in CodeKind}


def _known_words(category: str, work: UnitOfWork) -> KnownWords:
    return KnownWords(
        fonds=work.scheme.fonds_code(),
        category=category,
        series=frozenset(each.code for each in work.scheme.all_series()),
        terms=frozenset(rule.code for rule in work.retention.all()),
    )


def _check_departments(actor: Actor, codes: Mapping[str, str], work: UnitOfWork) -> None:
    lacking = [name for name in _departments(actor, work) if not codes.get(name) and not _is_plain(name)]
    if lacking:
        named = Bilingual("、".join(lacking), ", ".join(lacking))
        raise PatternsClash(Bilingual(f"以下部门还没有代码：{named.zh}", f"these departments have no code: {named.en}"))


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isalnum()


def _departments(actor: Actor, work: UnitOfWork) -> list[str]:
    return sorted({*work.customers.departments(actor=actor), *(actor.departments or ())})


def _style_of(patterns: Mapping[CodeKind, ReferencePattern]) -> str | None:
    texts = {kind: pattern.text for kind, pattern in patterns.items()}
    return next((code for code in NUMBERING_STYLES if style_texts(code) == texts), None)
