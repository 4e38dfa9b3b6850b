"""A table of ways to write amounts, dates, contract numbers and credit codes, for tests and for `dms bench search`.

What always holds: each row is a text as it stands on a page, a query as a person types it, and whether the query is to
find a page that says nothing else. What is not to be found is near: another value, or a number of another kind.
"""

import json
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A text, a query, and whether the one is found by the other."""

    text: str
    query: str
    found: bool


def spellings() -> tuple[Spelling, ...]:
    """The whole table, at least 200 rows that are to be found and 50 that are not."""
    groups = json.loads(files(__package__).joinpath("spellings.json").read_text("utf8"))
    return tuple(
        Spelling(text=text, query=group["query"], found=found)
        for group in groups
        for name, found in (("found", True), ("not_found", False))
        for text in group.get(name, ())
    )
