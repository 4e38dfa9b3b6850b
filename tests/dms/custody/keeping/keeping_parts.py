"""The people who keep the terms, and what they keep."""

from dataclasses import dataclass

from simulators.people import person

from dms.archive import Archive
from dms.domain.actor import Role

KEEPER = person(Role.ARCHIVIST, clearance=1, user_id=201)
LAWYER = person(Role.LAWYER, clearance=1, user_id=202)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One customer with a contract, two papers of it, and one paper of none."""

    archive: Archive
    customer_id: int
    contract_id: int
    of_contract: int
    """Key of the paper of the contract."""
    second_of_contract: int
    loose: int
    """Key of the paper without one, of 1990."""

    def id_of(self, key: int) -> str:
        with self.archive.looking() as view:
            return view.items.get(key).id
