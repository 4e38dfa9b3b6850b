"""What is suggested while a person types begins as typed, and tells nothing of what the person may not see."""

import random

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay, open_shelf
from simulators.people import AUDITOR, LAWYER, person

from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.search import SearchRequest
from dms.search.recent import remember
from dms.search.request_json import as_json
from dms.search.suggesting import MAX_SUGGESTIONS, SuggestionKind, suggest, take_in_changes

KIND = SuggestionKind
CLEARED = person(Role.LAWYER, clearance=1, user_id=201)


@pytest.fixture
def shelf(archive):
    """Two customers with papers, one of them secret; one customer without any."""
    with archive.begin() as work:
        huaxin = add_customer(work, "C0001", "江苏华信化工有限公司", former=("南京华信厂",), uscc="91320100MA1MTXYZ0A")
        secret = add_customer(work, "C0002", "华信并购基金（有限合伙）")
        add_customer(work, "C0003", "华信而无纸公司")
        open_contract = add_contract(work, "HT-2023-00871", "原料采购合同", huaxin)
        secret_contract = add_contract(work, "HT-2023-00900", "并购意向书", secret)
        lay(work, Paper(title="原料采购合同", customer_id=huaxin, contract_id=open_contract))
        lay(work, Paper(title="原料采购合同", customer_id=huaxin, contract_id=open_contract))
        lay(work, Paper(title="并购意向书", customer_id=secret, contract_id=secret_contract, grade=1))
    return archive


def suggested(archive, typed, *kinds, actor=LAWYER):
    found = suggest(actor, typed, archive=archive)
    return [one.text for one in found if not kinds or one.kind in kinds]


@pytest.mark.parametrize(
    "typed", ["华信", "江苏", "江蘇華信", "c0001", "南京华信厂", "91320100ma1m", "化工有限", "Ｃ００01"]
)
def test_a_customer_is_suggested_by_whatever_it_is_called(shelf, typed):
    assert suggested(shelf, typed, KIND.CUSTOMER) == ["客户:江苏华信化工有限公司"]


def test_a_customer_of_whom_the_person_may_see_no_paper_is_not_suggested(shelf):
    assert "客户:华信而无纸公司" not in suggested(shelf, "华信", actor=OPERATOR)
    for typed in ("华信", "并购", "HT-2023", "意向", "题名:并", "C0002"):
        words = " ".join(suggested(shelf, typed))
        assert "并购" not in words
        assert "00900" not in words
    seen = " ".join(text for typed in ("华信", "并购") for text in suggested(shelf, typed, actor=CLEARED))
    assert '客户:"华信并购基金（有限合伙）"' in seen
    assert "题名:并购意向书" in seen


def test_suggestions_are_those_of_an_archive_that_never_held_what_is_invisible(tmp_path, clock):
    chance = random.Random(4)
    papers = [_drawn(chance) for _ in range(150)]
    (tmp_path / "whole").mkdir()
    (tmp_path / "visible").mkdir()
    whole = _shelf_with(tmp_path / "whole", papers, clock)
    visible = _shelf_with(tmp_path / "visible", [paper for paper in papers if paper["grade"] == 3], clock)
    for _ in range(200):
        typed = chance.choice(("", "客户:", "合同:", "题名:", "货款 ")) + _name(chance, chance.randint(1, 2))
        assert suggest(LAWYER, typed, archive=whole) == suggest(LAWYER, typed, archive=visible), typed
    whole.close()
    visible.close()


def _name(chance, length):
    return "".join(chance.choices("江苏华信长城12", k=length))


def _drawn(chance):
    return {"party": chance.randrange(12), "title": _name(chance, 5), "grade": chance.choice((1, 3))}


def _shelf_with(folder, papers, clock):
    """Twelve customers with a contract each, always the same, and these papers of theirs."""
    shelf, names = open_shelf(folder, clock=clock), random.Random(5)
    with shelf.begin() as work:
        customers = [add_customer(work, f"C{number}", _name(names, 6)) for number in range(12)]
        contracts = [add_contract(work, _name(names, 5), _name(names, 4), customer) for customer in customers]
        for paper in papers:
            party = paper["party"]
            facts = {"customer_id": customers[party], "contract_id": contracts[party]}
            lay(work, Paper(title=paper["title"], grade=paper["grade"], **facts))
    return shelf


def test_a_contract_is_suggested_by_number_and_title(shelf):
    for typed in ("HT-2023", "ht2023", "00871", "原料采"):
        assert suggested(shelf, typed, KIND.CONTRACT) == ["合同:HT-2023-00871"]


def test_a_title_is_suggested_once_however_many_papers_bear_it(shelf):
    assert suggested(shelf, "采购", KIND.TITLE) == ["题名:原料采购合同"]


