"""What happens to bytes in thirty years, and what somebody with a grudge does to them: changes to objects at rest.

A damage looks at the objects of an archive and says what lies there afterwards; it may come to nothing, where what it
would write is there already, or where the object is too small for it.
"""

from collections.abc import Callable, Mapping
from random import Random

HEADER_BYTES = 92
CHUNK_BYTES = 65_536 + 16
SECTOR_BYTES = 512

Objects = Mapping[str, bytes]
"""What lies under each name."""
Changes = dict[str, bytes | None]
"""What lies there afterwards; None where nothing does any more."""
Damage = Callable[[Objects, str, Random], Changes]
"""Does something to the object of this name, and perhaps to another one."""


def bits_flipped(objects: Objects, victim: str, dice: Random) -> Changes:
    altered = bytearray(objects[victim])
    for _ in range(dice.choice((1, 1, 1, 2, 8))):
        altered[_place(altered, dice)] ^= 1 << dice.randrange(8)
    return {victim: bytes(altered)}


def run_overwritten(objects: Objects, victim: str, dice: Random) -> Changes:
    altered = bytearray(objects[victim])
    start = _place(altered, dice)
    run = dice.randbytes(min(dice.choice((1, 2, 16, 92, 512, 4096)), len(altered) - start))
    altered[start : start + len(run)] = run
    return {victim: bytes(altered)}


def sectors_zeroed(objects: Objects, victim: str, dice: Random) -> Changes:
    altered = bytearray(objects[victim])
    start = dice.randrange(0, len(altered), SECTOR_BYTES)
    zeroed = min(dice.randint(1, 8) * SECTOR_BYTES, len(altered) - start)
    altered[start : start + zeroed] = bytes(zeroed)
    return {victim: bytes(altered)}


def cut_off(objects: Objects, victim: str, dice: Random) -> Changes:
    stored = objects[victim]
    borders = range(HEADER_BYTES, len(stored), CHUNK_BYTES)
    left = dice.choice((dice.randrange(len(stored)), len(stored) - 1, dice.choice(borders), 0))
    return {victim: stored[:left]}


def lengthened(objects: Objects, victim: str, dice: Random) -> Changes:
    stored = objects[victim]
    more = dice.choice(
        (
            dice.randbytes(dice.randint(1, 600)),
            bytes(-len(stored) % 4096 or 4096),
            stored[-CHUNK_BYTES:],
            stored[HEADER_BYTES:],
            objects[_another(objects, victim, dice)][HEADER_BYTES:],
        )
    )
    return {victim: stored + more}


def bytes_lost_or_slipped_in(objects: Objects, victim: str, dice: Random) -> Changes:
    stored = objects[victim]
    start, count = _place(stored, dice), dice.choice((1, 16, SECTOR_BYTES, CHUNK_BYTES))
    if dice.random() < 0.5:
        return {victim: stored[:start] + stored[start + count :]}
    return {victim: stored[:start] + dice.randbytes(count) + stored[start:]}


def objects_swapped(objects: Objects, victim: str, dice: Random) -> Changes:
    other = _another(objects, victim, dice)
    return {victim: objects[other], other: objects[victim]}


def object_put_over_another(objects: Objects, victim: str, dice: Random) -> Changes:
    return {victim: objects[_another(objects, victim, dice)]}


def id_rewritten_as_well(objects: Objects, victim: str, dice: Random) -> Changes:
    """Another object, whose header now carries the name of the victim."""
    other = objects[_another(objects, victim, dice)]
    return {victim: other[:12] + bytes.fromhex(victim) + other[28:]}


def header_of_another(objects: Objects, victim: str, dice: Random) -> Changes:
    other = objects[_another(objects, victim, dice)]
    start, end = dice.choice(((0, HEADER_BYTES), (28, 60), (60, 92), (28, 92)))
    stored = objects[victim]
    return {victim: stored[:start] + other[start:end] + stored[end:]}


def renamed(objects: Objects, victim: str, dice: Random) -> Changes:
    return {victim: None, dice.randbytes(16).hex(): objects[victim]}


def duplicated(objects: Objects, victim: str, dice: Random) -> Changes:
    return {dice.randbytes(16).hex(): objects[victim]}


def deleted(objects: Objects, victim: str, dice: Random) -> Changes:
    return {victim: None}


def chunks_reordered(objects: Objects, victim: str, dice: Random) -> Changes:
    header, chunks = _chunks(objects[victim])
    if len(chunks) < 2:
        return {}
    one, other = dice.sample(range(len(chunks)), 2)
    chunks[one], chunks[other] = chunks[other], chunks[one]
    return {victim: header + b"".join(chunks)}


def chunk_repeated_or_left_out(objects: Objects, victim: str, dice: Random) -> Changes:
    header, chunks = _chunks(objects[victim])
    one = dice.randrange(len(chunks))
    chunks[one : one + 1] = [chunks[one]] * dice.choice((0, 2))
    return {victim: header + b"".join(chunks)}


def chunk_of_another(objects: Objects, victim: str, dice: Random) -> Changes:
    """In the same place if the other object has it, otherwise in the last one."""
    header, chunks = _chunks(objects[victim])
    others = _chunks(objects[_another(objects, victim, dice)])[1]
    one = dice.randrange(len(chunks))
    chunks[one] = others[min(one, len(others) - 1)]
    return {victim: header + b"".join(chunks)}


DAMAGES: tuple[Damage, ...] = (
    bits_flipped,
    run_overwritten,
    sectors_zeroed,
    cut_off,
    lengthened,
    bytes_lost_or_slipped_in,
    objects_swapped,
    object_put_over_another,
    id_rewritten_as_well,
    header_of_another,
    renamed,
    duplicated,
    deleted,
    chunks_reordered,
    chunk_repeated_or_left_out,
    chunk_of_another,
)


def next_damage(objects: Objects, dice: Random) -> tuple[Damage, str, Changes]:
    """One that really changes something: what was done, to which object, and what lies where afterwards."""
    names = sorted(objects)
    sizes = [len(objects[name]) for name in names]
    while True:
        by_size = dice.choices(names, sizes)[0]  # as a medium decays: what is large is hit more often
        damage, victim = dice.choice(DAMAGES), dice.choice((by_size, dice.choice(names)))
        changes = damage(objects, victim, dice)
        changed = {name: after for name, after in changes.items() if after != objects.get(name)}
        if changed:
            return damage, victim, changed


def _place(stored: bytes | bytearray, dice: Random) -> int:
    """Anywhere, and often in the header or near the end, which are small and decide the most."""
    near = dice.random()
    if near < 0.3:
        return dice.randrange(HEADER_BYTES)
    if near < 0.5:
        return len(stored) - 1 - dice.randrange(40)
    return dice.randrange(len(stored))


def _another(objects: Objects, victim: str, dice: Random) -> str:
    return dice.choice(sorted(objects.keys() - {victim}))


def _chunks(stored: bytes) -> tuple[bytes, list[bytes]]:
    starts = range(HEADER_BYTES, len(stored), CHUNK_BYTES)
    return stored[:HEADER_BYTES], [stored[start : start + CHUNK_BYTES] for start in starts]
