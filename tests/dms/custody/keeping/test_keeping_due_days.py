"""The kept due days are those that the facts make, after any change, and every move of them is told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping_parts import KEEPER
from simulators.archives import founded_archive
from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed, say_annex
from simulators.people import CLERK

from dms.custody.keeping import all_due_days_stale, due_now, due_of, recompute_due, settle_due
from dms.domain.actor import SYSTEM, ActionForbidden
from dms.domain.contract import ContractState
from dms.domain.dispute import DisputeFacts, DisputeSubject
from dms.domain.due_day import DueReason, DueState, TermExtension
from dms.domain.retention import RetentionTrigger
from dms.domain.volume import VolumeState


def days(archive) -> dict[int, date | str]:
    with archive.looking() as view:
        keys = [key for key, _ in view.items.ids(limit=1000)]
        found = view.due_dates.of_items(keys)
    return {key: day.due_on or day.state.value for key, day in found.items()}


def reckoned(archive) -> dict[int, date | str]:
    """The same as explained paper by paper."""
    with archive.looking() as view:
        keys = [key for key, _ in view.items.ids(limit=1000)]
        explained = {key: due_now(key, work=view) for key in keys}
    return {key: due.on or due.day.state.value for key, due in explained.items() if due}


def test_all_days_are_computed_and_computed_again_nothing_moves(kept):
    first = recompute_due(SYSTEM, archive=kept.archive)
    assert (first.examined, first.changed) == (3, 3)
    assert days(kept.archive) == {
        kept.of_contract: "waiting",
        kept.second_of_contract: "waiting",
        kept.loose: date(2020, 12, 31),
    }
    assert recompute_due(SYSTEM, archive=kept.archive).changed == 0
    with kept.archive.looking() as view:
        assert view.due_dates.history(kept.loose) == []


def test_whoever_does_not_keep_the_terms_computes_nothing(kept):
    with pytest.raises(ActionForbidden):
        recompute_due(CLERK, archive=kept.archive)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("contract", DueReason.CONTRACT),
        ("document", DueReason.DOCUMENT),
        ("rule", DueReason.RULE),
        ("series", DueReason.RULE),
        ("own rule", DueReason.RULE),
        ("dispute", DueReason.DISPUTE),
        ("extension", DueReason.EXTENSION),
        ("volume", DueReason.VOLUME),
    ],
)
def test_a_change_of_facts_moves_the_days_and_says_why(kept, change, reason):
    archive = kept.archive
    recompute_due(SYSTEM, archive=archive)
    moved = apply_change(kept, change)
    with archive.looking() as view:
        assert view.due_dates.is_stale()
    if all_due_days_stale(archive):
        recompute_due(KEEPER, archive=archive)
    settle_due(archive)
    assert days(archive) == reckoned(archive)
    with archive.looking() as view:
        assert not view.due_dates.is_stale()
        (told,) = view.due_dates.history(moved)
    assert told.reason is reason
    assert told.before != told.after
    assert due_of(KEEPER, kept.id_of(moved), archive=archive).history == (told,)


def apply_change(kept, change: str) -> int:
    """Make the change; the key of a paper whose day it moves."""
    archive = kept.archive
    if change == "contract":
        close_contract(archive, kept.contract_id, date(2026, 1, 20))
        return kept.of_contract
    if change == "volume":
        return bind_together(kept)
    with archive.begin() as work:
        item = work.items.get(kept.loose)
        match change:
            case "document":
                work.items.classify(item.key, replace(item.classification, doc_on=date(1992, 2, 29)))
            case "own rule":
                work.items.classify(item.key, replace(item.classification, retention_code="D10"))
            case "rule":
                rule = work.retention.with_code("D30")
                work.retention.state(replace(rule, trigger=RetentionTrigger.DOCUMENT_DATE))
                return kept.of_contract
            case "series":
                series = work.scheme.series(str(item.classification.series_code))
                work.scheme.state_series_rules(replace(series, retention_code="D10"))
            case "dispute":
                dispute = work.disputes.add(DisputeFacts(number="ZY", title="x", opened_on=date(2026, 1, 1)))
                subject = DisputeSubject(item_key=kept.loose, added_by="法务", added_at=archive.now())
                work.disputes.add_subject(dispute.id, subject)
            case "extension":
                decided = TermExtension(
                    item_key=kept.loose,
                    until_on=date(2040, 12, 31),
                    authority="JD",
                    decided_by="组长",
                    decided_at=archive.now(),
                )
                work.due_dates.extend([decided])
    return kept.loose


def bind_together(kept) -> int:
    """Two papers of one volume, of 1990 and 1995, made up as one; the older one is kept as long as the other."""
    newer = lay_filed(kept.archive, Filed(customer_id=kept.customer_id, doc_on=date(1995, 3, 1), year=1990))
    settle_due(kept.archive)
    with kept.archive.begin() as work:
        volume_id = work.items.get(newer).volume_id
        assert volume_id == work.items.get(kept.loose).volume_id
        work.volumes.change_state(volume_id, VolumeState.CLEANING)
        work.volumes.retain(volume_id, "D30")
        work.volumes.change_state(volume_id, VolumeState.CATALOGUED)
    return kept.loose


def test_what_is_not_filed_any_more_has_no_day(kept):
    recompute_due(SYSTEM, archive=kept.archive)
    with kept.archive.begin() as work:
        work.items.withdraw(kept.loose)
    settle_due(kept.archive)
    assert kept.loose not in days(kept.archive)
    assert due_of(KEEPER, kept.id_of(kept.of_contract), archive=kept.archive).due is not None


def test_an_amendment_moves_the_start_of_the_whole_chain(kept):
    archive = kept.archive
    close_contract(archive, kept.contract_id, date(2020, 6, 30))
    renewal = add_contract(archive, kept.customer_id, "HT-001-B1")
    late = lay_filed(archive, Filed(customer_id=kept.customer_id, contract_id=renewal, title="补充协议"))
    say_annex(archive, late, kept.of_contract)
    recompute_due(SYSTEM, archive=archive)
    assert days(archive)[kept.second_of_contract] == "waiting"
    close_contract(archive, renewal, date(2024, 6, 30))
    settle_due(archive)
    assert days(archive)[kept.second_of_contract] == date(2055, 12, 31)  # its own date is of 2025
    close_contract(archive, renewal, date(2027, 6, 30))
    settle_due(archive)
    assert days(archive)[kept.second_of_contract] == date(2057, 12, 31)
    assert days(archive) == reckoned(archive)


def test_a_computation_that_breaks_off_goes_on_where_it_was(kept):
    for year in range(1980, 1990):
        lay_filed(kept.archive, Filed(customer_id=kept.customer_id, doc_on=date(year, 5, 1)))
    stopped = recompute_due(SYSTEM, archive=kept.archive, papers_a_batch=2, should_stop=lambda: True)
    assert stopped.examined < 13
    assert all_due_days_stale(kept.archive)
    assert settle_due(kept.archive) == 0
    ended = recompute_due(SYSTEM, archive=kept.archive)
    assert ended.resumed and ended.examined == 13
    assert days(kept.archive) == reckoned(kept.archive)
    assert not all_due_days_stale(kept.archive)


DAY = st.dates(date(1985, 1, 1), date(2026, 3, 1))
PAPERS = st.lists(
    st.tuples(st.none() | DAY, st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, "D10", "Y", "LC"])),
    min_size=1,
    max_size=8,
)
CONTRACTS = st.lists(
    st.tuples(st.sampled_from(ContractState), st.none() | DAY, st.none() | DAY), min_size=3, max_size=3
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    papers=PAPERS,
    contracts=CONTRACTS,
    linked=st.booleans(),
    bound=st.booleans(),
    trigger=st.sampled_from(RetentionTrigger),
)
def test_computed_together_and_explained_one_by_one_the_days_are_the_same(
    tmp_path_factory, papers, contracts, linked, bound, trigger
):
    archive = founded_archive(tmp_path_factory.mktemp("drawn") / "archive")
    customer_id = add_customer(archive)
    ids = [
        add_contract(archive, customer_id, f"HT-{n}", state=state, performed_on=performed, ends_on=ends)
        for n, (state, performed, ends) in enumerate(contracts)
    ]
    keys = [
        lay_filed(
            archive,
            Filed(
                customer_id=customer_id,
                doc_on=doc_on,
                year=2020,
                contract_id=None if contract is None else ids[contract],
                facts={"retention_code": own},
            ),
        )
        for doc_on, contract, own in papers
    ]
    if linked and len(keys) > 1:
        say_annex(archive, keys[0], keys[1])
    with archive.begin() as work:
        work.retention.state(replace(work.retention.with_code("D30"), trigger=trigger))
        if bound:
            work.volumes.change_state(1, VolumeState.CLEANING)
            work.volumes.retain(1, "D30")
            work.volumes.change_state(1, VolumeState.CATALOGUED)
    recompute_due(SYSTEM, archive=archive)
    kept, explained = days(archive), reckoned(archive)
    archive.close()
    assert kept == explained
    assert set(kept) == set(keys)
    assert all(isinstance(day, date) or day in {DueState.PERMANENT, DueState.WAITING} for day in kept.values())
