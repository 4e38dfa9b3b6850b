"""What every refusal is made of: a stable code, what happened and why, and what to do, in Chinese and English.

Each folder defines its own error classes (one situation, one class, one remedy) from these; the numbers that the
outside sees, exit codes and HTTP statuses, are assigned in exactly one table each, keyed by `Kind`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence in both languages of the product."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese text for any language tag that begins with ``zh``, the English text otherwise."""
        return self.zh if language.lower().startswith("zh") else self.en


class Kind(StrEnum):
    """The families of refusal; see the table of exit codes in `dms.cli` and of statuses in `dms.web`."""

    UNEXPECTED = "unexpected"
    USAGE = "usage"
    REFUSED_INPUT = "refused_input"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    DAMAGE = "damage"


class DmsError(Exception):
    """A refusal that a person can act on; nothing was half done.

    Subclasses set `code` (stable, snake_case) and `kind`, and compose the two sentences in their own ``__init__``.
    """

    code: ClassVar[str] = "unexpected"
    kind: ClassVar[Kind] = Kind.UNEXPECTED

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(f"{what.en} {remedy.en}")
        self.what = what
        self.remedy = remedy

    @property
    def message(self) -> Bilingual:
        """What happened and why, then what to do, as one text in each language."""
        return Bilingual(zh=f"{self.what.zh}{self.remedy.zh}", en=f"{self.what.en} {self.remedy.en}")
