"""A leaver's list and its signatures are evidence: the catalogue itself refuses to change or forget them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_parts import NOW

from dms.domain.leaving import HandOverRole, HandOverSignature, HandOverState, HeldKind, HeldThing, Passing
from dms.errors import Bilingual

THING = HeldThing(
    kind=HeldKind.CUSTOMER, subject="customer/C1", what=Bilingual("客户", "customer"), passing=Passing.PASSES_ON
)


@pytest.fixture
def listed(store):
    with store.begin() as work:
        drawn_up = work.custody_hand_overs.add(
            leaver="qian", successor="zhao", reason="离职", leaves_on=NOW.date(), drawn_up_by="boss", drawn_up_at=NOW,
            things=[THING], list_digest="d",
        )  # fmt: skip
        signature = HandOverSignature(role=HandOverRole.LEAVER, name="qian", signed_at=NOW)
        work.custody_hand_overs.sign(drawn_up.id, signature)
    return drawn_up


def test_a_list_comes_back_as_it_was_drawn_up(store, listed):
    with store.looking() as view:
        found = view.custody_hand_overs.get(listed.id)
        assert found.things == (THING,) and [each.name for each in found.signatures] == ["qian"]
        assert view.custody_hand_overs.open_of("qian") == found
        assert view.custody_hand_overs.page(person="zhao", limit=5)[0] == 1
        assert view.custody_hand_overs.page(person="li", limit=5) == (0, [])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM custody_hand_over",
        "UPDATE custody_hand_over SET things = '[]'",
        "UPDATE custody_hand_over SET successor = 'li'",
        "DELETE FROM custody_hand_over_signature",
        "UPDATE custody_hand_over_signature SET name = 'li'",
    ],
)
def test_neither_a_list_nor_a_signature_is_changed_or_forgotten(store, listed, statement):
    with pytest.raises(DBAPIError, match="leavers"), store.begin() as work:
        work.connection.execute(text(statement))


def test_a_list_that_has_ended_stays_ended(store, listed):
    with store.begin() as work:
        work.custody_hand_overs.end(listed.id, HandOverState.SIGNED)
    with pytest.raises(DBAPIError, match="leavers"), store.begin() as work:
        work.custody_hand_overs.end(listed.id, HandOverState.WITHDRAWN)
