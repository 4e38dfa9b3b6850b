"""Long lists, one page of them at a time: the page is the argument ``page`` of the address, from 1."""

from dataclasses import dataclass

from flask import request

LAST_PAGE = 100_000
"""A page number beyond this is a mistake or mischief; it is taken as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which part of a list is wanted."""

    page: int
    limit: int

    @property
    def offset(self) -> int:
        """How many entries stand before this page."""
        return (self.page - 1) * self.limit

    def pages_total(self, total: int) -> int:
        """How many pages a list of `total` entries has, at least one."""
        return max(1, -(-total // self.limit))


def paging_asked(limit: int) -> Paging:
    """The page that the address asks for; the first one where it says nothing sensible."""
    asked = request.args.get("page", default=1, type=int)
    return Paging(page=min(max(1, asked), LAST_PAGE), limit=limit)
