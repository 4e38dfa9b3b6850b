"""The customer card (客户卡): the particulars of a customer, tidied.

Only what a contract archive needs is kept (C2-01, C2-02): nothing is asked about the persons whom one deals with but
their names, their telephone numbers at work, and their functions.
"""

from dataclasses import replace
from typing import Any

from dms.domain.customer import Contact, CustomerFacts
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.filing.errors import CustomerFactInvalid

MAX_TEXT_CHARACTERS = 200
MAX_SCOPE_CHARACTERS = 2000
MOST_CONTACTS = 20
CARD_TEXTS = (
    "legal_representative", "address", "postcode", "phone", "fax", "registered_capital", "scale", "scope", "industry",
    "custodian", "second_contact", "risk_reason",
)  # fmt: skip
"""The plain texts of the card, by field of `CustomerFacts`."""


def tidy_card(facts: CustomerFacts) -> CustomerFacts:
    """The facts with every text of the card on one line, and contacts without a name left out.

    Raises `CustomerFactInvalid` for a text that is too long, or too many contacts.
    """
    texts: dict[str, Any] = {name: one_line(getattr(facts, name)) for name in CARD_TEXTS}
    contacts = tuple(contact for contact in map(_tidy_contact, facts.contacts) if contact.name)
    for name, text in texts.items():
        _check_length(text, MAX_SCOPE_CHARACTERS if name == "scope" else MAX_TEXT_CHARACTERS)
    for contact in contacts:
        _check_length(contact.name + contact.phone + contact.role, MAX_TEXT_CHARACTERS)
    if len(contacts) > MOST_CONTACTS:
        raise CustomerFactInvalid(
            Bilingual(f"联系人有 {len(contacts)} 位。", f"There are {len(contacts)} contacts."),
            Bilingual(f"请只留与合同有关的，最多 {MOST_CONTACTS} 位。", f"Keep at most {MOST_CONTACTS} of them."),
        )
    return replace(facts, contacts=contacts, **texts)


def _tidy_contact(contact: Contact) -> Contact:
    return Contact(name=one_line(contact.name), phone=one_line(contact.phone), role=one_line(contact.role))


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise CustomerFactInvalid(
            Bilingual(f"“{text[:20]}…”过长。", f"“{text[:20]}…” is too long."),
            Bilingual(f"请写在 {most} 字以内。", f"Write it in {most} characters at most."),
        )
