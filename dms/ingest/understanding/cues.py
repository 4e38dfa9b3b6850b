"""The cue tables: how each type of paper is titled, worded and labelled. They are data, see ``cues.toml``.

What always holds: every word here is folded like the text it is looked for in (half-width, upper case, simplified).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from dms.domain.glyph import fold_case
from dms.ingest.understanding.script import simplified


class NumberKind(StrEnum):
    """Whose number a paper of the type shows."""

    OWN = "own"
    """It is a contract and bears the number itself."""
    REFERRED = "referred"
    """It speaks of a contract that bears the number; its own number is another."""
    NONE = "none"
    """It has nothing to do with one contract; a labelled number is taken, none is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TypeCues:
    """The cues of one document type; label lists are best first."""

    code: str
    number: NumberKind
    titles: tuple[str, ...]
    wording: tuple[tuple[str, float], ...]
    customer_roles: tuple[str, ...]
    day_labels: tuple[str, ...]
    day_at_end: bool
    """Whether such a paper is dated by the last line when no label says so."""
    amount_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """The words that all types share; see ``cues.toml`` for what each list means."""

    roles: tuple[str, ...]
    bystanders: tuple[str, ...]
    own_roles: tuple[str, ...]
    name_labels: tuple[str, ...]
    number_labels: tuple[str, ...]
    original_number_labels: tuple[str, ...]
    agreement_number_labels: tuple[str, ...]
    own_number_labels: tuple[str, ...]
    foreign_number_labels: tuple[str, ...]
    uscc_labels: tuple[str, ...]
    foreign_day_labels: tuple[str, ...]
    foreign_amount_labels: tuple[str, ...]
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cues:
    """All cue tables. Compared by identity, so that patterns built from them can be kept cheaply."""

    types: tuple[TypeCues, ...]
    words: Words
    all_roles: tuple[str, ...]
    """Every role that a party can have on any paper."""
    all_labels: tuple[str, ...]
    """Every word that begins a new piece of information, and so ends the value before it."""

    def of(self, code: str) -> TypeCues:
        """The cues of the type; those of ``other`` for a code that has none, as a company's own type may."""
        return next((t for t in self.types if t.code == code), self.types[-1])


def read_cues(toml_text: str) -> Cues:
    """The tables of a TOML text in the form of the shipped ``cues.toml``.

    `KeyError`, `TypeError` or `tomllib.TOMLDecodeError` say what is wrong with a table that someone has edited.
    """
    tables = tomllib.loads(toml_text)
    types = tuple(_type_cues(table) for table in tables["type"])
    words = Words(**{name: _folded(words) for name, words in tables["words"].items()})
    return Cues(types=types, words=words, all_roles=_roles(types, words), all_labels=_labels(types, words))


@cache
def default_cues() -> Cues:
    """The tables as shipped."""
    return read_cues((files(__package__) / "cues.toml").read_text(encoding="utf-8"))


def _roles(types: Iterable[TypeCues], words: Words) -> tuple[str, ...]:
    listed = (role for t in types for role in t.customer_roles)
    return tuple(dict.fromkeys((*listed, *words.roles, *words.bystanders, *words.own_roles)))


def _labels(types: Iterable[TypeCues], words: Words) -> tuple[str, ...]:
    numbers = (*words.number_labels, *words.original_number_labels, *words.agreement_number_labels)
    days = (*words.foreign_day_labels, *(label for t in types for label in t.day_labels))
    others = (*words.uscc_labels, *words.stops, *words.foreign_number_labels)
    return tuple(dict.fromkeys((*_roles(types, words), *numbers, *days, *others)))


def _type_cues(table: Mapping[str, Any]) -> TypeCues:
    return TypeCues(
        code=table["code"],
        number=NumberKind(table["number"]),
        titles=_folded(table["titles"]),
        wording=tuple((_fold(phrase), float(weight)) for phrase, weight in table["wording"]),
        customer_roles=_folded(table["customer_roles"]),
        day_labels=_folded(table["day_labels"]),
        day_at_end=table["day_at_end"],
        amount_labels=_folded(table["amount_labels"]),
    )


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_fold, words)))


def _fold(word: str) -> str:
    return simplified(fold_case(word))
