"""A page on the screen: the image, and what is put on it before it leaves for whoever looks at it.

What always holds:
- Whoever may look at a paper and not take it away sees its pages with his name and the time laid over them.
- Whoever may not read identity numbers does not see them in the picture either.
"""

from dataclasses import dataclass

from dms.archive import Archive, hidden_boxes, item_for, may_use, sees_personal_data
from dms.custody.consulting import page_image, page_layout
from dms.domain.actor import Actor, Permission
from dms.domain.policy import Use
from dms.domain.reading import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOnScreen:
    """The image of one page, not yet marked."""

    jpeg: bytes
    mark: str
    """What is laid over it; empty for whoever may take the paper away."""
    hidden: tuple[Box, ...]
    """What is made black, in pixels of the image."""

    @property
    def is_plain(self) -> bool:
        """Whether it is shown as it is."""
        return not self.mark and not self.hidden


def page_on_screen(actor: Actor, item_id: str, number: int, *, archive: Archive) -> PageOnScreen:
    """One page with what is put on it; raises as `page_image` does."""
    actor.require(Permission.CONSULT)
    jpeg = page_image(actor, item_id, number, archive=archive)
    hidden: tuple[Box, ...] = ()
    if not sees_personal_data(actor):
        hidden = hidden_boxes(page_layout(actor, item_id, number, archive=archive))
    return PageOnScreen(jpeg=jpeg, mark=_mark(actor, item_id, archive=archive), hidden=hidden)


def _mark(actor: Actor, item_id: str, *, archive: Archive) -> str:
    with archive.looking() as view:
        if may_use(actor, Use.TAKE, item_for(actor, item_id, work=view), work=view):
            return ""
        user = view.users.get(actor.user_id) if actor.user_id is not None else None
    called = user.display_name if user and user.display_name not in {"", actor.name} else ""
    moment = archive.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return " ".join(filter(None, (called, actor.name, moment)))
