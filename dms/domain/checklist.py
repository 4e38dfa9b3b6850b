"""What belongs together: the papers that a customer file and a contract should hold, and what is missing from them.

The default checklist follows the company rules: a licence for every customer; for every contract the contract
itself, the authority to sign it, and proof that what was delivered was accepted. It is data; a company may replace it.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of `types` must be present once any of `when` is present; an empty `when` means always."""

    types: frozenset[str]
    when: frozenset[str] = frozenset()

    def is_met(self, present: Collection[str]) -> bool:
        """Whether the types that are present satisfy it."""
        called_for = not self.when or not self.when.isdisjoint(present)
        return not called_for or not self.types.isdisjoint(present)


CUSTOMER_CHECKLIST: tuple[Requirement, ...] = (Requirement(frozenset({"licence"})),)

CONTRACT_CHECKLIST: tuple[Requirement, ...] = (
    Requirement(frozenset({"contract"})),
    Requirement(frozenset({"authorization"}), when=frozenset({"contract"})),
    Requirement(frozenset({"acceptance_record"}), when=frozenset({"delivery_voucher"})),
    Requirement(frozenset({"delivery_voucher"}), when=frozenset({"acceptance_record"})),
)


def missing_types(checklist: Collection[Requirement], present: Collection[str]) -> list[str]:
    """The types that a checklist calls for and that are not present, one for each unmet requirement."""
    return [sorted(requirement.types)[0] for requirement in checklist if not requirement.is_met(present)]
