"""Finding what a person named, or saying that it is not there in the same words for everyone."""

from dms.archive.errors import CustomerNotFound, ItemNotFound, SeriesNotFound, TypeNotFound
from dms.domain.actor import Actor
from dms.domain.customer import Customer
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import Item
from dms.store import UnitOfWork


def item_for(actor: Actor, item_id: str, *, work: UnitOfWork) -> Item:
    """The item, if the actor may know of it; raises `ItemNotFound` alike for missing and for forbidden ones."""
    # Ids are ASCII; half a character from a mistyped command line could not even be asked for.
    item = work.items.with_id(item_id, actor=actor) if item_id.isascii() else None
    if item is None:
        raise ItemNotFound(item_id)
    return item


def customer_for(actor: Actor, code: str, *, work: UnitOfWork) -> Customer:
    """The customer, if the actor may know of it; raises `CustomerNotFound` alike for missing and for barred ones."""
    customer = work.customers.known_with_code(code.strip(), actor=actor) if code.isascii() else None
    if customer is None:
        raise CustomerNotFound(code)
    return customer


def customer_to_file_for(actor: Actor, code: str, *, work: UnitOfWork) -> Customer:
    """The customer under which new papers are filed: the one with this code, or what it was merged into.

    Raises `CustomerNotFound` where either may not be known to the actor.
    """
    heir = work.customers.heir(customer_for(actor, code, work=work))
    if not work.customers.is_known(heir.id, actor=actor):
        raise CustomerNotFound(code)
    return heir


def type_with_code(code: str, *, work: UnitOfWork) -> DocumentType:
    """The document type with this code; raises `TypeNotFound`."""
    known = work.scheme.all_types()
    found = next((kind for kind in known if kind.code == code), None)
    if found is None:
        raise TypeNotFound(code, [kind.code for kind in known])
    return found


def series_with_code(code: str, *, work: UnitOfWork) -> Series:
    """The series with this code; raises `SeriesNotFound`."""
    known = work.scheme.all_series()
    found = next((series for series in known if series.code == code), None)
    if found is None:
        raise SeriesNotFound(code, [series.code for series in known])
    return found
