"""The customer form means what a person meant, and shows it again as it was typed."""

from datetime import date

from werkzeug.datastructures import MultiDict

from dms.domain.customer import (
    Contact,
    CustomerFacts,
    CustomerGrade,
    CustomerNature,
    CustomerStatus,
    FormerName,
    Side,
    VolumeAxis,
)
from dms.web.customer_form import as_typed, facts_typed, typed_in

FACTS = CustomerFacts(
    code="C0007",
    name="苏州瑞泰精密机械有限公司",
    former_names=(FormerName("苏州瑞泰机械厂", date(2019, 6, 30)), FormerName("瑞泰 机修社")),
    uscc="91320505MA1MABCD0X",
    sides=frozenset({Side.CUSTOMER, Side.SUPPLIER}),
    grade=CustomerGrade.IMPORTANT,
    status=CustomerStatus.ENDED,
    nature=CustomerNature.PARTNER,
    volume_axis=VolumeAxis.SCATTERED,
    legal_representative="王建国",
    scope="机械制造、销售",
    contacts=(Contact(name="李四", phone="0512-6000", role="采购经理"), Contact(name="王五")),
    risk_reason="欠款",
)


def test_what_is_known_survives_the_form():
    assert facts_typed(as_typed(FACTS)) == FACTS


def test_a_former_name_takes_the_day_behind_it_in_any_spelling():
    typed = typed_in(MultiDict({"name": "新", "former_names": "旧厂 2019年6月30日\n\n  更旧的厂  \n"}))
    assert facts_typed(typed).former_names == (FormerName("旧厂", date(2019, 6, 30)), FormerName("更旧的厂"))


def test_what_was_not_ticked_is_the_ordinary_case():
    facts = facts_typed(typed_in(MultiDict({"name": "新", "grade": "nonsense", "sides": "nonsense"})))
    assert (facts.sides, facts.grade, facts.uscc) == (frozenset({Side.CUSTOMER}), CustomerGrade.ORDINARY, None)


def test_a_form_that_does_not_ask_for_the_card_changes_nothing_of_it():
    typed = typed_in(MultiDict({"name": "新", "risk_reason": "", "status": "new"}))
    kept = facts_typed(typed, FACTS)
    assert (kept.risk_reason, kept.status, kept.contacts) == ("欠款", CustomerStatus.ENDED, FACTS.contacts)
