"""The register of numbers shows each person what he may know of; a gap is closed by a reason, never by a number."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK
from simulators.scanner import file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import CustomerFacts
from dms.domain.item import Placement
from dms.domain.numbering import NumberGap
from dms.domain.reference_code import CodeKind
from dms.filing import register_customer
from dms.filing.arranging import (
    GapReasonUnfit,
    NumberGapNotFound,
    NumberingWish,
    PatternsClash,
    code_fields,
    explain_gap,
    number_gaps,
    numbering_verdict,
    numbers_given,
    state_numbering,
    style_texts,
)

SALES_ARCHIVIST = replace(CLEARED_ARCHIVIST, departments=frozenset({"销售部"}))
SALES, WORKS = "Q001-KH·C0002·3·2024-001", "Q001-KH·C0001·3·2024-001"
WORKS_SCOPE = "Q001-KH·C0001·3·2024-*"


@pytest.fixture
def bound(archive):
    """A paper of two departments each, in numbered volumes; numbers 2 and 3 of both are left out."""
    for code, name, department in (("C0001", "远山商贸", "工程部"), ("C0002", "近水机械", "销售部")):
        register_customer(OPERATOR, CustomerFacts(code=code, name=name, department=department), archive=archive)
        paper = file_paper(archive, f"{name}合同", customer_code=code, contract_no=f"HT-{code}", year=2024)
        with archive.begin() as work:
            fields = code_fields(work, year=2024, customer_code=code, series_code="3")
            volume, item = (work.numbers.pattern(kind) for kind in (CodeKind.VOLUME, CodeKind.ITEM))
            now = archive.now()
            given = work.numbers.allocate(volume, fields, f"volume:{paper.volume_id}", now)
            work.volumes.number(paper.volume_id, number=1, reference_code=given)
            code_of_item = work.numbers.allocate(item, {**fields, "volume": 1}, paper.id, now)
            work.items.place(paper.key, Placement(volume_id=paper.volume_id, position=1, reference_code=code_of_item))
            work.numbers.register(volume, f"{given[:-3]}004", f"volume:{paper.volume_id}", now)


def codes(actor, archive, kind=CodeKind.VOLUME, **wish):
    return [number.code for number in numbers_given(actor, kind, archive=archive, **wish).numbers]


def gaps(actor, archive):
    return [(gap.scope, gap.number) for gap in number_gaps(actor, CodeKind.VOLUME, archive=archive).gaps]


def test_the_register_is_read_page_by_page_and_by_what_the_code_holds(archive, bound):
    everything = codes(ARCHIVIST, archive)
    assert everything == [WORKS, f"{WORKS[:-3]}004", SALES, f"{SALES[:-3]}004"]
    assert codes(ARCHIVIST, archive, limit=2, offset=1) == everything[1:3]
    assert codes(ARCHIVIST, archive, words="C0002 004") == [f"{SALES[:-3]}004"]
    assert codes(ARCHIVIST, archive, words="%") == []
    assert numbers_given(ARCHIVIST, CodeKind.VOLUME, archive=archive, limit=1).total == 4


def test_nobody_reads_the_numbers_of_papers_that_he_may_not_know_of(archive, bound):
    assert codes(SALES_ARCHIVIST, archive) == [SALES, f"{SALES[:-3]}004"]
    assert codes(SALES_ARCHIVIST, archive, CodeKind.ITEM) == [f"{SALES}-001"]
    assert numbers_given(SALES_ARCHIVIST, CodeKind.VOLUME, archive=archive).total == 2
    assert {scope for scope, _ in gaps(SALES_ARCHIVIST, archive)} == {"Q001-KH·C0002·3·2024-*"}
    hidden = NumberGap(kind=CodeKind.VOLUME, scope=WORKS_SCOPE, number=2)
    with pytest.raises(NumberGapNotFound):
        explain_gap(SALES_ARCHIVIST, hidden, "空号", archive=archive)


def test_a_paper_too_secret_for_a_person_has_no_number_for_him(archive, bound):
    with archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE item SET grade = 1")
    assert codes(ARCHIVIST, archive, CodeKind.ITEM) == []
    assert len(codes(CLEARED_ARCHIVIST, archive, CodeKind.ITEM)) == 2


def test_a_number_that_was_explained_is_known_beside_its_neighbours(archive, bound):
    gap = NumberGap(kind=CodeKind.VOLUME, scope=WORKS_SCOPE, number=2)
    explained = explain_gap(ARCHIVIST, gap, " 误编，\n作废 ", archive=archive)
    assert (explained.code, explained.void_reason, explained.subject) == (f"{WORKS[:-3]}002", "误编， 作废", "")
    assert explained.code in codes(ARCHIVIST, archive)
    assert explained.code not in codes(SALES_ARCHIVIST, archive)
    assert (WORKS_SCOPE, 2) not in gaps(ARCHIVIST, archive)
    assert (WORKS_SCOPE, 3) in gaps(ARCHIVIST, archive)


def test_a_gap_that_was_explained_is_never_given(archive, bound):
    for number in (2, 3):
        gap = NumberGap(kind=CodeKind.VOLUME, scope=WORKS_SCOPE, number=number)
        explain_gap(ARCHIVIST, gap, "空号", archive=archive)
    with archive.begin() as work:
        fields = code_fields(work, year=2024, customer_code="C0001", series_code="3")
        pattern = work.numbers.pattern(CodeKind.VOLUME)
        assert work.numbers.allocate(pattern, fields, "volume:9", archive.now()) == f"{WORKS[:-3]}005"


@pytest.mark.parametrize(("number", "scope"), [(1, WORKS_SCOPE), (5, WORKS_SCOPE), (2, "Q001-KH·C0009·3·2024-*")])
def test_only_a_gap_is_explained(archive, bound, number, scope):
    with pytest.raises(NumberGapNotFound):
        explain_gap(ARCHIVIST, NumberGap(kind=CodeKind.VOLUME, scope=scope, number=number), "空号", archive=archive)


def test_a_gap_needs_a_reason_and_an_archivist(archive, bound):
    gap = NumberGap(kind=CodeKind.VOLUME, scope=WORKS_SCOPE, number=2)
    for reason in ("", " \n", "因" * 201):
        with pytest.raises(GapReasonUnfit):
            explain_gap(ARCHIVIST, gap, reason, archive=archive)
    with pytest.raises(ActionForbidden):
        explain_gap(CLERK, gap, "空号", archive=archive)


def test_the_code_of_a_gap_is_written_like_the_one_after_it_though_the_pattern_has_changed(archive, bound):
    with archive.begin() as work:
        work.numbers.state_pattern(
            type(work.numbers.pattern(CodeKind.VOLUME)).parse(CodeKind.VOLUME, "{fonds}-{volume}")
        )
    gap = NumberGap(kind=CodeKind.VOLUME, scope=WORKS_SCOPE, number=3)
    assert explain_gap(ARCHIVIST, gap, "空号", archive=archive).code == f"{WORKS[:-3]}003"


def test_the_verdict_names_only_what_the_person_may_know_of(archive, bound):
    with archive.begin() as work:
        for code in (WORKS, SALES):
            work.numbers.void(code, "误", archive.now())
    whole = numbering_verdict(CLEARED_ARCHIVIST, archive=archive)
    # Two volumes bear what is void, and two codes were registered for volumes that bear another.
    assert (whole.disagreements, len(whole.named.unrecorded), len(whole.named.unborne)) == (4, 2, 2)
    part = numbering_verdict(SALES_ARCHIVIST, archive=archive)
    assert (part.disagreements, part.given, part.gaps) == (4, 3, 2)
    assert [code for _, code in part.named.unrecorded] == [SALES]
    with pytest.raises(ActionForbidden):
        numbering_verdict(CLERK, archive=archive)


def test_a_refusal_of_patterns_names_no_code_that_the_person_may_not_know_of(archive, bound):
    boxes = {CodeKind.BOX: "{fonds}-KH·C0001·3·{year}-{box:3}"}
    like_volumes = NumberingWish(texts={**style_texts("collective"), **boxes})
    with pytest.raises(PatternsClash) as hidden:
        state_numbering(SALES_ARCHIVIST, like_volumes, archive=archive)
    assert WORKS not in str(hidden.value)
    with pytest.raises(PatternsClash, match=WORKS):
        state_numbering(ARCHIVIST, like_volumes, archive=archive)
