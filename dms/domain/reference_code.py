"""Reference codes 档号: patterns as data, the codes made by them, and the parts read back out of a code.

What always holds:
- ``-`` parts a higher level from a lower one, ``·`` parts codes of the same level; half width, without Chinese
  characters, spaces and slashes (DA/T 13-2022).
- A running number counts within everything else of its code (`ReferencePattern.counter_scope`), so two counters can
  never give the same code, whichever patterns they come from.
- A ``-`` or ``·`` inside a value is written as ``.``, for it would part levels that are not there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from dms.errors import Bilingual, DmsError, Kind


class CodeKind(StrEnum):
    """What bears the code."""

    VOLUME = "volume"
    ITEM = "item"
    PAGE = "page"
    BOX = "box"
    TRANSFER = "transfer"
    ACCESSION = "accession"


RUNNING_FIELD: Mapping[CodeKind, str] = MappingProxyType(
    {
        CodeKind.VOLUME: "volume",
        CodeKind.ITEM: "item",
        CodeKind.PAGE: "page",
        CodeKind.BOX: "box",
        CodeKind.TRANSFER: "batch",
        CodeKind.ACCESSION: "batch",
    }
)
"""The field that counts, by kind of code."""
CODE_FIELDS = (
    "fonds", "category", "customer", "series", "year", "term", "department", "volume", "item", "page", "box", "batch",
)  # fmt: skip
"""What a pattern may name."""
_NUMBERS = frozenset({"year", *RUNNING_FIELD.values()})
MOST_DIGITS = 9
SCOPE_MARK = "*"
"""Stands in a counter scope where the running number stands in a code; no value can hold it."""

_FIELD = re.compile(r"\{([a-z]+)(?::([1-9]))?\}")
_FIXED = re.compile(r"[A-Za-z0-9.]*(?:[-·][A-Za-z0-9.]*)*")
_VALUE = re.compile(r"[A-Za-z0-9._]+")
_LEVELS = str.maketrans("-·", "..")


class PatternUnusable(DmsError):
    """A pattern for reference codes cannot be used."""

    code = "reference_pattern_unusable"
    kind = Kind.REFUSED_INPUT

    def __init__(self, reason: Bilingual) -> None:
        super().__init__(
            Bilingual(zh=f"档号格式不可用：{reason.zh}。", en=f"The pattern cannot be used: {reason.en}."),
            Bilingual(
                zh="请用半角字母、数字、“-”和“·”，以及花括号中的字段名书写，例如 {fonds}-KH·{year}-{volume:3}。",
                en="Write it with letters, digits, - and ·, and fields in braces, like {fonds}-KH·{year}-{volume:3}.",
            ),
        )


class CodeFieldUnfit(DmsError):
    """A value cannot stand in a reference code, or is not there."""

    code = "reference_code_field_unfit"
    kind = Kind.REFUSED_INPUT

    def __init__(self, field: str, value: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{value}”不能写入档号的 {field} 字段。", en=f"“{value}” cannot stand for {field} in a code."
            ),
            Bilingual(zh="请为它设置只含半角字母和数字的代码。", en="Give it a code made of letters and digits only."),
        )


@dataclass(frozen=True)
class ReferencePattern:
    """How the codes of one kind are written, such as ``{fonds}-{category}·{customer}·{series}·{year}-{volume:3}``.

    Made by `parse`, which checks it.
    """

    kind: CodeKind
    text: str

    @classmethod
    def parse(cls, kind: CodeKind, text: str) -> "ReferencePattern":
        """The pattern; raises `PatternUnusable` for an unknown or repeated field, or what may not stand in a code."""
        names = [match[1] for match in _FIELD.finditer(text)]
        unknown = sorted(set(names) - set(CODE_FIELDS))
        if unknown:
            raise PatternUnusable(Bilingual(f"没有字段 {unknown[0]}", f"there is no field {unknown[0]}"))
        if len(set(names)) < len(names):
            raise PatternUnusable(Bilingual("同一字段出现了两次", "a field stands in it twice"))
        if RUNNING_FIELD[kind] not in names:
            needed = RUNNING_FIELD[kind]
            raise PatternUnusable(Bilingual(f"缺少流水号字段 {needed}", f"the running number {needed} is missing"))
        _check_writing(text)
        return cls(kind, text)

    @property
    def running_field(self) -> str:
        """The field whose numbers are allocated one after the other."""
        return RUNNING_FIELD[self.kind]

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields in their order."""
        return tuple(match[1] for match in _FIELD.finditer(self.text))

    def code(self, fields: Mapping[str, str | int]) -> str:
        """The code with these values; numbers are filled with noughts up to their width, and may outgrow it.

        Raises `CodeFieldUnfit`.
        """
        return _FIELD.sub(lambda match: _written(match[1], match[2], fields), self.text)

    def counter_scope(self, fields: Mapping[str, str | int]) -> str:
        """The code with `SCOPE_MARK` for the running number, in which numbers count from 1; raises `CodeFieldUnfit`."""
        running = self.running_field
        marked = _FIELD.sub(lambda match: SCOPE_MARK if match[1] == running else match[0], self.text)
        return _FIELD.sub(lambda match: _written(match[1], match[2], fields), marked)

    def fields(self, code: str) -> Mapping[str, str] | None:
        """The parts of a code by field, numbers as they are written; None for a code that is not of this pattern."""
        match = self._reader.fullmatch(code)
        return match.groupdict() if match else None

    def number(self, code: str) -> int | None:
        """The running number of a code; None for a code that is not of this pattern."""
        parts = self.fields(code)
        return int(parts[self.running_field]) if parts else None

    @cached_property
    def _reader(self) -> re.Pattern[str]:
        pieces, at = [], 0
        for match in _FIELD.finditer(self.text):
            pieces += [re.escape(self.text[at : match.start()]), _reading(match[1], match[2])]
            at = match.end()
        return re.compile("".join([*pieces, re.escape(self.text[at:])]), re.ASCII)


