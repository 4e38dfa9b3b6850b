"""Amounts in figures: how they are written, and what they are worth in fen.

Invariants:
- Every repetition in the pattern is bounded or possessive, and a number is entered at its first character only, so a
  page of nothing but digits takes time in proportion to its length.
- A letter is read as the digit it looks like only in a number that is money beyond doubt.
"""

import re
from decimal import Decimal

from dms.domain.amount import LARGEST_AMOUNT, NUMERALS

FEN_A_YUAN = 100
MOST_FEN = int(LARGEST_AMOUNT * FEN_A_YUAN)

SCALES = {
    "万亿": 10**12, "亿": 10**8, "億": 10**8, "千万": 10**7, "千萬": 10**7, "百万": 10**6, "百萬": 10**6,
    "万": 10**4, "萬": 10**4, "千": 10**3, "仟": 10**3, "百": 100, "佰": 100, "": 1,
    "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip

CURRENCIES = "RMB|CNY|USD|EUR|HKD|GBP|JPY|AUD|CAD|SGD|CHF|TWD|MOP|KRW"
"""Codes of currencies, which stand before a number or behind it, with or without a blank."""
OPENING, CLOSING = r"【\[〔", r"】\]〕"
"""What a pattern of a contract has around the place of a value; for character classes."""

_ENTRY = (
    r"[0-9Il](?:(?<![0-9A-Za-z/].)(?<![0-9A-Za-z]\..)(?<![0-9][,:：].)"
    rf"|(?<=[A-Za-z].)(?<=(?<![A-Za-z])(?ai:{CURRENCIES}).)|(?<=Y.)(?<![0-9A-Za-z]Y.)"
    r"|(?<=[0-9]\.[0-9]{2}.)(?=[0-9]{0,2},[0-9]{3}))"
)
_GLYPH = "[0-9OoQDIlSB]"
# OCR loses the gap between two columns; the next amount then begins right behind the two decimals.
_CENTS = (
    r"(?:\.[0-9Oo]{2}(?=[0-9]{1,3},[0-9]{3})|\.[0-9Oo]{1,2}(?![0-9])|\s?\.\s?[0-9Oo]{2}(?![0-9日天个年月%])"
    r"|[,。][0-9]{2}(?=\s?[元圆圓]|[)）]|\s*\Z))"
)
_COMMA_OR_POINT = rf"(?:\s{{0,2}}[,，]\s{{0,2}}|[.'](?!{_GLYPH}{{3}},[0-9]{{3}}))"
_GROUPED = rf"{_GLYPH}{{0,2}}(?:{_COMMA_OR_POINT}{_GLYPH}{{3}}){{1,5}}+(?![0-9]){_CENTS}?"
_SPACED = r"(?:(?<=[¥￥].)|(?<=[¥￥] .))[0-9]{0,2}(?: [0-9]{3}){1,4}+(?![0-9])(?:\.[0-9]{1,2}(?![0-9]))?"
_PLAIN = r"[0-9OoIl]*+(?:\.[0-9Oo]{1,6}+)?"
_SCALE = r"万亿|[亿億]|[百千]?[万萬]|[千仟百佰]|(?ai:thousand|million|billion)\b"
_TO = (
    r"\s?(?:[-–—~～〜∼]{1,2}|至|到)\s?[0-9][0-9,]{0,14}(?:\.[0-9]{1,4})?\s?"
    rf"(?P<to_scale>{_SCALE})?+(?:\s?[元圆圓]|(?<=[万萬亿億]))"
)
_ONE = "[0-9零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_MORE = (
    r"(?:零?(?:[0-9]{1,4}(?:\.[0-9]{1,4})?|[一二三四五六七八九两壹贰貳叁肆伍陆陸柒捌玖])"
    r"(?:[拾十佰百仟千]?[万萬]|[拾十佰百仟千]|(?=\s?[元圆圓]))){1,7}"
)
TO_UNIT = rf"\s?(?:[_{CLOSING}][\s_]{{0,12}})?"
"""What may stand between a number and its unit: a blank, the rest of a line of a form, the end of a bracket."""
_UNIT = (
    rf"(?:[美欧港日澳加韩新]?[元圆圓](?![月旦器件素])|人民币元?|块钱|(?ai:yuan|{CURRENCIES})\b|美金|港币|英镑|欧元|瑞士法郎"
    rf"|块(?=\s?{_ONE}\s?[角毛]))"
)
# Most numbers of a page are parts of dates and counts; leaving them to the pattern saves half of the time.
_IS_NO_AMOUNT = r"(?![年月日条條号號%‰]|-[0-9]{1,2}(?![0-9.,万萬亿億千百元]))"

AMOUNT_IN_FIGURES = re.compile(
    rf"(?P<number>{_ENTRY}(?:{_SPACED}|{_GROUPED}|{_PLAIN}))"
    rf"(?:(?=(?P<to>{_TO}))|(?:{TO_UNIT}(?P<scale>{_SCALE})(?P<more>{_MORE})?)?"
    rf"(?:{TO_UNIT}(?P<unit>{_UNIT})(?:\s?零?(?P<jiao>{_ONE})\s?[角毛])?(?:\s?零?(?P<fen>{_ONE})\s?分)?(?:\s?[整正])?)?"
    rf"{_IS_NO_AMOUNT})"
)
"""A number with what follows it: the further end of a range, a scale (万), more (8千), a unit, 角 and 分."""

