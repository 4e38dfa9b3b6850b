"""Showing text with identity numbers made unreadable to those who may not see them (C13-05; PIPL arts. 6, 51).

What always holds: a masked text, reading or proposal has the same length and places as what lies in the catalogue, so
that marks and boxes fit; what a person writes back keeps the numbers that he could not see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dms.domain.actor import Actor, Permission
from dms.domain.item import Page
from dms.domain.journal import JournalEntry
from dms.domain.personal_data import MASK, hidden_places, identity_numbers, masked
from dms.domain.proposal import Proposal
from dms.domain.reading import Box, Line, PageReading


def sees_personal_data(actor: Actor) -> bool:
    """Whether identity numbers are shown to the actor as they stand."""
    return actor.may(Permission.SEE_PERSONAL_DATA)


def text_for(actor: Actor, text: str) -> str:
    """The text as the actor may read it."""
    return text if sees_personal_data(actor) else masked(text)


def pages_for(actor: Actor, pages: Iterable[Page]) -> list[Page]:
    """Pages with their texts as the actor may read them."""
    return [page if sees_personal_data(actor) else replace(page, text=masked(page.text)) for page in pages]


def proposal_for(actor: Actor, proposal: Proposal) -> Proposal:
    """A proposal as the actor may read it."""
    if sees_personal_data(actor):
        return proposal
    return replace(proposal, value=masked(proposal.value), as_read=masked(proposal.as_read))


def reading_for(actor: Actor, reading: PageReading) -> PageReading:
    """The characters of a page as the actor may read them; every box stays where it is."""
    if sees_personal_data(actor):
        return reading
    hidden = _hidden(reading.text)
    return replace(reading, lines=tuple(_masked_lines(reading.lines, hidden))) if hidden else reading


def hidden_boxes(reading: PageReading) -> tuple[Box, ...]:
    """Where the unreadable characters of identity numbers stand on the image of a page, a box a stretch of a line."""
    hidden = _hidden(reading.text)
    boxes: list[Box] = []
    start = 0
    for line in reading.lines:
        here = [start + place in hidden for place in range(len(line.characters))]
        boxes += _stretches(line, here)
        start += len(line.characters) + 1
    return tuple(boxes)


def entries_for(actor: Actor, entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """Entries of the journal as the actor may read them: what was searched for, and titles, may bear a number."""
    if sees_personal_data(actor):
        return tuple(entries)
    return tuple(
        replace(each, details={name: _masked_detail(value) for name, value in each.details.items()}) for each in entries
    )


def bears_hidden(actor: Actor, texts: Iterable[str]) -> bool:
    """Whether any of the texts bears an identity number that the actor may not see."""
    return not sees_personal_data(actor) and any(map(identity_numbers, texts))


def written_back(actor: Actor, typed: str, known: Sequence[str]) -> str:
    """What a person typed, with the numbers that he saw masked put back from the texts that he was shown."""
    if sees_personal_data(actor) or MASK not in typed:
        return typed
    for text in known:
        shown = masked(text)
        for one in identity_numbers(text):
            typed = typed.replace(shown[one.start : one.end], text[one.start : one.end], 1)
    return typed


def _masked_detail(value: str | int | None) -> str | int | None:
    return masked(value) if isinstance(value, str) else value


def _hidden(text: str) -> frozenset[int]:
    return frozenset(place for one in identity_numbers(text) for place in hidden_places(text, one))


def _masked_lines(lines: Iterable[Line], hidden: frozenset[int]) -> Iterable[Line]:
    start = 0
    for line in lines:
        characters = line.characters
        if any(start + place in hidden for place in range(len(characters))):
            yield Line(
                tuple(
                    replace(each, text=MASK) if start + place in hidden else each
                    for place, each in enumerate(characters)
                )
            )
        else:
            yield line
        start += len(characters) + 1


def _stretches(line: Line, here: Sequence[bool]) -> list[Box]:
    """The boxes of neighbouring hidden characters, merged."""
    merged: list[Box] = []
    joined = False
    for character, is_hidden in zip(line.characters, here, strict=True):
        if not (is_hidden and character.box):
            joined = joined and character.box is None
            continue
        if joined:
            merged[-1] = merged[-1].union(character.box)
        else:
            merged.append(character.box)
        joined = True
    return merged
