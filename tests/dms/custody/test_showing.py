"""A page leaves for the screen with the reader's name over it, unless he may take the paper away anyhow."""

from io import BytesIO

import pytest
from PIL import Image
from simulators.archives import PASSWORD
from simulators.desk import Desk
from simulators.offices import found_company

from dms.custody import page_on_screen


@pytest.fixture
def company(archive):
    return found_company(archive)


def test_who_may_take_a_paper_sees_it_plain_and_who_may_only_look_sees_his_name_and_the_time(company):
    plain = page_on_screen(company.actor("keeper"), company.ordinary.id, 1, archive=company.archive)
    assert plain.is_plain
    marked = page_on_screen(company.actor("xiao-li"), company.ordinary.id, 1, archive=company.archive)
    moment = company.archive.now().astimezone().strftime("%Y-%m-%d %H:%M")
    assert marked.mark == f"xiao-li {moment}" and not marked.hidden


def test_the_browser_gets_the_marked_picture_and_keeps_no_copy_of_it(company):
    address = f"/items/{company.ordinary.id}/pages/1.jpg"
    answers = {name: Desk(company.archive).sign_in(name, PASSWORD).get(address) for name in ("xiao-li", "keeper")}
    darkest = {name: Image.open(BytesIO(each.data)).convert("L").getextrema()[0] for name, each in answers.items()}
    assert darkest["xiao-li"] < 245 <= darkest["keeper"]
    assert answers["xiao-li"].headers["Cache-Control"] == "no-store"
