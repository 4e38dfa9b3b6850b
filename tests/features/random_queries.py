"""Searches that people might make, at random: passages, operators, fields, filters, orders, what was typed so far."""

from collections.abc import Callable, Sequence
from random import Random

from dms.search import Grouping, SearchRequest, SearchSort

Draw = Callable[[Random, Sequence[str]], str]


def passage(chance: Random, texts: Sequence[str], *, longest: int = 12) -> str:
    """A stretch of some text."""
    text = chance.choice(texts)
    start = chance.randrange(len(text))
    return " ".join(text[start : start + chance.randint(1, longest)].split()) or "合同"


def _quoted(chance: Random, texts: Sequence[str]) -> str:
    return f'"{passage(chance, texts)}"'


def _combined(chance: Random, texts: Sequence[str]) -> str:
    sign = chance.choice(["", "AND", "OR", "NOT", "或", "非"])
    return f"{passage(chance, texts, longest=3)} {sign} {passage(chance, texts, longest=3)}"


def _grouped(chance: Random, texts: Sequence[str]) -> str:
    return f"{_quoted(chance, texts)} AND ({_combined(chance, texts)})"


def _near(chance: Random, texts: Sequence[str]) -> str:
    sign = chance.choice(["NEAR/10", "近/5", "BEFORE/30", "先/8", "NEAR"])
    return f"{passage(chance, texts, longest=2)} {sign} {passage(chance, texts, longest=2)}"


def _wild(chance: Random, texts: Sequence[str]) -> str:
    sign = chance.choice("*?")
    return f"{passage(chance, texts, longest=2)}{sign}{passage(chance, texts, longest=2)}"


def _tolerant(chance: Random, texts: Sequence[str]) -> str:
    found = list(passage(chance, texts, longest=12))
    found[chance.randrange(len(found))] = chance.choice("合己末日千")
    return f'"{"".join(found)}"~'


def _in_a_field(chance: Random, texts: Sequence[str]) -> str:
    name = chance.choice(["题名", "客户", "合同", "正文"])
    return f"{name}:{_quoted(chance, texts)}"


def _by_fact(chance: Random, texts: Sequence[str]) -> str:
    low = chance.randint(1, 600)
    return chance.choice(
        [
            f"年度:{chance.randint(2019, 2024)}..2024",
            f"金额:{low}000..{low + 60}000",
            f"登记金额:>={low}000",
            f"文中金额:{low}000",
            f"日期:{chance.randint(2019, 2024)}-0{chance.randint(1, 9)}",
            f"{low}000元",
            f"密级:{chance.randint(1, 3)}",
            f"HT{chance.randint(2020, 2024)}{chance.randint(1, 180):04d}",
            f"C{chance.randint(1, 60):04d}",
        ]
    )


def _everything(chance: Random, texts: Sequence[str]) -> str:
    return ""


KINDS: Sequence[Draw] = (
    passage,
    _quoted,
    _combined,
    _grouped,
    _near,
    _wild,
    _tolerant,
    _in_a_field,
    _by_fact,
    _everything,
)


def random_request(chance: Random, texts: Sequence[str]) -> SearchRequest:
    """A search, now and then with filters, within another, or for what resembles a paper."""
    seldom = chance.random
    return SearchRequest(
        query=chance.choice(KINDS)(chance, texts),
        customer_code=f"C{chance.randint(1, 60):04d}" if seldom() < 0.12 else None,
        year=chance.randint(2019, 2024) if seldom() < 0.12 else None,
        type_code=chance.choice(["contract", "invoice"]) if seldom() < 0.1 else None,
        series_code=chance.choice("1234") if seldom() < 0.1 else None,
        contract_no=f"HT2022{chance.randint(1, 180):04d}" if seldom() < 0.08 else None,
        grade=chance.randint(1, 3) if seldom() < 0.1 else None,
        state=chance.choice(["review", "filed"]) if seldom() < 0.1 else None,
        within=(passage(chance, texts, longest=2),) if seldom() < 0.1 else (),
        like_item_id=f"{chance.randint(1, 2000):020x}" if seldom() < 0.04 else None,
        tolerant=seldom() < 0.15,
        synonyms=seldom() < 0.2,
        grouping=chance.choice([None, None, None, *Grouping]),
        sort=chance.choice(list(SearchSort)),
        limit=chance.choice([5, 20, 200]),
        offset=chance.choice([0, 0, 0, 3, 40]),
    )


def typed_so_far(chance: Random, texts: Sequence[str]) -> str:
    """What stands in the box while a person still types."""
    begun = passage(chance, texts, longest=4)
    return chance.choice(
        [begun, begun, f"题名:{begun}", f"客户:{begun}", f"合同 {begun}", "HT202", "C00", "合", "密级:"]
    )
