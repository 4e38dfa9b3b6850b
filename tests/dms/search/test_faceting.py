from simulators.laid_papers import Paper, add_contract, add_customer, lay

from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.search import Grouping, SearchRequest, SearchSort, search

LAWYER = Actor(user_id=7, name="lawyer", roles=frozenset({Role.LAWYER}), clearance=3, origin=Origin.WEB)


def _ask(archive, query, *, actor=OPERATOR, **asked):
    return search(actor, SearchRequest(query=query, **asked), archive=archive)


def _lay(archive, *papers):
    """The ids of the papers."""
    with archive.begin() as work:
        keys = [lay(work, paper) for paper in papers]
        return [work.items.get(key).id for key in keys]


def _ids(result):
    return {hit.item_id for hit in result.hits}


def test_filters_narrow_the_result_and_facets_offer_the_alternatives(archive):
    with archive.begin() as work:
        one, two = add_customer(work, "C0001", "江苏华信"), add_customer(work, "C0002", "安徽皖江")
    papers = [
        Paper(pages=("货款",), customer_id=one, year=2021, type_code="invoice", series_code="2"),
        Paper(pages=("货款",), customer_id=one, year=2022, type_code="contract", series_code="3"),
        Paper(pages=("货款",), customer_id=two, year=2022, type_code="contract", series_code="3"),
        Paper(pages=("货款",)),
    ]
    _lay(archive, *papers)
    result = _ask(archive, "货款", customer_code="c0001", year=2022)
    assert result.total == 1
    facets = result.facets
    assert [(value.value, value.label.zh, value.count, value.chosen) for value in facets.customers] == [
        ("C0001", "江苏华信", 1, True),
    ]
    assert [(value.value, value.count, value.chosen) for value in facets.years] == [
        ("2022", 1, True),
        ("2021", 1, False),
    ]
    assert [(value.value, value.label.en, value.count) for value in facets.types] == [("contract", "Contract", 1)]
    assert [(value.value, value.count) for value in facets.series] == [("3", 1)]
    assert _ask(archive, "", type_code="invoice").total == 1
    assert _ask(archive, "", series_code="3").total == 2
    assert _ask(archive, "货款", customer_code="C0009").total == 0


def test_the_chosen_customer_alone_is_offered_however_many_others_have_more(archive):
    with archive.begin() as work:
        customers = [add_customer(work, f"C{number:04d}", f"客户{number}") for number in range(60)]
        for customer in customers:
            lay(work, Paper(pages=("货款",), customer_id=customer))
        for customer in customers[:-1]:
            lay(work, Paper(pages=("货款",), customer_id=customer))
    values = _ask(archive, "货款", customer_code="C0059", limit=0).facets.customers
    assert [(value.value, value.count, value.chosen) for value in values] == [("C0059", 1, True)]
    assert len(_ask(archive, "货款", limit=0).facets.customers) == 50


def _two_contracts(archive):
    """Papers of two contracts, and one that only claims the number of the first."""
    with archive.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信")
        one = add_contract(work, "HT-1", "原料采购", customer)
        two = add_contract(work, "HT-2", "", customer)
    return _lay(
        archive,
        Paper(pages=("货款",), contract_id=one, customer_id=customer, grade=2),
        Paper(pages=("货款",), contract_id=one, customer_id=customer),
        Paper(pages=("货款",), contract_id=two),
        Paper(pages=("货款",), claimed_contract_no="HT-1"),
    )


def test_contracts_grades_and_states_are_counted_under_every_filter_but_their_own(archive):
    ids = _two_contracts(archive)
    result = _ask(archive, "货款", contract_no="ht-1", grade=3, state="review")
    assert _ids(result) == {ids[1], ids[3]}
    facets = result.facets
    assert [(one.value, one.label.zh, one.count, one.chosen) for one in facets.contracts] == [
        ("HT-1", "HT-1 原料采购", 1, True),
        ("HT-2", "HT-2", 1, False),
    ]
    assert [(one.value, one.label.zh, one.label.en, one.count, one.chosen) for one in facets.grades] == [
        ("2", "二级", "Grade 2", 1, False),
        ("3", "三级", "Grade 3", 2, True),
    ]
    assert [(one.value, one.label.zh, one.count, one.chosen) for one in facets.states] == [
        ("review", "待核对", 2, True)
    ]
    assert _ask(archive, "货款", state="filed").total == _ask(archive, "货款", grade=7).total == 0


def test_contracts_of_the_same_number_are_one_value(archive):
    with archive.begin() as work:
        customers = [add_customer(work, f"C{number}", f"客户{number}") for number in range(2)]
        contracts = [add_contract(work, "HT-1", "采购", customer) for customer in customers]
    _lay(archive, *[Paper(pages=("货款",), contract_id=contract) for contract in contracts])
    [value] = _ask(archive, "货款").facets.contracts
    assert (value.value, value.count) == ("HT-1", 2)
    assert _ask(archive, "货款", contract_no="HT-1").total == 2


def test_facets_are_left_out_where_nobody_shows_them(archive):
    _two_contracts(archive)
    facets = _ask(archive, "货款", facets=False).facets
    assert facets.customers == facets.contracts == facets.grades == facets.states == facets.years == ()


def test_hits_stand_together_by_contract_with_how_many_each_holds(archive):
    ids = _two_contracts(archive)
    result = _ask(archive, "货款", grouping=Grouping.CONTRACT, sort=SearchSort.ARRIVAL)
    assert [(one.value, one.count) for one in result.groups] == [("HT-2", 1), ("HT-1", 2)]
    groups = {hit.item_id: hit.group for hit in result.hits}
    assert groups == dict(zip(ids, ["HT-1", "HT-1", "HT-2", None], strict=True))
    order = [hit.group for hit in result.hits]
    assert abs(order.index("HT-1") - order[::-1].index("HT-1")) <= 3
    result = _ask(archive, "货款", grouping=Grouping.CUSTOMER)
    assert [(one.value, one.label.zh, one.count) for one in result.groups] == [("C0001", "江苏华信", 2)]
    assert _ask(archive, "货款").groups == ()


def test_facets_and_groups_count_nothing_that_one_may_not_see(archive):
    ids = _two_contracts(archive)
    result = _ask(archive, "货款", actor=LAWYER, grouping=Grouping.CONTRACT)
    assert ids[0] not in _ids(result)
    assert {one.value: one.count for one in result.facets.contracts} == {"HT-1": 1, "HT-2": 1}
    assert {one.value: one.count for one in result.groups} == {"HT-1": 1, "HT-2": 1}
    assert [one.value for one in result.facets.grades] == ["3"]
    assert _ask(archive, "货款", actor=LAWYER, grade=2).total == 0


def test_the_chosen_contract_is_offered_however_many_others_have_more(archive):
    with archive.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信")
        contracts = [add_contract(work, f"HT-{number:03}", "", customer) for number in range(60)]
        for contract in [*contracts, *contracts[:-1]]:
            lay(work, Paper(pages=("货款",), contract_id=contract))
    values = _ask(archive, "货款", contract_no="HT-059", limit=0).facets.contracts
    assert (len(values), [(value.value, value.count) for value in values if value.chosen]) == (51, [("HT-059", 1)])
