"""Papers are related by a person, and the relation is shown on both of them to whoever may know of both."""

import pytest
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, hand_in, statement

from dms.archive import ItemNotFound
from dms.domain.actor import ActionForbidden
from dms.domain.item import Placement, RelationKind
from dms.domain.volume import VolumeState
from dms.filing import (
    RelationContradicts,
    RelationNotThere,
    confirm,
    reject,
    relate,
    relations_of,
    unrelate,
)

AMENDS, SEE_ALSO = RelationKind.AMENDS, RelationKind.SEE_ALSO


@pytest.fixture
def papers(archive):
    add_customer(archive)
    contract = file_paper(archive, "采购合同")
    amendment = file_paper(archive, "补充协议", type_code="amendment", title="补充协议一")
    return contract, amendment


def told(archive, item, actor=ARCHIVIST):
    return [(each.kind, each.forward, each.other.id) for each in relations_of(actor, item.id, archive=archive)]


def acts(archive, item):
    with archive.looking() as view:
        entries = list(view.journal.entries(subject=item.id))
    return [(entry.action, dict(entry.details)) for entry in entries if entry.action.startswith("papers")]


def test_a_relation_is_shown_on_both_papers(archive, papers):
    contract, amendment = papers
    (stated,) = relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    assert (stated.other.title, stated.by) == ("钢材采购合同", CLERK.name)
    assert told(archive, amendment) == [(AMENDS, True, contract.id)]
    assert told(archive, contract) == [(AMENDS, False, amendment.id)]
    assert acts(archive, amendment) == [("papers_related", {"relation": "amends", "other": contract.id})]


def test_the_other_paper_can_be_named_by_its_reference_code(archive, papers):
    contract, amendment = papers
    code = "Q001-KH·C0001·3·2024-001-001"
    with archive.begin() as work:
        work.items.place(contract.key, Placement(volume_id=contract.volume_id, position=1, reference_code=code))
    relate(CLERK, amendment.id, AMENDS, " Ｑ００１-KH•C0001•3•2024-001-001 ", archive=archive)
    assert told(archive, amendment) == [(AMENDS, True, contract.id)]


def test_stating_it_twice_changes_nothing_and_journals_nothing(archive, papers):
    contract, amendment = papers
    first = relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    assert relate(ARCHIVIST, amendment.id, AMENDS, contract.id, archive=archive) == first
    assert len(acts(archive, amendment)) == 1


def test_see_also_reads_the_same_from_either_paper(archive, papers):
    contract, amendment = papers
    relate(CLERK, amendment.id, SEE_ALSO, contract.id, archive=archive)
    relate(CLERK, contract.id, SEE_ALSO, amendment.id, archive=archive)
    assert len(told(archive, contract)) == 1


def test_what_contradicts_itself_is_refused(archive, papers):
    contract, amendment = papers
    relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    rejected = file_paper(archive, "误扫")
    reject(CLERK, rejected.id, "误扫", archive=archive)
    unread = hand_in(archive, "没有读过")
    for item, kind, other in (
        (contract, AMENDS, amendment),
        (contract, SEE_ALSO, contract),
        (contract, SEE_ALSO, rejected),
        (contract, SEE_ALSO, unread),
    ):
        with pytest.raises(RelationContradicts) as caught:
            relate(CLERK, item.id, kind, other.id, archive=archive)
        assert "钢材采购合同" in caught.value.message.zh


def test_a_mistake_is_taken_back_from_either_side(archive, papers):
    contract, amendment = papers
    relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    assert unrelate(CLERK, contract.id, AMENDS, amendment.id, archive=archive) == ()
    assert told(archive, amendment) == []
    assert acts(archive, contract) == [("papers_unrelated", {"relation": "amends", "other": amendment.id})]
    with pytest.raises(RelationNotThere):
        unrelate(CLERK, contract.id, AMENDS, amendment.id, archive=archive)


def test_papers_of_a_sealed_volume_are_related_too(archive, papers):
    contract, amendment = papers
    with archive.begin() as work:
        for state in (VolumeState.CLEANING, VolumeState.CATALOGUED, VolumeState.CHECKING):
            work.volumes.change_state(contract.volume_id, state)
        work.volumes.sealed(contract.volume_id, at=archive.now())
    relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    assert told(archive, contract)


def test_a_paper_that_may_not_be_known_shows_in_no_relation_and_takes_part_in_none(archive, papers):
    contract, _ = papers
    secret = file_paper(archive, "绝密补充协议", type_code="amendment", title="绝密补充协议")
    relate(CLERK, secret.id, AMENDS, contract.id, archive=archive)
    confirm(CLEARED_ARCHIVIST, secret.id, statement(type_code="amendment", grade=1), archive=archive)
    assert told(archive, contract) == []
    assert told(archive, contract, CLEARED_ARCHIVIST) == [(AMENDS, False, secret.id)]
    for act in (relate, unrelate):
        with pytest.raises(ItemNotFound):
            act(CLERK, contract.id, AMENDS, secret.id, archive=archive)


def test_who_only_looks_states_nothing(archive, papers):
    contract, amendment = papers
    relate(CLERK, amendment.id, AMENDS, contract.id, archive=archive)
    assert told(archive, contract, LAWYER)
    for act in (relate, unrelate):
        with pytest.raises(ActionForbidden):
            act(LAWYER, contract.id, AMENDS, amendment.id, archive=archive)
