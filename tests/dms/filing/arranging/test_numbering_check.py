"""Whatever style codes are written in, a bound year leaves numbers and bearers that agree both ways, without a gap."""

from datetime import date

import pytest
from simulators.people import CLEARED_ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.filing.arranging import (
    NumberingWish,
    check_numbering,
    numbering_verdict,
    numbers_given,
    preview_numbering,
    state_numbering,
    style_texts,
)
from dms.filing.binding import carry_on, start_binding


@pytest.mark.parametrize("style", NUMBERING_STYLES)
def test_a_bound_year_leaves_numbers_that_agree_both_ways(archive, style):
    state_numbering(OPERATOR, NumberingWish(texts=style_texts(style)), archive=archive)
    for code, name in (("C0001", "合肥远山商贸有限公司"), ("C0002", "芜湖近水机械有限公司")):
        add_customer(archive, code, name)
        paper = {"customer_code": code, "contract_no": "", "type_code": "invoice", "year": 2024}
        for month in (3, 4):
            file_paper(archive, f"{name}发票{month}", doc_on=date(2024, month, 1), title="发票", **paper)
    shown = preview_numbering(OPERATOR, NumberingWish(texts={}), archive=archive).patterns
    carry_on(OPERATOR, start_binding(OPERATOR, 2024, archive=archive).id, archive=archive)
    agreement = check_numbering(archive)
    assert agreement.agrees
    assert (agreement.given, agreement.gaps) == (6, 0)
    assert numbering_verdict(CLEARED_ARCHIVIST, archive=archive).disagreements == 0
    given = {number.code for number in numbers_given(OPERATOR, CodeKind.VOLUME, archive=archive).numbers}
    ahead = {code for each in shown if each.kind is CodeKind.VOLUME for code in each.codes}
    assert given <= ahead
