"""All papers about one person: by name, identity number and contact, on pages, in titles and on customer cards.

Invariant: the journal says that somebody was looked for and how much was found, and never the number itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dms.archive import Archive
from dms.custody.protecting.errors import PersonNotNamed
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item
from dms.domain.one_line import one_line
from dms.domain.personal_data import plain_number
from dms.store import UnitOfWork

MAX_NAME_CHARACTERS = 60
MOST_LISTED = 500
Bearing = Callable[[Actor, str, UnitOfWork], tuple[int, tuple[int, ...]]]
"""How many papers bear a text, and the keys of the latest of them; what looks through papers is given."""


class FoundBy(StrEnum):
    """By what a paper was found."""

    NAME = "name"
    IDENTITY_NUMBER = "identity_number"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSought:
    """Who is looked for; what is empty is not looked for."""

    name: str = ""
    identity_number: str = ""
    contact: str = ""

    @property
    def texts(self) -> dict[FoundBy, str]:
        """What is looked for, by kind."""
        stated = {
            FoundBy.NAME: one_line(self.name)[:MAX_NAME_CHARACTERS],
            FoundBy.IDENTITY_NUMBER: plain_number(self.identity_number)[:MAX_NAME_CHARACTERS],
            FoundBy.CONTACT: one_line(self.contact)[:MAX_NAME_CHARACTERS],
        }
        return {kind: text for kind, text in stated.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPaper:
    """A paper in which the person is named."""

    item: Item
    customer_name: str
    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCustomer:
    """A customer whose card names the person."""

    code: str
    name: str
    told: str
    """As what: contact, or legal representative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """Everything about one person."""

    sought: PersonSought
    total: int
    """Papers, of which the first `MOST_LISTED` are listed: those found by most first."""
    papers: tuple[PersonPaper, ...]
    customers: tuple[PersonCustomer, ...]


def find_person(actor: Actor, sought: PersonSought, *, bearing: Bearing, archive: Archive) -> PersonFound:
    """All papers about the person, journaled without his number; raises `PersonNotNamed`."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    if not sought.texts:
        raise PersonNotNamed
    with archive.looking() as view:
        found = person_in(actor, sought, bearing=bearing, view=view)
    with archive.begin() as work:
        by = "、".join(kind.value for kind in sought.texts)
        archive.record(work, actor, "personal_data_searched", "personal_data", means=by, found=found.total)
    return found


def person_in(actor: Actor, sought: PersonSought, *, bearing: Bearing, view: UnitOfWork) -> PersonFound:
    """The same as one transaction shows it."""
    by_key: dict[int, list[FoundBy]] = {}
    for kind, text in sought.texts.items():
        for key in bearing(actor, text, view)[1]:
            by_key.setdefault(key, []).append(kind)
    chosen = sorted(by_key, key=lambda key: (-len(by_key[key]), -key))[:MOST_LISTED]
    items = {item.key: item for item in view.items.with_keys(chosen, actor=actor)}
    ids = {item.classification.customer_id for item in items.values() if item.classification.customer_id}
    names = {each: view.customers.get(each).name for each in ids}
    papers = (
        PersonPaper(
            item=items[key],
            customer_name=names.get(items[key].classification.customer_id or 0, ""),
            found_by=tuple(by_key[key]),
        )
        for key in chosen
        if key in items
    )
    return PersonFound(
        sought=sought, total=len(by_key), papers=tuple(papers), customers=_customers(actor, sought, view=view)
    )


def _customers(actor: Actor, sought: PersonSought, *, view: UnitOfWork) -> tuple[PersonCustomer, ...]:
    words = [text for kind, text in sought.texts.items() if kind is not FoundBy.IDENTITY_NUMBER]
    return tuple(
        PersonCustomer(code=code, name=name, told=told)
        for code, name, told in view.subject_requests.cards_naming(words, actor=actor)
    )
