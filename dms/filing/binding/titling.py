"""The titles of volumes (step 6 of the run): ``{customer} {year}年 {series}（{contracts}等）``."""

from collections.abc import Sequence

MOST_CHARACTERS = 120
"""A cover holds three lines of forty characters."""
MOST_NAMED = 3


def volume_title(name: str, year: int, series_zh: str, contracts: Sequence[str]) -> str:
    """The title of a customer's volume; long lists of contracts are shortened with 等."""
    head = f"{name} {year}年 {series_zh}"
    named = _named(contracts, MOST_CHARACTERS - len(head) - len("（）"))
    return f"{head}（{named}）" if named else head


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
