"""The queue of prints: made under the asker's rights, gone on with where it was stopped, and taken out by him alone."""

import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from simulators.archives import sealed_objects
from simulators.bound_volumes import catalogue, seal
from simulators.destroyed import destroy_papers
from simulators.people import ARCHIVIST, AUDITOR, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.print_job import PrintState
from dms.filing.printing_out import (
    NothingOfTheYear,
    PrintJobNotFound,
    PrintResultDamaged,
    ask_for_year,
    do_next_print_job,
    forget_old_prints,
    is_anything_to_print,
    list_print_jobs,
    open_print_job,
    print_again,
    reclaim_print_jobs,
    remove_print_job,
    take_all_prints,
    take_print,
    year_printed,
)
from dms.filing.printing_out.working_off import KEPT

PEOPLE = {each.name: each for each in (ARCHIVIST, CLERK, LAWYER)}
FOR_LAWYER = 11
"""Three lists twice, the customers twice, covers, spines, one volume; no carry-forward list, which binders make."""


@pytest.fixture
def papers(archive):
    add_customer(archive)
    filed = [file_paper(archive, text, title=text) for text in ("甲合同", "乙合同")]
    seal(archive, filed[0])
    return filed


def work_off(archive, *, stop_after=None):
    asked = 0

    def should_stop():
        nonlocal asked
        asked += 1
        return stop_after is not None and asked > stop_after

    return do_next_print_job(archive, actor_named=PEOPLE.get, should_stop=should_stop)


def opened(archive, job, actor=LAWYER):
    return open_print_job(actor, job.id, archive=archive)


