"""Templates are given the addresses that Flask gives, however often they ask."""

import pytest
from flask import url_for

from dms.web.known_addresses import KnownAddresses


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("home.page", {}),
        ("items.show", {"item_id": "0123456789abcdef0123456789abcdef", "page": 2}),
        ("items.show", {"item_id": "0123456789abcdef0123456789abcdef", "page": None}),
        ("customers.show", {"code": "C0001", "_anchor": "items"}),
        ("searching.page", {"q": "甲方 & 乙方", "within": ["一", "二"]}),
        ("searching.page", {"q": "甲方", "within": []}),
        ("static", {"filename": "mark.svg"}),
        ("openid.back", {"_external": True}),
    ],
)
@pytest.mark.parametrize("root", ["", "/archive"])
def test_an_address_is_the_same_asked_once_or_again(desk, endpoint, values, root):
    addresses = KnownAddresses(desk.app)
    with desk.app.test_request_context("/search", environ_overrides={"SCRIPT_NAME": root}):
        expected = url_for(endpoint, **values)
        assert [addresses(endpoint, **values) for _ in range(2)] == [expected, expected]
        assert addresses(".page") == url_for("searching.page")
    assert root in expected


def test_below_another_root_the_same_page_has_another_address(desk):
    addresses = KnownAddresses(desk.app)
    found = []
    for root in ("", "/archive"):
        with desk.app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            found.append(addresses("searching.page", q="甲方"))
    assert found == ["/search?q=%E7%94%B2%E6%96%B9", "/archive/search?q=%E7%94%B2%E6%96%B9"]
