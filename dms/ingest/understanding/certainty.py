"""When a reading is good enough to be filled in beforehand.

A proposal is *certain* only where label, form and cross-check agree and no character of it is doubtful. The bound is
set by what a person loses: a wrong value that is pre-filled may pass unseen, an uncertain one costs a glance.
"""

from dms.ingest.understanding.paper import Passage

CLEAR = 0.9
"""The least confidence of every character of a certain value. On clean print the recogniser gives 0.97 to 1.0 to a
line and misreads hardly any; between 0.9 and 0.97 lie faint stamps; below 0.9 about one line in three has an error."""

LABELLED = 0.97
"""Confidence of a clear value behind its own label."""
PLACED = 0.8
"""Confidence of a value that only its place or shape gives away."""
GUESSED = 0.55
"""Confidence of a value that was chosen among several, or that breaks a rule of its form."""


def is_clear(passage: Passage) -> bool:
    """Whether every character was read clearly."""
    return passage.confidence >= CLEAR


def weighed(base: float, passage: Passage) -> float:
    """The base confidence, lowered where the characters themselves are doubtful; 0 to 1."""
    return round(base * min(1.0, 0.4 + 0.6 * passage.confidence), 3)
