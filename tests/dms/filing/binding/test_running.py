"""The run over a year: begun, carried on, stopped, gone on with, given up, and run again."""

from datetime import date

import pytest
from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed
from simulators.people import ARCHIVIST, CLERK

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.binding import BindingState
from dms.domain.customer import VolumeAxis
from dms.domain.item import ItemState
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.domain.volume import VolumeScope, VolumeState
from dms.filing.binding import (
    BindingEnded,
    BindingPlanChanged,
    BindingRunNotFound,
    BindingUnderWay,
    NothingToBind,
    binding_progress,
    binding_runs,
    binding_under_way,
    carry_on,
    give_up_binding,
    plan_binding,
    resume_binding,
    start_binding,
    stop_binding,
    volumes_of_run,
)

TYPES = ("licence", "invoice", "delivery_voucher")


@pytest.fixture
def customer_id(archive):
    return add_customer(archive)


@pytest.fixture
def year_of_papers(archive, customer_id):
    for type_code in TYPES:
        lay_filed(archive, Filed(customer_id=customer_id, type_code=type_code))
        lay_filed(archive, Filed(customer_id=customer_id, type_code=type_code, doc_on=date(2025, 6, 1), pages=2))


def bound(archive, year=2025):
    run = start_binding(ARCHIVIST, year, archive=archive)
    return carry_on(ARCHIVIST, run.id, archive=archive)


def volumes(archive):
    with archive.looking() as view:
        return view.volumes.list(actor=OPERATOR)


def journal_of(archive, subject):
    with archive.looking() as view:
        return [entry.action for entry in view.journal.entries(subject=subject)]


def test_a_year_is_bound_as_its_plan_said(archive, year_of_papers):
    plan = plan_binding(ARCHIVIST, 2025, archive=archive)
    run = start_binding(ARCHIVIST, 2025, seen=plan.digest, archive=archive)
    progress = carry_on(ARCHIVIST, run.id, archive=archive)
    made = volumes_of_run(ARCHIVIST, run.id, limit=10, archive=archive)
    assert (progress.run.state, progress.percent, progress.volumes, progress.items) == (BindingState.DONE, 100, 3, 6)
    assert [(volume.reference_code, volume.title) for volume in made] == [
        (volume.reference_code, volume.title) for volume in plan.volumes
    ]
    with archive.looking() as view:
        for volume, planned in zip(made, plan.volumes, strict=True):
            assert [
                (paper.id, paper.reference_code, paper.last_page) for paper in view.volumes.items_of(volume.id)
            ] == [(paper.item_id, paper.reference_code, paper.last_page) for paper in planned.papers]


def test_a_bound_volume_bears_its_cover_and_its_compiler(archive, clock, year_of_papers):
    bound(archive)
    volume = volumes(archive)[0]
    assert (volume.state, volume.number, volume.retention_code) == (VolumeState.CATALOGUED, 1, "D30")
    assert (volume.compiled_by, volume.compiled_at) == (ARCHIVIST.name, clock.now())
    assert (volume.first_on, volume.last_on) == (date(2025, 5, 18), date(2025, 6, 1))
    assert (volume.item_count, volume.page_count, volume.sheet_count, volume.spine_mm) == (2, 3, 3, 10)
    assert volume.name_of_customer == "合肥远山商贸有限公司"


def test_every_number_is_spent_for_what_bears_it(archive, year_of_papers):
    bound(archive)
    volume = volumes(archive)[0]
    with archive.looking() as view:
        assert view.numbers.spent(volume.reference_code).subject == f"volume:{volume.id}"
        for paper in view.volumes.items_of(volume.id):
            assert view.numbers.spent(paper.reference_code).subject == paper.id
        assert view.numbers.gaps(CodeKind.ITEM) == view.numbers.gaps(CodeKind.VOLUME) == []


def test_loose_leaves_become_the_volume_where_all_of_them_go(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id))
    (loose,) = volumes(archive)
    bound(archive)
    assert [volume.id for volume in volumes(archive)] == [loose.id]


