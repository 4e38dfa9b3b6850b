"""What the yearly binding run leaves is checked, sealed, verified and continued, as in a real January."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.damage import FULL, found
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR
from dms.domain.customer import VolumeAxis
from dms.domain.volume import NoteKind, VolumeScope, VolumeState
from dms.filing import Particulars, change_customer, describe_paper
from dms.filing.binding import carry_on, start_binding
from dms.filing.sealing import (
    Comparison,
    LineKind,
    VolumeWish,
    check_volume,
    hand_all_to_check,
    seal_all,
    verify_volume,
    volume_file,
    volumes_listed,
)

COMPARED = Comparison(paper=True, catalogue=True, images=True)


def bind(archive, year=2024):
    run = start_binding(ARCHIVIST, year, archive=archive)
    carry_on(ARCHIVIST, run.id, archive=archive)
    wish = VolumeWish(states=frozenset({VolumeState.CATALOGUED}), limit=100)
    return [row.volume.id for row in volumes_listed(ARCHIVIST, wish, archive=archive).rows]


def seal_everything(archive, volume_ids):
    assert hand_all_to_check(ARCHIVIST, volume_ids, archive=archive).refused == {}
    for volume_id in volume_ids:
        check_volume(CLERK, volume_id, COMPARED, archive=archive)
    assert seal_all(ARCHIVIST, volume_ids, archive=archive).refused == {}


@pytest.fixture
def year(archive):
    for code, name in (("C0001", "合肥远山商贸有限公司"), ("C0002", "芜湖近水机械有限公司"), ("C0003", "零散甲行")):
        add_customer(archive, code, name)
    with archive.looking() as view:
        scattered = view.customers.with_code("C0003").facts
    change_customer(OPERATOR, "C0003", replace(scattered, volume_axis=VolumeAxis.SCATTERED), archive=archive)
    for number, code in enumerate(("C0001", "C0001", "C0002", "C0003")):
        letter = {"type_code": "correspondence", "title": f"第{number}函", "contract_no": "", "customer_code": code}
        file_paper(archive, f"第{number}函", **letter)
    return archive


def letter(archive, text):
    return file_paper(archive, text, type_code="correspondence", title=text, contract_no="", doc_on=date(2024, 9, 1))


def test_a_bound_year_is_sealed_and_every_check_of_the_archive_finds_it_sound(year):
    volume_ids = bind(year)
    assert len(volume_ids) == 3
    seal_everything(year, volume_ids)
    opened = [volume_file(OPERATOR, volume_id, archive=year) for volume_id in volume_ids]
    assert {each.volume.state for each in opened} == {VolumeState.SEALED}
    assert [each.customer for each in opened if each.volume.scope is VolumeScope.COLLECTIVE] == [None]
    assert all(verify_volume(OPERATOR, volume_id, archive=year) == () for volume_id in volume_ids)
    assert found(year, FULL) == set()


def test_a_late_paper_becomes_a_continuation_by_the_next_run(year):
    first = bind(year)
    seal_everything(year, first)
    letter(year, "迟到的函")
    (continuation,) = bind(year)
    seal_everything(year, [continuation])
    before = volume_file(OPERATOR, continuation, archive=year).continues
    told = [note.line for note in volume_file(OPERATOR, before.id, archive=year).notes]
    assert (told[-1].kind, "补充 1 件" in told[-1].text) == (NoteKind.ADDED, True)
    assert found(year, FULL) == set()


def test_an_annex_without_a_number_is_sealed_with_the_others(year):
    annex = letter(year, "附件清单")
    describe_paper(CLERK, annex.id, Particulars(is_annex=True), archive=year)
    volume_ids = bind(year)
    seal_everything(year, volume_ids)
    lines = [line for each in volume_ids for line in volume_file(OPERATOR, each, archive=year).lines]
    assert [(line.title, line.reference_code) for line in lines if line.kind is LineKind.ANNEX] == [("附件清单", None)]
    assert found(year, FULL) == set()
