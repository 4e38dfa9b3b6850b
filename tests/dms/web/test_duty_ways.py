"""Every duty leads to the page where it is done."""

import pytest
from simulators.desk import Desk

from dms.web.duty_ways import _PAGES, way_of


@pytest.fixture
def app(archive):
    return Desk(archive).app


def test_every_page_that_duties_lead_to_is_there(app):
    assert {endpoint for endpoint, _ in _PAGES.values()} <= app.view_functions.keys()


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        ("item/abc", "/items/abc"),
        ("customer/C0001", "/customers/C0001/review"),
        ("transfer/3", "/transfers/3"),
        ("loan/12", "/loans/12"),
        ("missing//2026-03-02", "/contracts/missing?department="),
        ("report/contracts-2025-12-31", "/reports"),
        ("stock_take/4/2026-01-01", "/titles/stock-takes"),
        ("custody_hand_over/2/leaver", "/hand-overs/2"),
        ("supply/sales/2026-03", ""),
        ("transfer/x", ""),
        ("expiry", ""),
        ("", ""),
    ],
)
def test_a_subject_leads_to_its_page_or_nowhere(app, subject, address):
    with app.test_request_context("/"):
        assert way_of(subject) == address