def test_what_stays_loose_keeps_its_folder(archive, customer_id):
    contract_id = add_contract(archive, customer_id)
    lay_filed(archive, Filed(customer_id=customer_id, type_code="contract", contract_id=contract_id))
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id))
    (loose,) = volumes(archive)
    bound(archive)
    assert {volume.state: volume.item_count for volume in volumes(archive)} == {
        VolumeState.CATALOGUED: 1,
        VolumeState.OPEN: 1,
    }
    with archive.looking() as view:
        assert view.volumes.get(loose.id, actor=OPERATOR).state is VolumeState.OPEN


def test_the_stub_of_a_destroyed_paper_is_not_bound(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id))
    destroyed = lay_filed(archive, Filed(customer_id=customer_id))
    with archive.begin() as work:
        work.items.destroy(destroyed)
    bound(archive)
    with archive.looking() as view:
        (volume,) = view.volumes.list(actor=OPERATOR)
        assert [paper.state for paper in view.volumes.items_of(volume.id)] == [ItemState.FILED]


def test_a_second_run_changes_nothing(archive, year_of_papers):
    bound(archive)
    before = volumes(archive)
    with pytest.raises(NothingToBind):
        start_binding(ARCHIVIST, 2025, archive=archive)
    assert volumes(archive) == before
    assert len(binding_runs(ARCHIVIST, archive=archive)) == 1


def test_a_late_paper_goes_into_a_continuation(archive, customer_id, year_of_papers):
    bound(archive)
    lay_filed(archive, Filed(customer_id=customer_id, title="迟到的送货单"))
    bound(archive)
    first, later = [volume for volume in volumes(archive) if volume.series_code == "3"]
    assert (later.reference_code, later.continuation_of) == ("Q001-KH·C0001·3·2025-002", first.id)
    assert later.state is VolumeState.CATALOGUED


def test_papers_of_a_contract_bear_its_closing_year_once_they_are_bound(archive, customer_id):
    contract_id = add_contract(archive, customer_id, signed_on=date(2023, 1, 1))
    key = lay_filed(
        archive,
        Filed(customer_id=customer_id, type_code="contract", contract_id=contract_id, doc_on=date(2023, 1, 1)),
    )
    close_contract(archive, contract_id, date(2025, 4, 1))
    bound(archive)
    with archive.looking() as view:
        assert view.items.get(key).classification.year == 2025
        assert view.volumes.get(view.items.get(key).volume_id, actor=OPERATOR).year == 2025


def test_a_collective_volume_belongs_to_no_single_customer(archive):
    for code in ("C0001", "C0002"):
        lay_filed(
            archive, Filed(customer_id=add_customer(archive, code, f"{code}公司", volume_axis=VolumeAxis.SCATTERED))
        )
    bound(archive)
    (volume,) = [each for each in volumes(archive) if each.reference_code]
    assert (volume.customer_id, volume.scope, volume.item_count) == (None, VolumeScope.COLLECTIVE, 2)


def test_one_run_at_a_time(archive, year_of_papers):
    start_binding(ARCHIVIST, 2025, archive=archive)
    with pytest.raises(BindingUnderWay):
        start_binding(ARCHIVIST, 2024, archive=archive)


def test_consent_to_another_plan_begins_nothing(archive, customer_id, year_of_papers):
    seen = plan_binding(ARCHIVIST, 2025, archive=archive).digest
    lay_filed(archive, Filed(customer_id=customer_id))
    with pytest.raises(BindingPlanChanged):
        start_binding(ARCHIVIST, 2025, seen=seen, archive=archive)
    assert binding_under_way(ARCHIVIST, archive=archive) is None


def test_a_run_that_was_cut_off_goes_on_where_it_stood(archive, year_of_papers):
    run = start_binding(ARCHIVIST, 2025, archive=archive)
    cut_off = carry_on(ARCHIVIST, run.id, archive=archive, go_on=lambda: False)
    assert (cut_off.lines_done, cut_off.lines_total, cut_off.run.ended_at) == (1, 3, None)
    before = [volume for volume in volumes(archive) if volume.reference_code]
    done = carry_on(OPERATOR, run.id, archive=archive)
    assert (done.run.state, done.volumes) == (BindingState.DONE, 3)
    assert before[0] in volumes(archive)


