"""A register of the catalogue as an attribute of a transaction, made when it is first asked for.

A transaction knows some seventy registers, and hardly any uses more than a few.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection

R_co = TypeVar("R_co", covariant=True)


class _Transaction(Protocol):
    connection: Connection


class Register(Generic[R_co]):
    """Stands in a class for what is made of the connection of each of its instances, once."""

    def __init__(self, made_of: Callable[[Connection], R_co]) -> None:
        self._made_of = made_of
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, transaction: _Transaction, _owner: type) -> R_co:
        made = self._made_of(transaction.connection)
        # What stands in the instance itself is found before this is asked again.
        transaction.__dict__[self._name] = made
        return made
