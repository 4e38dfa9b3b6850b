"""Which papers bear a text at all: asked by other use cases, which say in the journal what they asked for."""

from typing import Final

from dms.domain.actor import Actor
from dms.domain.criterion import Phrase
from dms.search.analysis import folded
from dms.search.hiding import without_hidden
from dms.store import FoundOrder, Inquiry, UnitOfWork

MOST_NAMED: Final = 2000
"""Papers; a text that stands in more of them names nobody."""


def items_bearing(actor: Actor, text: str, *, view: UnitOfWork) -> tuple[int, tuple[int, ...]]:
    """How many items bear the text on a page or in title, customer or contract, and the keys of the latest of them.

    As far as the actor may know of them; nothing for a text without a character that is searched for.
    """
    sought = folded(text)
    if not sought:
        return 0, ()
    inquiry = Inquiry(
        criterion=without_hidden(view, actor, Phrase(sought)),
        chosen={},
        actor=actor,
        order=FoundOrder.ARRIVAL,
        limit=MOST_NAMED,
        offset=0,
        facets=False,
    )
    found = view.fulltext.find(inquiry)
    return found.total, tuple(found.ranks)