_ORDINARY = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,2})?|[0-9]{1,16}(?:\.[0-9]{1,2})?")
_LONGEST_NUMBER = 40
"""Characters, blanks and separators among them; `int` would refuse a page of digits with an error."""
_TO_DIGITS = str.maketrans("OoQDIlSB", "00001158", " \t\n\r\u3000\u00a0")
_SEPARATORS = re.compile(r"[,，.。']")
_LETTER = re.compile("[A-Za-z]")
_PARTS = re.compile(rf"[0-9.]+|[{NUMERALS}]")
_END_OF_RANGE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_ONES = {character: index % 10 for index, character in enumerate("0123456789零一二三四五六七八九零壹贰叁肆伍陆柒捌玖")}
_ONES |= {"两": 2, "貳": 2, "陸": 6}
_MYRIAD, _HUNDRED_MILLION = 10**4, 10**8


def fen_of(match: re.Match[str], *, money: bool, yuan_each: int = 1) -> int | None:
    """What a match of `AMOUNT_IN_FIGURES` is worth; None where it is not whole fen, or more than money can be.

    `money` says that a currency sign or unit leaves no doubt. OCR takes comma and point for each other: of money the
    last group decides, two digits are cents and three are thousands. `yuan_each` is the unit of a table.
    """
    number, scale_name, to, more, jiao, fen = match.group("number", "scale", "to", "more", "jiao", "fen")
    ordinary = None if yuan_each > 1 or scale_name or to or jiao or fen else ordinary_fen(number)
    if ordinary is not None:
        return ordinary if ordinary <= MOST_FEN else None
    scale = SCALES[(scale_name or (match["to_scale"] if to else None) or "").lower()]
    yuan = _decimal(number, money=money, scaled=scale > 1)
    if yuan is None:
        return None
    if more:
        yuan = _with_units(yuan, scale_name + more)
    else:
        yuan *= scale if not to or yuan < _end_of_range(to) else 1
    total = yuan * yuan_each * FEN_A_YUAN + 10 * _ONES[jiao or "0"] + _ONES[fen or "0"]
    return int(total) if total <= MOST_FEN and total == int(total) else None


def ordinary_fen(number: str) -> int | None:
    """What plain digits are worth, with commas for thousands and up to two decimals; None for any other writing."""
    if not _ORDINARY.fullmatch(number):
        return None
    whole, _, cents = number.replace(",", "").partition(".")
    return int(whole) * FEN_A_YUAN + int((cents + "00")[:2])


def is_grouped(number: str) -> bool:
    """Whether a number as written has commas for thousands."""
    return "," in number or "，" in number


def _decimal(number: str, *, money: bool, scaled: bool) -> int | Decimal | None:
    """The number that separated digits write; None where nothing vouches for what would have to be assumed."""
    if len(number) > _LONGEST_NUMBER:
        return None
    plain = number.translate(_TO_DIGITS)
    groups, marks = _SEPARATORS.split(plain), _SEPARATORS.findall(plain)
    has_decimals = bool(marks) and (len(groups[-1]) != 3 or (marks == ["."] and (scaled or not money)))
    thousands = marks[:-1] if has_decimals else marks
    if not money and not _is_beyond_doubt(number, thousands, has_decimals=has_decimals):
        return None
    whole = "".join(groups[:-1] if has_decimals else groups)
    return Decimal(f"{whole}.{groups[-1]}") if has_decimals else int(whole)


def _is_beyond_doubt(number: str, thousands: list[str], *, has_decimals: bool) -> bool:
    """Whether a number that no unit calls money has commas for thousands, and letters only where all else fits."""
    misread = _LETTER.search(number) is not None
    return not ("." in thousands or "'" in thousands) and (not misread or (bool(thousands) and has_decimals))


def _end_of_range(written: str) -> Decimal:
    found = _END_OF_RANGE.search(written)
    return Decimal(found.group().replace(",", "")) if found else Decimal(0)


def _with_units(first: int | Decimal, parts: str) -> int | Decimal:
    """The number that goes on in units, figures and numerals: 4 and ``亿3千8百万``, 43 and ``万捌仟``."""
    total: int | Decimal = 0
    section: int | Decimal = 0
    number: int | Decimal = first
    for part in _PARTS.findall(parts):
        unit = SCALES.get(part, 10 if part in "十拾" else 0)
        if unit == _HUNDRED_MILLION:
            total, section, number = (total + section + number) * unit, 0, 0
        elif unit == _MYRIAD:
            total, section, number = total + (section + number) * unit, 0, 0
        elif unit:
            section, number = section + number * unit, 0
        else:
            number = Decimal(part) if part[0].isascii() else _ONES[part]
    return total + section + number
