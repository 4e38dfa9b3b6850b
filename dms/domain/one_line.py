"""What a person states in one line: a name, a title, a number, a reason."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, invisible marks (one of which turns the direction of writing round) and halves of broken characters."""


def one_line(untrusted_text: str) -> str:
    """The text on one line: every run of white space as one space, and nothing in it that nobody can see."""
    seen = (c for c in untrusted_text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join("".join(seen).split())
