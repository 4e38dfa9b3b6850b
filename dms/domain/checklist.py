"""What belongs together: the papers that a customer file and a contract should hold, and what is missing from them.

The default checklist follows the company rules: a licence for every customer; for every contract the contract
itself, the authority to sign it, and proof that what was delivered was accepted. It is data; a company may replace it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class RequirementScope(StrEnum):
    """What lacks the paper when a requirement is not met."""

    CUSTOMER = "customer"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of `types` must be present once any of `when` is present; an empty `when` means always."""

    types: frozenset[str]
    when: frozenset[str] = frozenset()
    code: str = ""
    """By which a company names it; empty for one without a name."""
    zh: str = ""
    en: str = ""
    scope: RequirementScope = RequirementScope.CONTRACT
    expires: bool = False
    """Whether a paper whose validity has run out no longer counts."""

    def is_met(self, present: Collection[str]) -> bool:
        """Whether the types that are present satisfy it."""
        called_for = not self.when or not self.when.isdisjoint(present)
        return not called_for or not self.types.isdisjoint(present)


CUSTOMER_CHECKLIST: tuple[Requirement, ...] = (
    Requirement(
        frozenset({"licence"}),
        code="licence",
        zh="有效的营业执照",
        en="a valid business licence",
        scope=RequirementScope.CUSTOMER,
        expires=True,
    ),
)

CONTRACT_CHECKLIST: tuple[Requirement, ...] = (
    Requirement(frozenset({"contract"}), code="contract", zh="合同正本", en="the contract itself"),
    Requirement(
        frozenset({"authorization"}),
        when=frozenset({"contract"}),
        code="authorization",
        zh="签约授权委托书",
        en="the authority to sign it",
    ),
    Requirement(
        frozenset({"acceptance_record"}),
        when=frozenset({"delivery_voucher"}),
        code="acceptance_record",
        zh="验收记录",
        en="the record of acceptance",
    ),
    Requirement(
        frozenset({"delivery_voucher"}),
        when=frozenset({"acceptance_record"}),
        code="delivery_voucher",
        zh="交货凭证",
        en="the delivery voucher",
    ),
)


def missing_types(checklist: Collection[Requirement], present: Collection[str]) -> list[str]:
    """The types that a checklist calls for and that are not present, one for each unmet requirement."""
    return [sorted(requirement.types)[0] for requirement in checklist if not requirement.is_met(present)]
