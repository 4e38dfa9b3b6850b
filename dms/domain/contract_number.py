"""Contract numbers as companies write them: `HT-2023-00871`, `皖江采字2021第087号`, `（2024）苏买第12号`.

What always holds:
- `canonical_number` is how a number is shown and stored, `folded_number` how two are compared.
- Digits are never guessed: a look-alike letter becomes a digit only inside a group that can only be digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dms.domain.glyph import fold_case, fold_width

_OPEN, _CLOSE = r"[(\[〔【]", r"[)\]〕】]"
_YEAR = r"(?:19|20)[0-9OIl]{2}"
_BRACKETED_YEAR = rf"{_OPEN}\s?{_YEAR}\s?{_CLOSE}"
_JOINT = r"\s?[-/_.#]\s?"
# Function words end the run of Han characters that can belong to a number, or it would swallow the sentence before.
_HAN = r"[\u4e00-\u9fff]"
_NUMBER_HAN = r"[^\W\da-zA-Z_的为了与对于及和按据照同见依订由自就号第]"

_SHAPES = (
    rf"{_NUMBER_HAN}{{1,6}}(?:{_BRACKETED_YEAR}|{_YEAR}年?)字?第?[A-Z]{{0,3}}-?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?号",
    rf"{_NUMBER_HAN}{{1,6}}字第[0-9]{{3,10}}(?:-[0-9]{{1,4}})?号",
    rf"(?:{_BRACKETED_YEAR}|(?<![0-9]){_YEAR}年?(?={_NUMBER_HAN}{{1,8}}字)){_NUMBER_HAN}{{1,8}}[A-Z]{{0,3}}第?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?号",
    rf"(?<![A-Z0-9\-/.])[A-Z]{{1,8}}-?{_BRACKETED_YEAR}字?-?第?[A-Z]{{0,3}}-?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?号?",
    r"(?<![A-Z0-9\-/.])[A-Z]{1,6}字?第?[0-9]{3,}第?[0-9]*号",
    rf"(?<![A-Z0-9\-/.])[A-Z][A-Z0-9]{{0,11}}(?:{_JOINT}[A-Z0-9]{{1,12}}){{1,5}}(?:\([0-9]{{1,6}}\))?",
    r"(?<![A-Z0-9\-/.])[A-Z]{1,6}[0-9]{6,14}(?![A-Z0-9])",
    rf"(?<![A-Z0-9\-/.]){_YEAR}(?:{_JOINT}[A-Z0-9]{{1,8}}){{0,2}}{_JOINT}[0-9]{{2,6}}",
)
_BY_SHAPE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))

_LABELLED = (
    r"[A-Z0-9\u4e00-\u9fff\-/()\[\]〔〕【】]{2,36}?[0-9)\]〕】]号",
    rf"[A-Z0-9]+(?:{_JOINT}[A-Z0-9]+|-?{_OPEN}[A-Z0-9]+{_CLOSE}-?[A-Z0-9]*)*",
    rf"{_HAN}{{1,8}}-?(?:{_BRACKETED_YEAR})?-?[A-Z0-9]+(?:{_JOINT}[A-Z0-9]+)*",
    rf"{_OPEN}{_YEAR}{_CLOSE}-?[A-Z0-9]+(?:{_JOINT}[A-Z0-9]+)*",
)
_AT_LABEL = tuple(re.compile(shape) for shape in _LABELLED)

_STANDARD = re.compile(r"(?:GB|GBT|JB|HG|ISO|IEC|DL|YB|QB|SH|JGJ|CJ|TB|YY|NB|DIN|ASTM)(?:/?[TZ])?[-/\s]?[0-9.\-]+")
_MODEL_FORM = re.compile(r"GF-?(?:19|20)[0-9]{2}-?[0-9]{4}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}\s?[-/.]\s?[01]?[0-9]\s?[-/.]\s?[0-3]?[0-9]")
_CASE = re.compile(r"[民刑行商执][^号]{0,3}[初终再字]|裁字|仲字|证[^号]{0,3}字|函字")
"""Numbers of courts, arbitrators, notaries and law firms."""
_OTHER_PREFIX = re.compile(r"(?:NO|TEL|FAX|QQ|MA|WWW|HTTP)\b")
_FOREIGN_WORD = re.compile(
    r"日期|时间|地点|名称|单位|编号|金额|数量|电话|账号|帐号|[甲乙供需买卖]方|见附|签订|的|补充|页"
)

_DASH_BRACKETS = str.maketrans("[]〔〕【】{}〈〉", "()()()()()")
_LONGEST_NUMBER = 80
"""Characters after a label in which its number has to end."""
_INNER_DIGITS = str.maketrans("OoQDIl|SZB", "0000111528")
_CONFUSED = str.maketrans("OQDILSZBG", "000115286")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFound:
    """A contract number that stands at ``[start, end)`` of a text; `value` is canonical."""

    start: int
    end: int
    value: str


def canonical_number(text: str) -> str:
    """The number as it is shown: half-width, upper case, one kind of dash, no spaces.

    Round brackets are full-width in a number with Chinese characters. A closing 号 belongs to a number written with 字,
    第 or brackets and is dropped from one of letters and digits alone.
    """
    number = re.sub(r"\s", "", fold_width(text)).upper()
    if re.fullmatch(r"[A-Z0-9\-/_.#]+号", number):
        number = number[:-1]
    if re.search(_HAN, number.removesuffix("号")):
        number = number.replace("(", "（").replace(")", "）")
    return number


def folded_number(text: str) -> str:
    """The form in which two numbers are compared: NFKC, upper case, no spaces, brackets and dashes of one kind."""
    return canonical_number(text).translate(_DASH_BRACKETS).translate(str.maketrans("（）_", "()-"))


def look_alike_key(text: str) -> str:
    """A key that is equal for two numbers that differ only in characters which a reader confuses (O and 0, B and 8)."""
    return folded_number(text).translate(_CONFUSED)


def repaired_number(text: str) -> str:
    """The canonical number with look-alikes made digits in the groups that can only be digits; else as read.

    ``XS-2O24-O551`` becomes ``XS-2024-0551``; the suffix of ``XS-2024-0551-B1`` and every first group stay.
    """
    groups = re.split(r"([-/_.#])", re.sub(r"\s", "", fold_width(text)))
    return canonical_number(groups[0] + "".join(map(_repaired_group, groups[1:])))


def find_numbers(text: str) -> tuple[NumberFound, ...]:
    """Everything in the text that has the shape of a contract number; no days, standards or case numbers."""
    return tuple(_by_shape(fold_case(text)))


def number_at(text: str, start: int) -> NumberFound | None:
    """The number that begins at `start`, right after a label that announces one: more shapes than `find_numbers`."""
    window = fold_case(text[start : start + _LONGEST_NUMBER])
    matches = (shape.match(window) for shape in _AT_LABEL)
    return next((_kept(m, start) for m in matches if m and _can_be_labelled(m.group())), None)


def _by_shape(folded: str) -> Iterator[NumberFound]:
    for match in _BY_SHAPE.finditer(folded):
        digits = sum(map(str.isdigit, match.group()))
        other = _DAY.match(match.group()) or _CASE.search(match.group()) or _is_other_number(match.group())
        if digits >= 2 and not other:
            yield _kept(match)


def _kept(match: re.Match[str], offset: int = 0) -> NumberFound:
    value = canonical_number(match.group())
    return NumberFound(start=offset + match.start(), end=offset + match.end(), value=value)


def _can_be_labelled(number: str) -> bool:
    digits = sum(map(str.isdigit, number))
    return digits >= 2 and len(number) >= 3 and not _FOREIGN_WORD.search(number) and not _is_other_number(number)


def _is_other_number(number: str) -> bool:
    return bool(
        _STANDARD.fullmatch(number)
        or _MODEL_FORM.match(number)
        or _DAY.fullmatch(number)
        or _OTHER_PREFIX.match(number)
    )


def _repaired_group(group: str) -> str:
    digits = sum(map(str.isdigit, group))
    inner = group.translate(_INNER_DIGITS)
    if digits < 2 or not inner.isdigit() or digits * 2 < len(group):
        return group
    # A leading B, S or Z may be a code of its own (B001); only what becomes a year is taken for a digit there.
    leading_letter = group[0] in "BSZQD" and not (len(group) == 4 and inner.startswith(("19", "20")))
    return group if leading_letter else inner