def _check_writing(text: str) -> None:
    if not _FIXED.fullmatch(_FIELD.sub("0", text)):
        raise PatternUnusable(Bilingual("含有档号中不允许的字符", "it holds a character that no code may hold"))
    if _FIELD.search(_FIELD.sub("", text)) or re.search(r"\}\{", text):
        # With nothing between them nobody could tell where one ends, and 1-11 and 11-1 would be one code.
        raise PatternUnusable(Bilingual("两个字段之间没有分隔符", "two fields stand side by side"))
    if re.search(r"\}[A-Za-z0-9.]|[A-Za-z0-9.]\{", text):
        raise PatternUnusable(
            Bilingual("字段与相邻文字之间没有“-”或“·”", "a field is not parted by - or · from the text beside it")
        )


def _written(name: str, width: str | None, fields: Mapping[str, str | int]) -> str:
    value = fields.get(name)
    text = "" if value is None else str(value).translate(_LEVELS)
    if not _VALUE.fullmatch(text) or (name in _NUMBERS and not (text.isdecimal() and len(text) <= MOST_DIGITS)):
        raise CodeFieldUnfit(name, text)
    return text.zfill(int(width)) if width else text


def _reading(name: str, width: str | None) -> str:
    least = width or "1"
    written = f"[0-9]{{{least},{MOST_DIGITS}}}" if name in _NUMBERS else f"[A-Za-z0-9._]{{{least},}}"
    return f"(?P<{name}>{written})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingStyle:
    """A ready-made set of patterns that fit together."""

    code: str
    zh: str
    en: str
    patterns: Mapping[CodeKind, ReferencePattern]


_BOOKKEEPING: Mapping[CodeKind, str] = {
    CodeKind.BOX: "{fonds}-H·{year}-{box:4}",
    CodeKind.TRANSFER: "{fonds}-YJ·{year}-{batch:4}",
    CodeKind.ACCESSION: "{fonds}-JS·{year}-{batch:5}",
}


def _style(code: str, zh: str, en: str, *, volume: str, item: str) -> NumberingStyle:
    texts = {CodeKind.VOLUME: volume, CodeKind.ITEM: item, CodeKind.PAGE: f"{item}-{{page:4}}", **_BOOKKEEPING}
    patterns = {kind: ReferencePattern.parse(kind, text) for kind, text in texts.items()}
    return NumberingStyle(code=code, zh=zh, en=en, patterns=MappingProxyType(patterns))


def _by_volume(code: str, zh: str, en: str, volume: str) -> NumberingStyle:
    return _style(code, zh, en, volume=volume, item=f"{volume}-{{item:3}}")


DEFAULT_STYLE = "volume"
NUMBERING_STYLES: Mapping[str, NumberingStyle] = MappingProxyType(
    {
        style.code: style
        for style in (
            _by_volume(
                DEFAULT_STYLE,
                "按客户、类目、年度立卷",
                "by customer, series and year",
                "{fonds}-{category}·{customer}·{series}·{year}-{volume:3}",
            ),
            _by_volume(
                "volume_with_term",
                "立卷，档号含保管期限",
                "by volume, with the retention term",
                "{fonds}-{category}·{customer}·{series}·{year}·{term}-{volume:3}",
            ),
            _style(
                "by_item",
                "按件整理（DA/T 22-2015）",
                "by item (DA/T 22-2015)",
                volume="{fonds}-{category}·{year}-{term}-{department}-J-{volume:3}",
                item="{fonds}-{category}·{year}-{term}-{department}-{item:4}",
            ),
            _by_volume(
                "da13",
                "按卷整理（DA/T 13-2022）",
                "by volume (DA/T 13-2022)",
                "{fonds}-{category}·{series}·{year}·{term}·{customer}-{volume:3}",
            ),
            _by_volume(
                "collective",
                "按类目、年度统一编卷号",
                "volumes numbered by series and year",
                "{fonds}-{category}·{series}·{year}-{volume:4}",
            ),
        )
    }
)
"""Every style that is shipped, by code."""
DEFAULT_CATEGORY = "KH"
"""门类代码 of customer archives, defined by ourselves; KU, WS, KJ, RS and ZP are taken by the standards."""
