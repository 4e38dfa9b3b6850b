"""What understanding a paper yields: proposals, matches and doubts, with the codes that explain them."""

from dataclasses import dataclass
from enum import StrEnum

from dms.domain.proposal import FieldName, Proposal


class Reason(StrEnum):
    """Why a proposal is not certain, or how its value came from what was read; stable codes."""

    LOW_CONFIDENCE = "low_confidence"
    TITLE_MISREAD = "title_misread"
    BY_WORDING = "by_wording"
    AS_CLAIMED = "as_claimed"
    CHECK_DIGIT_FAILS = "check_digit_fails"
    CHECK_DIGIT_REPAIRED = "check_digit_repaired"
    IMPOSSIBLE_LETTERS_REPLACED = "impossible_letters_replaced"
    WRONG_LENGTH = "wrong_length"
    BY_POSITION = "by_position"
    OTHER_PARTY_BY_ROLE = "other_party_by_role"
    NAME_AS_KNOWN = "name_as_known"
    NAME_COMPLETED = "name_completed"
    SEVERAL_READINGS = "several_readings"
    LOOK_ALIKES_REPLACED = "look_alikes_replaced"
    DERIVED_FROM_AGREEMENT_NUMBER = "derived_from_agreement_number"
    FIGURES_AND_CAPITALS_DIFFER = "figures_and_capitals_differ"
    ONE_FORM_ONLY = "one_form_only"
    LAST_DAY_ON_PAPER = "last_day_on_paper"


class Doubt(StrEnum):
    """What a person should look at about the paper as a whole; stable codes."""

    NOTHING_READ = "nothing_read"
    TYPE_UNKNOWN = "type_unknown"
    TYPE_DIFFERS_FROM_CLAIM = "type_differs_from_claim"
    CUSTOMER_DIFFERS_FROM_CLAIM = "customer_differs_from_claim"
    CONTRACT_DIFFERS_FROM_CLAIM = "contract_differs_from_claim"
    CREDIT_CODE_AND_NAME_DIFFER = "credit_code_and_name_differ"
    SEVERAL_CONTRACT_NUMBERS = "several_contract_numbers"
    FIGURES_AND_CAPITALS_DIFFER = "figures_and_capitals_differ"
    CHECK_DIGIT_FAILS = "check_digit_fails"


class MatchKind(StrEnum):
    """What a paper was matched by."""

    USCC = "uscc"
    NAME = "name"
    FORMER_NAME = "former_name"
    SIMILAR = "similar"
    NUMBER = "number"
    CONTRACT = "contract"
    """The customer of the matched contract; the paper itself names nobody that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMatch:
    """The customer of the archive that the paper belongs to, as far as the paper tells."""

    code: str
    how: MatchKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractMatch:
    """The contract of the ledger that the paper belongs to; `how` is NUMBER, or SIMILAR for look-alikes."""

    number: str
    customer_code: str
    how: MatchKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All that the machine believes about one paper; at most one proposal for each field."""

    proposals: tuple[Proposal, ...]
    customer_match: CustomerMatch | None
    contract_match: ContractMatch | None
    doubts: tuple[Doubt, ...]

    def proposal(self, field: FieldName) -> Proposal | None:
        """The proposal for the field, or None where nothing was read."""
        return next((p for p in self.proposals if p.field is field), None)

    def value(self, field: FieldName) -> str | None:
        """The proposed value of the field, or None."""
        proposal = self.proposal(field)
        return proposal.value if proposal else None
