"""The home page says what waits and what came last."""

from datetime import UTC, datetime

from simulators.laid_papers import Paper, lay

from dms.domain.actor import Role


def test_a_new_archive_says_what_to_do_first(office):
    page = office.get("/").text
    assert "档案还是空的" in page
    assert "上传第一批资料" in page


def test_what_arrived_last_stands_there_with_its_state_and_a_link(office):
    item_id = office.send("一份合同", "合同扫描.pdf")
    page = office.get("/").text
    assert f'href="/items/{item_id}"' in page
    assert "待核对" in page


def test_the_tray_is_counted_for_those_who_confirm(office, archive):
    with archive.begin() as work:
        for _ in range(3):
            lay(work, Paper(pages=("waiting",)))
    assert '<span class="tile-number">3</span>' in office.get("/").text
    assert '<span class="badge-count">3</span>' in office.get("/").text


def test_who_may_not_consult_sees_no_papers_but_the_way_to_his_work(desk):
    desk.sign_in_as(Role.AUDITOR)
    page = desk.get("/").text
    assert "最近收到" not in page
    assert 'class="tile" href="/journal"' in page


def test_duties_stand_on_the_page_the_overdue_first_and_lead_to_where_they_are_done(office, clock):
    clock.advance(datetime(2027, 1, 5, 3, 0, tzinfo=UTC) - clock.now())
    page = office.sign_in().get("/").text
    assert "报送2026年度合同统计表" in page
    assert 'href="/reports"' in page


def test_whoever_keeps_the_archive_running_sees_how_it_fares(desk):
    desk.sign_in_as(Role.ADMINISTRATOR)
    page = desk.get("/").text
    assert "最近备份" in page
    assert "操作日志（条）" in page
    assert "最近收到" not in page
