"""Which papers share a volume (step 4 of the run): those of one retention term, as many as a volume holds.

What always holds: terms are never mixed in a volume; a paper is never parted from its annexes; no volume is empty.
"""

from collections.abc import Iterable, Sequence

from dms.filing.binding.ordering import Group

# A paper that is thicker than a volume by itself has a volume by itself: it cannot be torn apart.


def by_thickness(groups: Iterable[Group], most_sheets: int) -> list[list[Group]]:
    """The groups in the same order, parted where a volume would hold more sheets than `most_sheets`."""
    volumes: list[list[Group]] = []
    sheets = 0
    for group in groups:
        own = sheets_of(group)
        if not volumes or sheets + own > most_sheets:
            volumes.append([])
            sheets = 0
        volumes[-1].append(group)
        sheets += own
    return volumes


def by_retention(groups: Sequence[Group], default_code: str) -> dict[str, list[Group]]:
    """The groups by retention code, as the main paper of each has it, in the order of first appearance."""
    parted: dict[str, list[Group]] = {}
    for group in groups:
        parted.setdefault(group[0].retention_code or default_code, []).append(group)
    return parted


def sheets_of(group: Group) -> int:
    """Sheets of paper in a group, as counted, else as many as were scanned."""
    return sum(paper.sheets_at_most for paper in group)
