"""Whoever comes first does not wait for pages to be compiled."""

import pytest

from dms.web import compile_templates


def loaded(desk):
    return {name for _, name in desk.app.jinja_env.cache.keys()}  # noqa: SIM118  # its own keys, the latest used first


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=%E5%90%88%E5%90%8C", "/tray", "/customers"])
def test_after_the_start_no_page_that_people_come_to_first_has_to_be_compiled(office, path):
    assert compile_templates(office.app) > 20
    before = loaded(office)
    assert office.get(path).status_code == 200
    assert loaded(office) == before
