"""Amounts of money as papers write them: in figures (¥372,280.00, 43.8万元) and in capitals (叁拾柒万贰仟贰佰捌拾元整).

What always holds:
- An amount is a `Decimal` in yuan, exact; no binary fraction ever touches it.
- Capitals are read by their grammar from the greatest unit to the smallest; what breaks it is not an amount.
- Nothing above `LARGEST_AMOUNT` is money; it is some other number, or many numbers without their spaces.
- A look-alike (任 for 仟) is accepted only inside a run of capitals, and said (`plain` is False).

The writing rules follow 支付结算办法 (1997) annex 1, 正确填写票据和结算凭证的基本规定, for amounts below 10^16 yuan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dms.domain.glyph import fold_width

_DIGITS = dict(
    zip("零〇○壹一弌贰二貳弍两兩叁三叄參参肆四伍五陆六陸柒七捌八玖九", "000111222222333334455666778899", strict=True)
)
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
# What a capital numeral under a seal is read as, and the numeral that it then is.
_LOOK_ALIKES = str.maketrans("任什伯武抬恰给津拐别玫政染壶叶园鳌方", "仟仟佰贰拾拾拾肆捌捌玖玖柒壹仟元整万")
_SPELLINGS = str.maketrans(
    {"萬": "万", "億": "亿", "圓": "元", "圆": "元", "正": "整", "點": "点", "廿": "二十", "卅": "三十"}
)

NUMERALS = "零〇○壹一弌贰二貳弍两兩叁三叄參参肆四伍五陆六陸柒七捌八玖九拾十廿卅佰百仟千万萬亿億"
"""Every character that Chinese numbers are written with: everyday, capital, traditional."""
NUMERALS_MISREAD = "任什伯武抬恰给津拐别玫政染壶叶方"
"""What a numeral under a seal is read as; to be taken for one among capitals only, see `repaired_capitals`."""
# What follows a numeral and one foreign character is the rest of a capital amount with a misread character.
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟万亿零"
_CAPITALS = re.compile(
    rf"(?<![第{NUMERALS}])(?<![{_FORMAL}][\u4e00-\u9fff])[{NUMERALS}][{NUMERALS}{NUMERALS_MISREAD}\s]*[元圆圓园]"
    rf"(?:\s*零?\s*[{NUMERALS}]\s*角)?(?:\s*零?\s*[{NUMERALS}]\s*分)?(?:\s*[整正鳌])?"
    rf"|(?<![第{NUMERALS}])[壹贰叁肆伍陆柒捌玖][{NUMERALS}{NUMERALS_MISREAD}]*[拾佰仟万亿萬億](?=[整正])[整正]"
)
_CURRENCY = r"(?:人民币|RMB|CNY|[¥￥羊]|(?<![0-9A-Z])Y)"
_FIGURES = re.compile(
    rf"(?:(?P<mark>(?:(?<![0-9A-Za-z一-龥])-\s?)?{_CURRENCY}\s?:?\s?(?:-\s?)?)|(?<![0-9A-Za-z\-/])(?<![0-9][.,]))"
    r"(?P<number>[0-9]{1,3}(?:\s?[,.、'][\s]?[0-9]{3})+(?:\s?[.,]\s?[0-9]{1,2})?(?![0-9])"
    r"|[0-9]{1,3}(?:\s[0-9]{3})+(?:\.[0-9]{1,2})?(?![0-9])"
    r"|[0-9]+(?:\.[0-9]+)?)"
    r"(?![0-9A-Za-z%\-/])(?:\s*(?P<scale>万亿|亿|百万|万|千|萬|億))?(?P<unit>\s*(?:人民币)?[元圆圓])?"
)
_SCALES = {"万亿": 10**12, "亿": 10**8, "億": 10**8, "百万": 10**6, "万": 10**4, "萬": 10**4, "千": 10**3}
_CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal("9999999999999999.99")


class AmountForm(StrEnum):
    """How an amount is written."""

    FIGURES = "figures"
    CAPITALS = "capitals"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFound:
    """An amount in yuan that stands at ``[start, end)`` of a text."""

    start: int
    end: int
    amount: Decimal
    form: AmountForm
    marked: bool
    """Whether a currency sign or 元 says that it is money; capitals always are."""
    plain: bool
    """False when a look-alike character or a doubtful separator had to be interpreted."""


def canonical_amount(amount: Decimal) -> str:
    """A plain decimal without separators, at least two decimals: ``438000.00``."""
    cents = amount.quantize(_CENT)
    return f"{cents if cents == amount else amount.normalize():f}"


def is_amount(value: Decimal) -> bool:
    """Whether it can be an amount of money: a number of whole fen, no further from nought than `LARGEST_AMOUNT`."""
    return value.is_finite() and abs(value) <= LARGEST_AMOUNT and value == value.quantize(_CENT)


def find_amounts(text: str) -> tuple[AmountFound, ...]:
    """Every number that can be money, in figures or capitals, in the order of the text."""
    folded = fold_width(text)
    found = [*_capitals_in(folded), *_figures_in(folded)]
    return tuple(sorted(found, key=lambda f: f.start))


def parse_amount(text: str) -> Decimal | None:
    """The amount that the whole text writes, in figures or in capitals, or None."""
    folded = fold_width(text).strip()
    capitals = parse_capitals(folded.removeprefix("人民币"))
    if capitals is not None:
        return capitals
    return next((f.amount for f in _figures_in(folded) if (f.start, f.end) == (0, len(folded))), None)


def repaired_capitals(text: str) -> str:
    """The text with each character that a misread capital numeral looks like replaced by the numeral."""
    return text.translate(_LOOK_ALIKES)


def parse_capitals(text: str) -> Decimal | None:
    """The amount written in Chinese numerals, 大写 or everyday ones; None where their grammar is broken.

    ``四十三点八万元`` and the printed places of vouchers (``肆万零仟零佰零拾零元零角零分``) read as well.
    """
    plain = re.sub(r"\s", "", text).translate(_SPELLINGS)
    match = re.fullmatch(r"(?:([^元角分整]+)(?:元|(?=整)|$))?零?(?:(.)角)?零?(?:(.)分)?整?", plain)
    if not match or not plain:
        return None
    whole = _number(match[1]) if match[1] else Decimal(0)
    small = [_DIGITS.get(part) if part else "0" for part in match.group(2, 3)]
    if whole is None or None in small or not any(match.groups()):
        return None
    amount = whole + Decimal(f"0.{small[0]}{small[1]}")
    return amount if is_amount(amount) else None


def in_capitals(amount: Decimal) -> str:
    """The amount in capitals as vouchers want it, such as ``壹拾万柒仟元零叁分``.

    `ValueError` for an amount below nought or from 10^16 on.
    """
    if not 0 <= amount < 10**16:
        raise ValueError(f"an amount between 0 and 10^16 was expected, not {amount}")
    cents = int(amount.quantize(_CENT) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    tail = f"{_capital(jiao)}角" if jiao else ""
    tail += f"{_capital(fen)}分" if fen else ("" if tail else "整")
    if not yuan:
        return tail if jiao or fen else "零元整"
    return f"{_yuan_in_capitals(yuan)}元{'零' if fen and not jiao else ''}{tail}"


def _capital(digit: int) -> str:
    return "零壹贰叁肆伍陆柒捌玖"[digit]


def _yuan_in_capitals(yuan: int) -> str:
    """A whole number above nought, split at 亿 and then at 万; one 零 for each gap of noughts."""
    for power, name in ((8, "亿"), (4, "万")):
        high, low = divmod(yuan, 10**power)
        if high:
            gap = "零" if 0 < low < 10 ** (power - 1) else ""
            return _yuan_in_capitals(high) + name + gap + (_yuan_in_capitals(low) if low else "")
    return _group_in_capitals(yuan)


def _group_in_capitals(group: int) -> str:
    digits = f"{group:04d}"
    written = "".join(
        "零" if d == "0" else _capital(int(d)) + u for d, u in zip(digits, ("仟", "佰", "拾", ""), strict=True)
    )
    return re.sub("零+", "零", written).strip("零")


def _number(numerals: str) -> Decimal | None:
    """The number written in `numerals`, with a decimal point 点 or without."""
    before, point, after = numerals.partition("点")
    if not point:
        whole = _whole_number(numerals)
        return None if whole is None else Decimal(whole)
    decimals = after.rstrip("万亿")
    scale = Decimal(10) ** sum({"万": 4, "亿": 8}[name] for name in after[len(decimals) :])
    whole = _whole_number(before)
    if whole is None or not decimals or not set(decimals) <= set(_DIGITS):
        return None
    return Decimal(f"{whole}.{''.join(_DIGITS[c] for c in decimals)}") * scale


def _whole_number(numerals: str) -> int | None:
    """The number written in `numerals`, split at 亿, then at 万, so that 万亿 reads as well."""
    for name, value in (("亿", 10**8), ("万", 10**4)):
        before, found, after = numerals.rpartition(name)
        if found:
            return _joined(_whole_number(before), value, _whole_number(after) if after else 0)
    return _section(numerals)


def _joined(high: int | None, value: int, low: int | None) -> int | None:
    if high is None or low is None or low >= value:
        return None
    return high * value + low


def _section(numerals: str) -> int | None:
    """A number below 10,000 whose units go down; a leading 拾 stands for ten; None for anything else."""
    total, ceiling = 0, 10_000
    digit: int | None = None
    for c in numerals:
        if c in _UNITS:
            if _UNITS[c] >= ceiling or (digit is None and not (c in "拾十" and ceiling == 10_000)):
                return None
            ceiling = _UNITS[c]
            total, digit = total + (1 if digit is None else digit) * ceiling, None
        elif c not in _DIGITS or digit:
            return None
        else:
            digit = int(_DIGITS[c])
    return total + (digit or 0) if numerals else None


def _capitals_in(text: str) -> Iterator[AmountFound]:
    for match in _CAPITALS.finditer(text):
        repaired = repaired_capitals(match.group())
        amount = parse_capitals(repaired)
        if amount is not None:
            yield AmountFound(
                start=match.start(),
                end=match.end(),
                amount=amount,
                form=AmountForm.CAPITALS,
                marked=True,
                plain=repaired == match.group(),
            )


def _figures_in(text: str) -> Iterator[AmountFound]:
    for match in _FIGURES.finditer(text):
        marked = bool(match["mark"] or match["unit"])
        amount, plain = _figures(match["number"], money=marked, scale=_SCALES.get(match["scale"] or "", 1))
        if amount > LARGEST_AMOUNT:
            continue
        yield AmountFound(
            start=match.start(),
            end=match.end(),
            amount=-amount if "-" in (match["mark"] or "") else amount,
            form=AmountForm.FIGURES,
            marked=marked,
            plain=plain,
        )


def _figures(number: str, *, money: bool, scale: int) -> tuple[Decimal, bool]:
    """The value of grouped digits, and whether the separators left no doubt.

    OCR swaps comma and point, so the length of the last group decides: two digits are cents, three are thousands.
    ``438.000`` alone is thousands only where it is money and no 万 follows.
    """
    groups = re.split(r"\s?[,.、'\s]\s?", number)
    marks = re.findall(r"[,.、']|\s", number)
    decimal = len(groups) > 1 and (len(groups[-1]) != 3 or (marks == ["."] and (scale > 1 or not money)))
    whole, fraction = ("".join(groups[:-1]), groups[-1]) if decimal else ("".join(groups), "0")
    expected = [","] * (len(groups) - 1 - decimal) + ["."] * decimal
    return Decimal(f"{whole}.{fraction}") * scale, marks == expected
