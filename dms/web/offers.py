"""The machine's proposals as the confirmation form shows them: what each would put where, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.proposal import FieldName, Proposal
from dms.filing import Frame, PaperInTray
from dms.web.confirmation import TypedConfirmation, amount_as_typed
from dms.web.customer_choice import chosen_customer, customer_as_typed
from dms.web.doubts import reason_in_words
from dms.web.formatting import localized_name

_INTO: dict[FieldName, str] = {
    FieldName.CUSTOMER_NAME: "customer",
    FieldName.CONTRACT_NO: "contract_no",
    FieldName.TYPE: "type_code",
    FieldName.DOC_DATE: "doc_on",
    FieldName.AMOUNT: "amount",
    FieldName.TITLE: "title",
}
"""The field of the form that each proposal fills; the others are only shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One proposal beside its field."""

    proposal: Proposal | None
    """None for what was concluded from the arrival of the paper rather than read on it."""
    text: str
    """What the field holds once it is accepted; empty where it names something that is not registered yet."""
    shown: str
    reason: str
    """Why it is uncertain, in words; empty where there is nothing to say."""

    @property
    def percent(self) -> int | None:
        """How sure the machine is, in whole percent, rounded down; None where it is no matter of reading."""
        return int(self.proposal.confidence * 100) if self.proposal else None


def offers_for(actor: Actor, paper: PaperInTray, frame: Frame, *, archive: Archive) -> dict[str, Offer]:
    """The proposals by the field of the form they fill."""
    offers = {into: _offer(paper.proposals[name], frame) for name, into in _INTO.items() if name in paper.proposals}
    name = paper.proposals.get(FieldName.CUSTOMER_NAME)
    if name:
        offers["customer"] = replace(offers["customer"], text=_registered(actor, name.value, archive=archive))
    return offers


def with_accepted(typed: TypedConfirmation, field: str, offers: Mapping[str, Offer]) -> TypedConfirmation:
    """The form with the offer of one field accepted; unchanged where there is none."""
    offer = offers.get(field)
    return replace(typed, **{field: offer.text}) if offer and offer.text else typed


def _offer(proposal: Proposal, frame: Frame) -> Offer:
    text = amount_as_typed(Decimal(proposal.value)) if proposal.field is FieldName.AMOUNT else proposal.value
    return Offer(
        proposal=proposal,
        text=text,
        shown=_type_name(text, frame) if proposal.field is FieldName.TYPE else text,
        reason=reason_in_words(proposal.reason) if proposal.reason else "",
    )


def _registered(actor: Actor, name: str, *, archive: Archive) -> str:
    """The name that was read, as the registered customer that bears it; empty where none does."""
    known = chosen_customer(actor, name, archive=archive)
    return customer_as_typed(known) if known else ""


def _type_name(code: str, frame: Frame) -> str:
    return next((localized_name(kind) for kind in frame.types if kind.code == code), code)
