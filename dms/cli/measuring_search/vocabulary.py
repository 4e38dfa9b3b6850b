"""What is filled into the clauses: goods, places, companies, persons, numbers, days and amounts, many ways written.

Invariant: everything is drawn from one source of chance that is seeded anew for every paper, so that each paper is
the same in every run, whichever were made before it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from random import Random

from dms.cli.measuring_search.words import WORDS

TABLE_BITS = 14
COMPANY_NAMES = 4096
PERSON_NAMES = 4096

MATERIALS = WORDS["materials"]
PRODUCTS = WORDS["products"]
CITIES = WORDS["cities"]
DISTRICTS = WORDS["districts"]
STREETS = WORDS["streets"]
BRANDS_FIRST = WORDS["brands_first"]
BRANDS_SECOND = WORDS["brands_second"]
INDUSTRIES = WORDS["industries"]
ENDINGS = WORDS["endings"]
SURNAMES = WORDS["surnames"]
GIVEN = WORDS["given"]
UNITS = WORDS["units"]
BANKS = WORDS["banks"]
COURTS = WORDS["courts"]
FEW = WORDS["few"]
RARE = "".join(
    bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)
).replace("乾", "")
"""The characters in common use that GB 2312 lists first; 乾 is left out, being the traditional form of another."""

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_NUMERALS = "〇一二三四五六七八九"
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def zipf_table(count: int, *, bits: int = TABLE_BITS, flatness: float = 2.0) -> list[int]:
    """A table of ``2 ** bits`` indexes below `count` in which index i stands about as often as 1 / (i + `flatness`)."""
    size = 1 << bits
    weights = [1 / (rank + flatness) for rank in range(count)]
    share, due = size / sum(weights), 0.0
    table: list[int] = []
    for index, weight in enumerate(weights):
        due += weight * share
        table.extend([index] * (round(due) - len(table)))
    return table


class Vocabulary:
    """Draws what is filled in, by the name of the slot."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        places = [f"{city}{rest}" for rest in ("市", *DISTRICTS) for city in CITIES]
        companies = company_names(COMPANY_NAMES)
        self.slots: Mapping[str, Callable[[], str]] = {
            "goods": self._of([f"{of}{made}" for made, of in product(PRODUCTS, MATERIALS)]),
            "place": self._of(places),
            "company": self._of(companies),
            "person": self._of(person_names(PERSON_NAMES)),
            "street": self._of(STREETS),
            "unit": self._of(UNITS),
            "bank": self._of([f"{bank}{city}分行" for city in CITIES for bank in BANKS]),
            "court": self._of([f"{city}{court}" for city in CITIES for court in COURTS]),
            "few": self._of(FEW),
            "n": self._of([str(number) for number in (30, 15, 10, 7, 3, 60, 5, 90, 12, 20, *range(1, 400))]),
            "percent": self._of(["30%", "5%", "10%", "0.5%", "3‰", "20%", "万分之五", "1‰", "百分之三", "7.5%", "95%"]),
            "year": self._of([str(year) for year in range(2026, 2004, -1)]),
            "amount": self._amount,
            "capital": self._capital,
            "price": self._price,
            "date": self._day,
            "phone": lambda: f"1{chance.randrange(30, 100)}{chance.getrandbits(26):08d}"[:11],
            "account": lambda: f"6222{chance.getrandbits(48):015d}"[:19],
            "identity": lambda: f"34{chance.getrandbits(52):016d}"[:18],
            "uscc": lambda: f"91{chance.getrandbits(20):07d}"[:8] + "".join(chance.choices(_CODE, k=10)),
            "code": self._code,
            "no": lambda: contract_number(chance),
        }

    def rare(self) -> str:
        """A stretch of mixed characters that hardly stands anywhere else."""
        count = 6 + self._chance.getrandbits(3)
        return "".join(self._chance.choices(RARE, k=count)) + self._code()

    def _of(self, words: Sequence[str]) -> Callable[[], str]:
        table, bits = zipf_table(len(words)), self._chance.getrandbits
        drawn = [words[index] for index in table]
        return lambda: drawn[bits(TABLE_BITS)]

    def _yuan(self) -> int:
        bits = self._chance.getrandbits
        return (1 + bits(10)) * (1, 10, 100, 1000, 10_000, 5)[bits(20) % 6]

    def _amount(self) -> str:
        yuan, form = self._yuan(), self._chance.getrandbits(3)
        if form < 3:
            return f"{yuan}元"
        if form < 5:
            return f"{yuan:,}.00元"
        if form == 5:
            return f"人民币{capitals(yuan)}元整"
        return f"{yuan / 10_000:g}万元" if yuan >= 10_000 else f"¥{yuan}.{self._chance.getrandbits(6):02d}"

    def _capital(self) -> str:
        return f"{capitals(self._yuan())}元整"

    def _price(self) -> str:
        return f"{self._chance.getrandbits(11)}.{self._chance.getrandbits(6):02d}"

    def _day(self) -> str:
        bits = self._chance.getrandbits
        year, month, day, form = 2008 + bits(20) % 19, 1 + bits(16) % 12, 1 + bits(16) % 28, bits(3)
        if form < 4:
            return f"{year}年{month}月{day}日"
        if form < 6:
            return f"{year}-{month:02d}-{day:02d}"
        return f"{year}.{month}.{day}" if form == 6 else f"{han_year(year)}年{han_number(month)}月{han_number(day)}日"

    def _code(self) -> str:
        bits = self._chance.getrandbits
        return f"{_CODE[10 + bits(4)]}{_CODE[10 + bits(4)].lower()}{bits(13)}-{bits(10)}"