def test_a_stopped_run_binds_nothing_until_it_is_resumed(archive, year_of_papers):
    run = start_binding(ARCHIVIST, 2025, archive=archive)
    stop_binding(ARCHIVIST, run.id, archive=archive)
    assert carry_on(ARCHIVIST, run.id, archive=archive).lines_done == 0
    resume_binding(ARCHIVIST, run.id, archive=archive)
    assert carry_on(ARCHIVIST, run.id, archive=archive).run.state is BindingState.DONE
    assert journal_of(archive, f"binding:{run.id}")[:3] == ["binding_begun", "binding_stopped", "binding_resumed"]


def test_a_run_that_is_given_up_leaves_the_rest_loose(archive, year_of_papers):
    run = start_binding(ARCHIVIST, 2025, archive=archive)
    carry_on(ARCHIVIST, run.id, archive=archive, go_on=lambda: False)
    ended = give_up_binding(ARCHIVIST, run.id, archive=archive)
    assert (ended.state, ended.facts["volumes"]) == (BindingState.ABANDONED, 1)
    assert len(plan_binding(ARCHIVIST, 2025, archive=archive).volumes) == 2
    for act in (carry_on, stop_binding, resume_binding, give_up_binding):
        with pytest.raises(BindingEnded):
            act(ARCHIVIST, run.id, archive=archive)


def test_what_was_filed_away_after_the_start_is_left_out(archive, customer_id):
    key = lay_filed(archive, Filed(customer_id=customer_id))
    run = start_binding(ARCHIVIST, 2025, archive=archive)
    with archive.begin() as work:
        work.items.return_to_tray(key)
    progress = carry_on(ARCHIVIST, run.id, archive=archive)
    assert (progress.run.state, progress.volumes) == (BindingState.DONE, 0)


def test_a_line_without_a_code_stays_loose_and_the_others_go_on(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id))
    lay_filed(archive, Filed(customer_id=add_customer(archive, "C0002", "销售公司", department="销售部")))
    with archive.begin() as work:
        for pattern in NUMBERING_STYLES["by_item"].patterns.values():
            work.numbers.state_pattern(pattern)
    progress = bound(archive)
    assert (progress.run.state, progress.volumes, progress.items) == (BindingState.DONE, 1, 1)
    (left,) = progress.left_loose
    assert "销售部" in left.because.zh
    with archive.looking() as view:
        assert view.numbers.gaps(CodeKind.VOLUME) == []


def test_how_far_the_run_came_is_told(archive, year_of_papers):
    told = []
    run = start_binding(ARCHIVIST, 2025, archive=archive)
    carry_on(ARCHIVIST, run.id, archive=archive, report=lambda progress: told.append(progress.percent))
    assert told[-1] == 100


def test_every_act_is_in_the_journal(archive, year_of_papers):
    bound(archive)
    assert journal_of(archive, "binding:1") == ["binding_begun", "binding_done"]
    assert journal_of(archive, f"volume:{volumes(archive)[0].id}") == ["volume_bound"]


def test_a_run_that_never_was_is_not_found(archive):
    with pytest.raises(BindingRunNotFound):
        binding_progress(ARCHIVIST, 7, archive=archive)


@pytest.mark.parametrize(
    "act",
    [
        lambda archive: start_binding(CLERK, 2025, archive=archive),
        lambda archive: carry_on(CLERK, 1, archive=archive),
        lambda archive: stop_binding(CLERK, 1, archive=archive),
        lambda archive: resume_binding(CLERK, 1, archive=archive),
        lambda archive: give_up_binding(CLERK, 1, archive=archive),
        lambda archive: binding_progress(CLERK, 1, archive=archive),
        lambda archive: binding_runs(CLERK, archive=archive),
        lambda archive: binding_under_way(CLERK, archive=archive),
        lambda archive: volumes_of_run(CLERK, 1, limit=1, archive=archive),
    ],
)
def test_a_clerk_binds_nothing(archive, act):
    with pytest.raises(ActionForbidden):
        act(archive)
