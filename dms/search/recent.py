"""One's own recent searches: the last different ones, for nobody else to see (I5).

They are no journal: a person may clear them at any time, and the journal still tells who searched for what.
"""

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.search.request import SearchRequest
from dms.search.request_json import as_json, asks_nothing, from_json, identity
from dms.store import UnitOfWork


def remember(work: UnitOfWork, actor: Actor, request: SearchRequest) -> None:
    """Put a search first among the actor's recent ones, in the transaction that journals it.

    Turning the page is no new search, and one that asks for nothing is none.
    """
    if not request.offset and not asks_nothing(request):
        work.recent_searches.remember(actor, identity=identity(request), request=as_json(request))


def recent_searches(actor: Actor, *, archive: Archive) -> tuple[SearchRequest, ...]:
    """The actor's own last searches, twenty at most, the latest first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return tuple(map(from_json, view.recent_searches.of(actor)))


def clear_recent_searches(actor: Actor, *, archive: Archive) -> int:
    """Forget the actor's own recent searches; how many there were; journaled."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        count = work.recent_searches.clear(actor)
        archive.record(work, actor, "recent_searches_cleared", "search", total=count)
    return count
