"""Finding what bears a reference code 档号, or once bore it.

What always holds: a code that only a paper out of reach bears leads nowhere, as one that nothing bears does (I5).
"""

import unicodedata
from dataclasses import dataclass

from dms.archive import Archive, item_for
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item
from dms.store import UnitOfWork

MAX_CODE_CHARACTERS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class BearerOfCode:
    """What bears a reference code: an item or a volume, the other one being None."""

    item_id: str | None = None
    volume_id: int | None = None


def bearer_of_code(actor: Actor, typed: str, *, archive: Archive) -> BearerOfCode | None:
    """What bears the code that a person typed, if he may know of it; a code that an item once bore leads to it too."""
    actor.require(Permission.CONSULT)
    code = code_as_typed(typed)
    if not code:
        return None
    with archive.looking() as view:
        item_id = view.items.with_code(code, actor=actor)
        if item_id:
            return BearerOfCode(item_id=item_id)
        volume = view.volumes.with_code(code, actor=actor)
        return BearerOfCode(volume_id=volume.id) if volume else None


def paper_named(actor: Actor, named: str, *, work: UnitOfWork) -> Item:
    """The item with this id or reference code, if the actor may know of it; raises `ItemNotFound`."""
    code = code_as_typed(named)
    return item_for(actor, (work.items.with_code(code, actor=actor) if code else None) or named.strip(), work=work)


def code_as_typed(typed: str) -> str:
    """The code that was meant: half width, the points of Chinese keyboards as ``·``; empty for what is no code."""
    code = unicodedata.normalize("NFKC", typed).strip().translate(_POINTS)
    plain = len(code) <= MAX_CODE_CHARACTERS and not any(map(str.isspace, code)) and code.isprintable()
    return code if plain and any(map(str.isdecimal, code)) else ""


_POINTS = str.maketrans(dict.fromkeys("•∙⋅・‧", "·"))