def company_names(count: int) -> list[str]:
    """So many different names of companies, the same in every run."""
    chance = Random(count)  # noqa: S311 -- papers that are invented keep no secret
    every = _companies(chance)
    return list(islice(dict.fromkeys(islice(every, count * 2)), count))


def _companies(chance: Random) -> Iterator[str]:
    while True:
        brand = chance.choice(BRANDS_FIRST) + chance.choice(BRANDS_SECOND)
        yield f"{chance.choice(CITIES)}{brand}{chance.choice(INDUSTRIES)}{chance.choice(ENDINGS)}"


def person_names(count: int) -> list[str]:
    """So many names of persons, the same in every run."""
    chance = Random(count)  # noqa: S311 -- papers that are invented keep no secret
    return [
        chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=1 + (chance.random() < 0.8))) for _ in range(count)
    ]


def contract_number(chance: Random) -> str:
    """A number in one of the forms that companies use."""
    year, serial = 2010 + chance.randrange(17), chance.randrange(1, 5000)
    form = chance.choice(("HT-{0}-{1:04d}", "XS({0})第{1:04d}号", "CG/{0}/{1:05d}", "{0}-{1:03d}-WX", "ZL{0}{1:04d}"))
    return form.format(year, serial)


def capitals(yuan: int) -> str:
    """A positive number of yuan below 100,000,000 in the capitals of financial papers, without 元."""
    high, low = divmod(yuan, 10_000)
    if not high:
        return _capitals_below_10000(low)
    joint = "零" if 0 < low < 1000 else ""
    return f"{_capitals_below_10000(high)}万{joint}{_capitals_below_10000(low) if low else ''}"


def _capitals_below_10000(number: int) -> str:
    written, pending = "", False
    for unit, size in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            written += ("零" if pending and written else "") + _CAPITALS[digit] + unit
        pending = not digit
    return written


def han_year(year: int) -> str:
    """二〇二三 for 2023."""
    return "".join(_NUMERALS[int(digit)] for digit in str(year))


def han_number(number: int) -> str:
    """A number from 1 to 99 as it stands in a date: 五, 十八, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones else "")
