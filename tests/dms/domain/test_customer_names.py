"""A volume bears the name that the customer had in its year."""

from datetime import date

import pytest

from dms.domain.customer import CustomerFacts, FormerName, name_in_year

FACTS = CustomerFacts(
    code="C1",
    name="今名公司",
    former_names=(
        FormerName("次名公司", date(2020, 6, 30)),
        FormerName("初名公司", date(2015, 3, 1)),
        FormerName("不知何时之名"),
    ),
)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2010, "初名公司"),
        (2014, "初名公司"),
        (2015, "次名公司"),
        (2019, "次名公司"),
        (2020, "今名公司"),
        (2026, "今名公司"),
    ],
)
def test_the_name_at_the_end_of_a_year(year, name):
    assert name_in_year(FACTS, year) == name
