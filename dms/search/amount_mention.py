"""Amounts in running text, in figures and in words, and as a person asks for them.

Invariants:
- An amount is whole fen; a number of another currency is read as the number it is.
- A number without 元, a currency sign or 万 is an amount only if it is written as one (groups of three, two
  decimals) or stands alone, and nothing around it says otherwise.
- Under a table's 单位：万元 a bare number is read in that unit, and in yuan as well, because columns differ.
- What has a minus before it is left aside: it is the opposite of an amount, and a dash may be anything.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from dms.domain.amount import NUMERALS, NUMERALS_MISREAD, in_capitals, parse_capitals, repaired_capitals
from dms.search.figures import (
    AMOUNT_IN_FIGURES,
    CURRENCIES,
    FEN_A_YUAN,
    OPENING,
    SCALES,
    TO_UNIT,
    fen_of,
    is_grouped,
    ordinary_fen,
)
from dms.search.number_context import (
    follows_other_groups,
    goes_on,
    is_count,
    is_labelled,
    is_measured,
    is_part_of_spaced_number,
)

LEAST_DIGITS_BARE = 4
"""An integer that stands alone and has fewer is a count or a page number."""
MOST_DIGITS_BARE = 9
"""One with more is a telephone or an account."""

_SIGN = (
    rf"(?:人民币|{CURRENCIES}|CN[¥￥]|US\$|HK\$|[¥￥$€£])(?:\s?[(（]?[大小][写寫][)）]?)?\s?[:：]?"
    rf"(?:[\s_]{{0,12}}[_{OPENING}])?\s?"
)
_SIGN_BEFORE = re.compile(rf"(?:(?<![A-Za-z]){_SIGN}|(?<![0-9A-Za-z])[Y羊])\Z", re.IGNORECASE)
_SIGN_FIRST = re.compile(rf"\s*{_SIGN}", re.IGNORECASE)
_LONGEST_SIGN = 24
_ENDS_OF_SIGNS = frozenset("¥￥币BbYyDdRrPpFfWw$€£羊:：)） \u3000_【[〔")
_GAPS = frozenset(":：)） \u3000\n")
_SIGNS_BEFORE_GAPS = frozenset("¥￥币BbYyDdRrPpFfWw$€£写寫:：)）_")
_ENDS_OF_AMOUNTS = frozenset("0123456789元圆圓万萬亿億千百-")

_SCALES_OF_MONEY = frozenset({"万亿", "亿", "億", "万", "萬", "百万", "百萬", "千万", "千萬"})
"""Those that no currency need stand with; a thousand or a million may be of anything."""
_NEVER_BEFORE_BARE = frozenset("-_#±Φφ∅№第@")
_NEVER_BEFORE_INTEGER = frozenset("+–—~～〜∼&≥≤<>≈×*，.")
_UNITS_OF_TABLES = ("万元", "亿元", "千元", "萬元", "億元", "仟元", "万 元", "萬 元")
_TABLE_IN_UNITS = re.compile(
    rf"(?:[单單]\s?位\s?[:：]?|[(（](?:[^()（）\n0-9{NUMERALS}]{{0,8}}[,，、:： ])?|[\u4e00-\u9fff](?<![元圆圓])[/／])"
    r"\s?(?:人民币|RMB)?\s?(?P<scale>[百千]?[万萬]|[亿億]|[千仟])\s?[元圆圓](?![/／\u4e00-\u9fff])"
)
_BORDERS = frozenset(" \t\n\u3000|│")
_CELL_ENDS = re.compile(r"[ \t\u3000]*(?:[\n|│]|\Z)|[ \t\u3000]{1,20}[0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_COMPACT_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_LINE_BEGINS = re.compile(r"(?:\A|\n)[ \u3000]*\Z")
_WORD_FOLLOWS = re.compile(r"[ \u3000]*[A-Za-z\u4e00-\u9fff]")

_ONES = "一二三四五六七八九两兩壹弌贰貳弍叁叄參参肆伍陆陸柒捌玖"
_BELOW_YUAN = rf"(?:\s?零?\s?[零{_ONES}]\s?[角毛])?(?:\s?零?\s?[零{_ONES}]\s?分)?(?:\s?[整正鳌])?"
# Vouchers have the units printed; the places before the first that counts are crossed out: ⊗万叁仟伍佰元.
_CROSS, _PLACE = "[⊗⊕⊙◎⊘Ø×✕✗xX¥￥*#@●○]", "[仟佰拾万亿千百十]"
_IN_WORDS = re.compile(
    rf"(?:[{_ONES}十拾廿卅]|零(?=[点點]))(?:(?<![第数數几幾{NUMERALS}].)|(?<={_CROSS}{_PLACE}.)|(?<={_CROSS}\s{_PLACE}\s.))"
    rf"(?:[\s_]{{0,4}}[{NUMERALS}点點{NUMERALS_MISREAD}]){{0,40}}+(?:(?<=[万萬亿億])[0-9]{{1,4}}(?=\s?[元圆圓]))?"
    rf"(?:(?:{TO_UNIT}|\s{{2}})(?P<yuan>[元圆圓园](?![月旦器件素化论])|块钱|块(?=[{_ONES}]\s?[角毛])){_BELOW_YUAN}|\s?(?P<whole>[整正])|(?<=[万萬亿億仟佰拾千百十]))"
)
_UNIT_FOLLOWS = r"\s?(?:[百千]?[万萬]|[亿億])?\s?[元圆圓]"
_BROKEN = re.compile(
    rf"[0-9](?<![0-9A-Za-z.,\-].)(?<![0-9]\s.)"
    rf"(?:[0-9]{{0,2}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]{{1,2}})?{_UNIT_FOLLOWS}"
    rf"|[0-9]{{0,3}}(?:\. | \.)[0-9]{{1,4}}\s?(?:[百千]?[万萬]|[亿億])\s?[元圆圓]?)"
)
_COLLOQUIAL = str.maketrans({"块": "元", "毛": "角", "钱": None} | dict.fromkeys("_【】[]〔〕"))
_FIGURES_AT_END = re.compile("[0-9]{1,4}")
_MYRIADS = frozenset("万萬亿億")
_FORMAL_UNITS = frozenset("佰仟")
_NAME_FOLLOWS = re.compile(r"[\u4e00-\u9fff](?<![整正的以及和至或每])")


IsWanted: TypeAlias = Callable[[int], bool]
"""Whether an amount, in fen, is one of those looked for."""


def _any(_fen: int) -> bool:
    return True


class AmountMention(NamedTuple):
    """An amount that stands at ``[start, end)``, currency sign and unit included."""

    fen: int
    start: int
    end: int


def amounts_in(text: str, is_wanted: IsWanted = _any) -> Iterator[AmountMention]:
    """Every amount of a text whose figures are half-width; those in figures first, then those in words.

    Who wants only some, by their fen, is spared looking around the others for what says that they are no amounts.
    """
    table = _TABLE_IN_UNITS.search(text) if any(map(text.__contains__, _UNITS_OF_TABLES)) else None
    for match in AMOUNT_IN_FIGURES.finditer(text):
        start = match.start()
        is_small = match.lastindex == 1 and match.end() - start < LEAST_DIGITS_BARE
        if not is_small or text[start - 1 : start] in _ENDS_OF_SIGNS:
            amount = _in_figures(match, is_wanted)
            if amount:
                yield amount
        if table and match.lastindex == 1 and start > table.end():
            yield from _in_table(match, SCALES[table["scale"]], is_wanted)
    yield from (amount for amount in _broken(text) if is_wanted(amount.fen))
    for match in _IN_WORDS.finditer(text):
        yield from (amount for amount in _in_words(match) if is_wanted(amount.fen))


def amount_written(text: str) -> int | None:
    """The fen that the whole text writes; None where it is no amount. ``99`` and ``12.5`` are amounts here."""
    bare = _SIGN_FIRST.sub("", text, count=1).strip()
    match = AMOUNT_IN_FIGURES.fullmatch(bare)
    if not match:
        return _words_written(bare)
    return fen_of(match, money=match["unit"] is not None or bare != text)


def _in_figures(match: re.Match[str], is_wanted: IsWanted) -> AmountMention | None:
    text, start = match.string, match.start()
    if match.lastindex == 1:
        # What an ordinary number is worth needs no look around it, and most numbers are not wanted.
        ordinary = ordinary_fen(match.group())
        if ordinary is not None and not is_wanted(ordinary):
            return None
    number, unit, to = match.group("number", "unit", "to")
    if text[start - 1 : start] in _MYRIADS and text[start - 2 : start - 1] in NUMERALS:
        return None  # the rest of an amount in words: 肆拾叁万8000元
    sign = _sign_start(text, start, number)
    is_range = to is not None and (to[-1] not in _MYRIADS or not is_measured(text, match.end("to")))
    marked = sign < start or unit is not None or is_range
    fen = fen_of(match, money=marked)
    if fen is None or not is_wanted(fen):
        return None
    is_amount = (marked or _stands_alone(match)) and not (_is_negative(text, sign) or _is_negative(text, start))
    return AmountMention(fen, sign, match.end()) if is_amount else None


def _in_table(match: re.Match[str], yuan_each: int, is_wanted: IsWanted) -> Iterator[AmountMention]:
    """The amount in the unit of the table that a bare number stands in, besides the one in yuan."""
    text, (start, end), number = match.string, match.span(), match["number"]
    fen = fen_of(match, money=False, yuan_each=yuan_each)
    if fen is None or not is_wanted(fen):
        return
    is_cell = not (_is_marked_off(text, start, number) or is_measured(text, end) or goes_on(text, end))
    is_large = is_grouped(number) or (number.isdecimal() and _is_integer_in_cell(text, start, end))
    is_clause = _LINE_BEGINS.search(text, max(0, start - 4), start) and _WORD_FOLLOWS.match(text, end)
    is_amount = is_cell and (is_large or ("." in number and not is_clause)) and not is_labelled(text, start)
    if is_amount and start == _sign_start(text, start, number):
        yield AmountMention(fen, start, end)


def _sign_start(text: str, start: int, number: str) -> int:
    """Where the currency sign before a number starts; `start` itself where there is none."""
    before = text[start - 1 : start]
    if before not in _ENDS_OF_SIGNS or (before in _GAPS and text[start - 2 : start - 1] not in _SIGNS_BEFORE_GAPS):
        return start
    sign = _SIGN_BEFORE.search(text, max(0, start - _LONGEST_SIGN), start)
    is_doubtful = sign is not None and sign.group() in "Yy羊" and not is_grouped(number)
    return start if sign is None or is_doubtful else sign.start()


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus stands before; after a number or 元 it is the dash of a range."""
    return text[start - 1 : start] == "-" and text[start - 2 : start - 1] not in _ENDS_OF_AMOUNTS


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a number without 元 or currency sign is an amount all the same."""
    text, (start, end), number = match.string, match.span(), match["number"]
    if number.isdecimal() and not match["scale"]:
        return _is_bare_integer(text, start, end)
    if _is_marked_off(text, start, number) or is_measured(text, end):
        return False
    if match["scale"]:
        return match["scale"] in _SCALES_OF_MONEY
    if goes_on(text, end) or is_labelled(text, start):
        return False
    return is_grouped(number) or _has_cents(text, start, end)


def _is_marked_off(text: str, start: int, number: str) -> bool:
    """Whether a sign before a number says that it is no amount; between grouped numbers a dash makes a range."""
    before = text[start - 1 : start]
    is_range = before == "-" and is_grouped(number) and text[start - 2 : start - 1] in _ENDS_OF_AMOUNTS
    return before in _NEVER_BEFORE_BARE and not is_range


def _has_cents(text: str, start: int, end: int) -> bool:
    """Two decimals behind an integer that is neither a clause (``3.10 违约``) nor the year of a month (``2023.05``)."""
    whole, _, decimals = text[start:end].partition(".")
    if len(decimals) != 2 or not whole.isdecimal() or not decimals.isdecimal() or (whole[0] == "0" and whole != "0"):
        return False
    if len(whole) < 3:
        begins_line = _LINE_BEGINS.search(text, max(0, start - 4), start)
        return not (begins_line and _WORD_FOLLOWS.match(text, end))
    return not (_YEAR.fullmatch(whole) and "01" <= decimals <= "12")


def _is_bare_integer(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    return (
        LEAST_DIGITS_BARE <= end - start <= MOST_DIGITS_BARE
        and text[start] != "0"
        and before not in _NEVER_BEFORE_BARE
        and before not in _NEVER_BEFORE_INTEGER
        and not is_count(text, end)
        and not goes_on(text, end)
        and not is_measured(text, end)
        and not _YEAR.fullmatch(text, start, end)
        and not _COMPACT_DAY.fullmatch(text, start, end)
        and not is_labelled(text, start)
        and not follows_other_groups(text, start)
        and not is_part_of_spaced_number(text, start, end)
    )


def _is_integer_in_cell(text: str, start: int, end: int) -> bool:
    """Whether an integer of a table is an amount in its unit; a small one only where it fills its cell."""
    if end - start >= LEAST_DIGITS_BARE:
        return _is_bare_integer(text, start, end)
    begins_line = _LINE_BEGINS.search(text, max(0, start - 4), start)
    fills_cell = (start == 0 or text[start - 1] in _BORDERS) and _CELL_ENDS.match(text, end)
    return text[start] != "0" and fills_cell is not None and not (begins_line and _WORD_FOLLOWS.match(text, end))


def _broken(text: str) -> Iterator[AmountMention]:
    """Amounts that are one only if a blank in them is left out: ``438 000元``, ``43. 8万元``.

    They are read besides what stands on either side of it, for nobody can tell a broken number from two columns.
    """
    for match in _BROKEN.finditer(text):
        fen = amount_written("".join(match.group().split()))
        if fen is not None and not _is_negative(text, match.start()):
            yield AmountMention(fen, _sign_start(text, match.start(), match.group()), match.end())


def _in_words(match: re.Match[str]) -> Iterator[AmountMention]:
    if not _is_worded_amount(match):
        return
    text, start = match.group(), match.start()
    fen = _words_written(text)
    if fen is None:
        # A cell that ends in a numeral and the amount in the next cell look like one number.
        text = match.group().split()[-1]
        start, fen = match.end() - len(text), _words_written(text)
    if fen is not None:
        yield AmountMention(fen, _sign_start(match.string, start, text), match.end())


def _is_worded_amount(match: re.Match[str]) -> bool:
    """Whether numerals name money: by 元, as 大写, or by 万 with nothing counted behind."""
    text, words = match.string, match.group()
    if match["yuan"]:
        return len(words) > 2 or not _NAME_FOLLOWS.match(text, match.end()) or text[match.start() - 1] == "币"
    is_large = not _MYRIADS.isdisjoint(words)
    is_formal = len(words) > 2 and not _FORMAL_UNITS.isdisjoint(words)
    return (is_large or is_formal) and (match["whole"] is not None or not is_measured(text, match.end()))


def _words_written(words: str) -> int | None:
    if not _IN_WORDS.fullmatch(words):
        return None
    in_numerals = _FIGURES_AT_END.sub(lambda figures: in_capitals(Decimal(figures[0])).removesuffix("元整"), words)
    amount = parse_capitals(repaired_capitals(in_numerals.translate(_COLLOQUIAL)))
    return None if amount is None else int(amount * FEN_A_YUAN)
