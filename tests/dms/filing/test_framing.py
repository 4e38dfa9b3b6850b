"""A company names itself, its series and its types; what papers are filed by is never taken away."""

import pytest
from simulators.people import CLERK

from dms.archive import SeriesNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.document_type import DocumentType, Series
from dms.filing import FrameFactInvalid, frame, name_own_company, own_company, state_document_type, state_series


def test_a_company_that_changes_its_name_keeps_the_one_before(archive):
    before = own_company(OPERATOR, archive=archive).name
    name_own_company(OPERATOR, " 合肥新名 重工有限公司 ", archive=archive)
    company = own_company(OPERATOR, archive=archive)
    assert company.name == "合肥新名 重工有限公司"
    assert company.former_names == (before,)


def test_a_company_that_takes_its_old_name_back_has_it_once(archive):
    first = own_company(OPERATOR, archive=archive).name
    name_own_company(OPERATOR, "另一个名称", archive=archive)
    name_own_company(OPERATOR, first, archive=archive)
    assert own_company(OPERATOR, archive=archive).former_names == ("另一个名称",)


def test_a_series_is_added_in_its_place_and_renamed_under_its_code(archive):
    state_series(OPERATOR, Series(code="5", zh="担保", en="Guarantees", position=2), archive=archive)
    state_series(OPERATOR, Series(code="5", zh="担保资料", en="Guarantees", position=9), archive=archive)
    series = frame(OPERATOR, archive=archive).series
    assert [(each.code, each.zh) for each in series][-1] == ("5", "担保资料")
    assert len(series) == 5


def test_a_document_type_is_added_and_moved_to_another_series(archive):
    kind = DocumentType(code="photo", zh="现场照片", en="Site photo", series="3")
    state_document_type(OPERATOR, kind, archive=archive)
    state_document_type(OPERATOR, DocumentType(code="photo", zh="照片", en="Photo", series="4"), archive=archive)
    added = [each for each in frame(OPERATOR, archive=archive).types if each.code == "photo"]
    assert [(each.zh, each.series) for each in added] == [("照片", "4")]


@pytest.mark.parametrize("code", ["", "-x", "a b", "类", "x" * 33])
def test_a_code_that_cannot_be_typed_anywhere_is_refused(archive, code):
    with pytest.raises(FrameFactInvalid):
        state_series(OPERATOR, Series(code=code, zh="甲", en="A", position=1), archive=archive)


def test_a_type_of_a_series_that_does_not_exist_is_refused(archive):
    with pytest.raises(SeriesNotFound):
        state_document_type(OPERATOR, DocumentType(code="x", zh="甲", en="A", series="99"), archive=archive)


def test_the_frame_is_set_by_those_who_operate_the_archive(archive):
    with pytest.raises(ActionForbidden):
        name_own_company(CLERK, "x", archive=archive)
