"""Cutting the power after every single operation of a recorded run, and looking at every disk that may be left."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from crash.accounts import Complaint
from crash.diary import Diary
from crash.door import Operation
from crash.judging import TOGETHER, Suspect, judge
from crash.medium import Bytes, Image, Medium, Pending, identity, lengths_without_bytes, materialise
from crash.recording import Recording

EVERY_SUBSET_UP_TO = 6
SEED = 1949


@dataclass(slots=True, kw_only=True)
class Cuts:
    """What came of cutting the power."""

    cases: int = 0
    """Cuts with one choice each of what was lost."""
    disks: int = 0
    """Different disks among them, every one of which was opened."""
    complaints: list[tuple[str, Complaint]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How thoroughly to cut the power: after every operation, losing all that is not durable, or nothing of it.

    The latter is also what a killed process leaves: what it wrote outlives it.
    """

    stride: int
    """Every other choice of what is lost is tried before each sync, and after every n-th operation."""
    singles: int
    """Of many pending changes each one is kept alone and lost alone, but no more of them than this, evenly spread."""
    torn: int
    """Random choices among all sectors and names."""
    again_stride: int
    """On every n-th disk the work is done again to its end."""


def cut_everywhere(recording: Recording, depth: Depth) -> Cuts:
    """What came of it."""
    cuts = Cuts()
    different = _disks(recording, cuts, depth)
    while batch := list(islice(different, TOGETHER)):
        suspects = []
        for number, (case, image, diary) in enumerate(batch, start=cuts.disks):
            aside = recording.folder / f"disk-{number}"
            materialise(image, aside)
            again = number % depth.again_stride == 0
            suspects.append(Suspect(case=case, aside=aside, diary=diary, strict=False, to_the_end=again))
        cuts.disks += len(batch)
        cuts.complaints += judge(recording, suspects)
    return cuts


def _disks(recording: Recording, cuts: Cuts, depth: Depth) -> Iterator[tuple[str, Image, Diary]]:
    """Each different disk with what had been told by then; the same one again only where more was told."""
    medium = Medium(recording.base)
    seen: dict[bytes, int] = {}
    following = [*recording.operations[1:], None]
    for done, after in zip(recording.operations, following, strict=True):
        medium.do(done)
        diary = [entry for entry in recording.diary if entry.operations <= done.number]
        thorough = done.number % depth.stride == 0 or (after is not None and after.operation is Operation.SYNC)
        for name, kept in choices(medium.pending, done.number, depth if thorough else None):
            cuts.cases += 1
            image = medium.image(kept)
            key = identity(image)
            if seen.get(key, -1) < len(diary):
                seen[key] = len(diary)
                yield f"{name} after operation {done.number}", image, diary


def choices(pending: Sequence[Pending], seed: int, depth: Depth | None) -> Iterator[tuple[str, Sequence[Pending]]]:
    """What may have been kept, with a name for each choice; without a depth only everything or nothing."""
    yield "everything kept", pending
    yield "everything lost", ()
    if depth is None or not pending:
        return
    yield "only lengths kept", lengths_without_bytes(pending)
    if len(pending) <= EVERY_SUBSET_UP_TO:
        for size in range(1, len(pending)):
            for kept in combinations(range(len(pending)), size):
                yield f"kept {kept}", [pending[number] for number in kept]
    else:
        for number in range(0, len(pending), max(1, len(pending) // depth.singles)):
            yield f"lost {number}", [*pending[:number], *pending[number + 1 :]]
            yield f"kept {number}", [pending[number]]
    yield from _torn(pending, seed, depth.torn)


def _torn(pending: Sequence[Pending], seed: int, count: int) -> Iterator[tuple[str, Sequence[Pending]]]:
    chance = random.Random(SEED + seed)
    parts = [part for change in pending for part in (change.sectors() if isinstance(change, Bytes) else (change,))]
    for number in range(count):
        yield f"torn {number}", [part for part in parts if chance.random() < 0.5]
