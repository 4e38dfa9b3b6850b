"""The titles of volumes (step 6 of the run): ``{customer} {year}年 {series}（{contracts}等）``."""

import re
from collections.abc import Collection, Sequence

from dms.domain.contract import ContractFacts

MOST_CHARACTERS = 120
"""A cover holds three lines of forty characters."""
MOST_NAMED = 3
_JOINTS = re.compile(r"\s+")
_EDGES = " ，,、：:；;-—－（）()[]【】"


def volume_title(name: str, year: int, series_zh: str, contracts: Sequence[str]) -> str:
    """The title of a customer's volume; long lists of contracts are shortened with 等."""
    head = f"{name} {year}年 {series_zh}"
    named = _named(contracts, MOST_CHARACTERS - len(head) - len("（）"))
    return f"{head}（{named}）" if named else head


def short_titles(contracts: Sequence[ContractFacts], names: Collection[str]) -> list[str]:
    """What each contract is called beside its customer's name: its title without names and number.

    Contracts that would be called the same, and those without a title, go by their numbers.
    """
    short = [_short(facts, names) for facts in contracts]
    called = [
        title if title and short.count(title) == 1 else facts.number
        for title, facts in zip(short, contracts, strict=True)
    ]
    return list(dict.fromkeys(called))


def _short(facts: ContractFacts, names: Collection[str]) -> str:
    title = facts.title
    for known in sorted((name for name in (*names, facts.number) if name), key=len, reverse=True):
        title = title.replace(known, " ")
    return _JOINTS.sub(" ", title).strip(_EDGES)


def collective_title(names: Sequence[str], year: int, series_zh: str) -> str:
    """The title of a volume that many customers share."""
    head = f"零散客户 {year}年 {series_zh}"
    told = f"{len(names)} 户：" if len(names) > MOST_NAMED else ""
    named = _named(names, MOST_CHARACTERS - len(head) - len(told) - len("（）"))
    return f"{head}（{told}{named}）" if named else head


def _named(names: Sequence[str], room: int) -> str:
    """The first names that there is room for, with 等 where some are left out."""
    chosen = list(names[:MOST_NAMED])
    while chosen:
        text = "、".join(chosen) + ("等" if len(chosen) < len(names) else "")
        if len(text) <= room:
            return text
        chosen.pop()
    return ""
