"""The journal in the browser."""

from simulators.desk import Desk

from dms.domain.actor import OPERATOR, Role


def test_acts_stand_there_in_words_newest_first(office):
    page = office.get("/journal").text
    assert page.index("查看操作日志") < page.index("建立档案库")
    assert "命令行" in page
    assert "网页" in page


def test_a_paper_is_a_link_for_those_who_may_open_it_only(office, archive):
    item_id = office.send("一份合同")
    assert f'href="/items/{item_id}"' in office.get("/journal").text
    auditor = Desk(archive).sign_in_as(Role.AUDITOR)
    page = auditor.get("/journal").text
    assert item_id in page
    assert f'href="/items/{item_id}"' not in page


def test_long_journals_come_in_pages(office, archive):
    with archive.begin() as work:
        for number in range(120):
            archive.record(work, OPERATOR, "searched", "search", query=f"词{number}")
    assert "词119<" in office.get("/journal").text
    assert "词5<" in office.get("/journal?page=3").text
    assert office.get("/journal?page=9999999").status_code == 200


def test_what_people_typed_is_shown_as_text(office, archive):
    with archive.begin() as work:
        archive.record(work, OPERATOR, "searched", "search", query="<img src=x>")
    assert "<img src=x>" not in office.get("/journal").text


def test_clerks_do_not_read_it(desk):
    assert desk.sign_in_as(Role.CLERK).get("/journal").status_code == 403
