"""Words that mean the same on business papers, as a new archive begins with them.

Why there are any: a person who looks for 违约金 in a dispute also wants the paper that says 滞纳金, and cannot think of
every word that the other side's clerk may have used. How the table was compiled stands at its head.
"""

import tomllib
from functools import cache
from importlib.resources import files

SynonymGroups = tuple[tuple[str, ...], ...]
"""Each group holds the words that mean the same; no word stands in two."""


@cache
def default_synonyms() -> SynonymGroups:
    """The groups of ``synonyms.toml``, in their order, every word as it is written."""
    table = tomllib.loads(files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8"))
    return tuple(tuple(group["words"]) for group in table["group"])