def test_a_year_is_printed_and_taken_out_as_one(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    assert (job.state, job.total, is_anything_to_print(archive)) == (PrintState.WAITING, FOR_LAWYER, True)
    assert work_off(archive)
    done = opened(archive, job)
    assert (done.job.state, done.job.done, len(done.results)) == (PrintState.DONE, FOR_LAWYER, FOR_LAWYER)
    packed = take_all_prints(LAWYER, job.id, archive=archive)
    names = zipfile.ZipFile(BytesIO(packed.content)).namelist()
    assert "案卷/Q001-KH.C0001.3.2024-001.pdf" in names
    assert "案卷目录 2024.xlsx" in names
    assert not work_off(archive)
    assert not is_anything_to_print(archive)


def test_one_document_is_taken_out_by_itself_and_the_journal_tells_of_it(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive)
    result = opened(archive, job).results[-1]
    taken = take_print(LAWYER, result.id, archive=archive)
    assert taken.content.startswith(b"%PDF")
    assert taken.suggested_name == "Q001-KH.C0001.3.2024-001.pdf"
    with archive.looking() as view:
        (entry,) = view.journal.entries(subject=f"print-{job.id}", newest_first=1)
    assert (entry.action, entry.details["sha256"]) == ("print_taken", result.digest)


def test_only_who_asked_sees_a_job_and_its_results(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive)
    result = opened(archive, job).results[0]
    assert list_print_jobs(CLERK, archive=archive).total == 0
    for refused in (open_print_job, take_all_prints, remove_print_job, print_again):
        with pytest.raises(PrintJobNotFound):
            refused(CLERK, job.id, archive=archive)
    with pytest.raises(PrintJobNotFound):
        take_print(CLERK, result.id, archive=archive)
    with pytest.raises(ActionForbidden):
        list_print_jobs(AUDITOR, archive=archive)


def test_an_account_called_like_the_operator_is_not_the_operator(archive, papers):
    job = ask_for_year(OPERATOR, 2024, archive=archive)
    namesake = replace(LAWYER, name=OPERATOR.name)
    with pytest.raises(PrintJobNotFound):
        open_print_job(namesake, job.id, archive=archive)


def test_a_job_is_done_with_the_rights_of_the_moment(archive, papers):
    secret = file_paper(archive, "密件", title="密件", grade=1, doc_on=None, year=2023)
    assert secret.volume_id != papers[0].volume_id
    job = ask_for_year(replace(LAWYER, clearance=1), 2024, archive=archive)
    do_next_print_job(archive, actor_named=lambda name: None)
    told = opened(archive, job).job
    assert (told.state, told.done) == (PrintState.FAILED, 0)
    assert "停用" in told.problem.zh


def test_a_year_without_numbered_volumes_is_not_printed(archive, papers):
    with pytest.raises(NothingOfTheYear):
        ask_for_year(LAWYER, 2019, archive=archive)


def test_asking_twice_for_the_same_leaves_one_job(archive, papers):
    assert ask_for_year(LAWYER, 2024, archive=archive) == ask_for_year(LAWYER, 2024, archive=archive)
    assert ask_for_year(LAWYER, 2024, with_papers=True, archive=archive).id > 1
    assert list_print_jobs(LAWYER, archive=archive).total == 2


def test_a_job_that_was_stopped_goes_on_where_it_was(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive, stop_after=4)
    before = opened(archive, job)
    assert (before.job.state, len(before.results)) == (PrintState.WAITING, 4)
    work_off(archive)
    after = opened(archive, job)
    assert (after.job.state, len(after.results)) == (PrintState.DONE, FOR_LAWYER)
    assert after.results[:4] == before.results


def test_a_job_of_a_dead_process_waits_again(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    with archive.begin() as work:
        work.print_jobs.take()
    assert reclaim_print_jobs(archive) == 1
    assert opened(archive, job).job.state is PrintState.WAITING


def test_a_job_that_is_removed_while_it_is_done_leaves_nothing_behind(archive, papers):
    before = set(sealed_objects(archive))
    job = ask_for_year(LAWYER, 2024, archive=archive)
    asked = 0

    def removed_after_three():
        nonlocal asked
        asked += 1
        if asked == 4:
            remove_print_job(LAWYER, job.id, archive=archive)
        return False

    do_next_print_job(archive, actor_named=PEOPLE.get, should_stop=removed_after_three)
    assert set(sealed_objects(archive)) == before
    with archive.looking() as view:
        assert view.destructions.condemned() == []
    with pytest.raises(PrintJobNotFound):
        opened(archive, job)


def test_a_job_can_be_done_once_more(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive)
    objects = set(sealed_objects(archive))
    assert print_again(LAWYER, job.id, archive=archive).state is PrintState.WAITING
    assert opened(archive, job).results == ()
    work_off(archive)
    assert len(opened(archive, job).results) == FOR_LAWYER
    assert len(set(sealed_objects(archive))) == len(objects)


def test_prints_are_kept_for_a_time_and_then_removed(archive, clock, papers):
    before = set(sealed_objects(archive))
    ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive)
    assert forget_old_prints(archive) == 0
    clock.advance(KEPT + timedelta(hours=1))
    assert is_anything_to_print(archive)
    assert forget_old_prints(archive) == 1
    assert set(sealed_objects(archive)) == before
    assert list_print_jobs(LAWYER, archive=archive).total == 0


def test_what_is_destroyed_is_in_no_printed_copy_either(archive, papers):
    job = ask_for_year(LAWYER, 2024, with_papers=True, archive=archive)
    work_off(archive)
    destroy_papers(archive, [papers[0].id], "销-1")
    assert opened(archive, job).results == ()
    with archive.looking() as view:
        known = view.survey.known_objects(path.name for path in sealed_objects(archive))
    assert known == {path.name for path in sealed_objects(archive)}


def test_a_damaged_result_is_told_and_given_to_nobody(archive, papers):
    job = ask_for_year(LAWYER, 2024, archive=archive)
    work_off(archive)
    result = opened(archive, job).results[0]
    (path,) = (path for path in sealed_objects(archive) if path.name == result.object_id)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PrintResultDamaged):
        take_print(LAWYER, result.id, archive=archive)
    with pytest.raises(PrintResultDamaged):
        take_all_prints(LAWYER, job.id, archive=archive)


def test_what_a_binder_prints_holds_the_carry_forward_list_too(archive, papers):
    names = [each.name for each, _, _ in year_printed(ARCHIVIST, 2024, with_papers=False, archive=archive)]
    assert "结转清单 2024.pdf" in names
    assert len(names) == FOR_LAWYER + 2


def test_a_document_that_is_refused_does_not_keep_the_others_from_being_made(archive, papers):
    file_paper(archive, "丙合同", title="含自造字\ue123的合同", year=2023, doc_on=None, series_code="2")
    with archive.looking() as view:
        unprintable = next(each for each in view.volumes.list(actor=OPERATOR) if each.year == 2023)
    catalogue(archive, unprintable.id)
    job = ask_for_year(LAWYER, 2023, archive=archive)
    work_off(archive)
    told = opened(archive, job)
    assert told.job.state is PrintState.FAILED
    assert "份文档未能打印，其余均已完成" in told.job.problem.zh
    assert 0 < len(told.results) < told.job.total
    assert "案卷目录 2023.pdf" in {result.name for result in told.results}