def test_what_stands_before_the_last_word_stays(shelf):
    assert suggested(shelf, "违约金 OR 江苏", KIND.CUSTOMER) == ["违约金 OR 客户:江苏华信化工有限公司"]
    assert suggested(shelf, "违约金 （江苏", KIND.CUSTOMER) == ["违约金 （客户:江苏华信化工有限公司"]
    assert suggested(shelf, '违约金 "江苏 华', KIND.CUSTOMER) == ["违约金 客户:江苏华信化工有限公司"]
    assert suggested(shelf, "“违约金”江苏", KIND.CUSTOMER) == ["“违约金” 客户:江苏华信化工有限公司"]


def test_a_field_takes_its_own_values_only(shelf):
    assert suggested(shelf, "客户：江") == ["客户:江苏华信化工有限公司"]
    assert suggested(shelf, 'NOT customer: "江') == ["NOT customer:江苏华信化工有限公司"]
    assert suggested(shelf, "合同:原料") == ["合同:HT-2023-00871"]
    assert suggested(shelf, "题名:原料") == ["题名:原料采购合同"]
    assert suggested(shelf, "年度:20") == []


def test_a_field_that_bears_nothing_yet_is_offered_what_it_can_bear(shelf):
    assert suggested(shelf, "违约金 客户:") == ["违约金 客户:江苏华信化工有限公司"]
    assert suggested(shelf, "合同：") == ["合同:HT-2023-00871"]
    assert set(suggested(shelf, "合同:", actor=CLEARED)) == {"合同:HT-2023-00871", "合同:HT-2023-00900"}


def test_fields_and_their_values_are_suggested(shelf):
    assert {"金额:", "登记金额:"} & set(suggested(shelf, "违约金 金", KIND.FIELD)) == set()
    assert "违约金 金额:" in suggested(shelf, "违约金 金", KIND.FIELD)
    assert "customer:" in suggested(shelf, "cus", KIND.FIELD)
    assert "类型:发票" in suggested(shelf, "类型:发", KIND.VALUE)
    assert "type:invoice" in suggested(shelf, "type:inv", KIND.VALUE)
    assert len(suggested(shelf, "状态:", KIND.VALUE)) == 2


def test_what_begins_as_typed_comes_first(archive):
    with archive.begin() as work:
        for number, name in enumerate(("上海长江公司", "长江一厂", "重庆长江集团")):
            customer = add_customer(work, f"C{number}", name)
            lay(work, Paper(title="合同", customer_id=customer))
    assert suggested(archive, "长江", KIND.CUSTOMER)[0] == "客户:长江一厂"


def test_there_are_never_more_than_a_person_can_take_in(archive):
    with archive.begin() as work:
        for number in range(30):
            customer = add_customer(work, f"CH{number:04d}", f"合力{number}公司")
            contract = add_contract(work, f"合力-{number}", f"合力合同{number}", customer)
            lay(work, Paper(title=f"合力合同第{number}份", customer_id=customer, contract_id=contract))
        for number in range(9):
            remember(work, LAWYER, SearchRequest(query=f"合力{number}"))
    for typed in ("", "合", "合力", "公司"):
        assert len(suggested(archive, typed)) <= MAX_SUGGESTIONS


def test_ones_own_recent_and_saved_searches_are_suggested_and_nobody_elses(archive, clock):
    narrow = SearchRequest(query="违约金 赔偿", year=2023)
    with archive.begin() as work:
        remember(work, LAWYER, narrow)
        saved = work.saved_searches.add(
            LAWYER, "违约案件", as_json(SearchRequest(query="逾期")), found=(), at=clock.now()
        )
        remember(work, OPERATOR, SearchRequest(query="违约的并购"))
    found = {one.kind: one for one in suggest(LAWYER, "违约", archive=archive)}
    assert found[KIND.RECENT].request == narrow
    assert (found[KIND.SAVED].saved_id, found[KIND.SAVED].label.zh) == (saved.id, "违约案件")
    assert found[KIND.SAVED].request == SearchRequest(query="逾期")
    assert suggested(archive, "  ") == ["违约金 赔偿"]
    assert suggested(archive, "违约", actor=CLEARED) == []


@pytest.mark.parametrize(
    "typed", ['"', ":", "客户:", "（", '""', "\udcff", "\x00", "%", "_", "*", "类型:", "a" * 5000, "。"]
)
def test_whatever_is_typed_is_answered(shelf, typed):
    assert isinstance(suggest(LAWYER, typed, archive=shelf), tuple)


def test_whoever_may_not_consult_is_suggested_nothing(shelf):
    with pytest.raises(ActionForbidden):
        suggest(AUDITOR, "华信", archive=shelf)


def test_names_learnt_beside_the_service_are_suggested_like_any(shelf):
    take_in_changes(shelf)
    with shelf.begin() as work:
        customer = add_customer(work, "C0009", "东海集团")
        lay(work, Paper(title="合同", customer_id=customer))
    assert suggested(shelf, "东海", KIND.CUSTOMER) == ["客户:东海集团"]
