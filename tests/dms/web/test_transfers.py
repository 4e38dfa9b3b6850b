"""Hand-overs in the browser: composing a list, signing it, checking it line by line, and the accession register."""

import re
from datetime import timedelta

import pytest
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, Role
from dms.domain.location import LocationKind
from dms.filing.places import PlaceStated, add_place, move_volumes
from dms.filing.transferring import show_transfer

SALES = {"from_department": "销售部", "from_person": "张三", "rule_code": "month", "begun_on": "2026-02-02"}


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "钢材采购合同")


@pytest.fixture
def drafted(office, paper):
    """The page of a draft with a scanned paper and one that nobody scanned."""
    office.get("/transfers/new")
    page = office.post("/transfers/new", SALES).location
    office.post(f"{page}/papers", {"items": [paper.id]})
    office.post(f"{page}/lines", {"title": "授权委托书", "pages": "2", "copy_kind": "original", "medium": "paper"})
    return page


def line_ids(archive, page):
    shown = show_transfer(OPERATOR, int(page.rsplit("/", 1)[1]), archive=archive)
    return [line.id for line in shown.lines]


def hand_over(office, page):
    return office.post(f"{page}/hand-over", {"a": "张三", "b": "李四"})


def test_an_archive_without_hand_overs_invites_to_the_first(office):
    assert "拟制第一份移交清单" in office.get("/transfers").text
    assert "没有逾期的移交" in office.get("/transfers/overdue").text
    assert "还没有登记" in office.get("/transfers/register").text


def test_a_batch_is_handed_over_checked_and_accepted(office, archive, drafted):
    page = office.get(drafted).text
    assert "钢材采购合同" in page and "未扫描" in page and "签字移交…" in page
    assert "清单共 2 件" in office.get(f"{drafted}/hand-over").text
    assert hand_over(office, drafted).location == drafted
    assert "Q001-YJ·2026-0001" in office.get(drafted).text
    first, second = line_ids(archive, drafted)
    form = {f"tick-{first}": "there", f"tick-{second}": "missing", f"difference-{second}": "未见原件"}
    office.post(f"{drafted}/check", form)
    page = office.get(drafted).text
    assert "已清点在 1 件，缺 1 件" in page and "未见原件" in page
    refused = office.post(f"{drafted}/accept", {"archivist": "王五"})
    assert refused.status_code == 409
    assert "缺件 1 项" in refused.text
    office.post(f"{drafted}/check", {f"tick-{second}": "there", "ticks": "all"})
    assert office.post(f"{drafted}/accept", {"archivist": "王五", "supervisor": "赵六"}).location == drafted
    page = office.get(drafted).text
    assert "Q001-JS·2026-00001" in page and "赵六" in page and "已接收" in page
    register = office.get("/transfers/register?year=2026").text
    assert "Q001-JS·2026-00001" in register and "授权委托书" in register


def test_a_list_that_is_sent_back_can_be_changed_again(office, archive, drafted):
    hand_over(office, drafted)
    assert "列入未扫描的资料" not in office.get(drafted).text
    office.post(f"{drafted}/return", {"reason": "缺授权委托书"})
    assert "退回补齐" in office.get(drafted).text
    office.post(f"{drafted}/lines/{line_ids(archive, drafted)[1]}/remove", {})
    assert len(line_ids(archive, drafted)) == 1
    assert office.post(f"{drafted}/withdraw", {"reason": "并入下批"}).location == drafted
    assert "已撤销" in office.get(drafted).text


def test_what_is_refused_comes_back_with_what_was_typed(office, drafted):
    refused = office.post("/transfers/new", SALES | {"begun_on": "昨天"})
    assert refused.status_code == 422
    assert 'value="张三"' in refused.text
    refused = office.post(f"{drafted}/lines", {"title": "补充协议", "pages": "两"})
    assert refused.status_code == 422
    assert 'value="补充协议"' in refused.text
    refused = office.post(f"{drafted}/hand-over", {"a": "张三", "b": "张三"})
    assert refused.status_code == 422
    assert "已在这份清单上签过字" in refused.text
    assert office.post(f"{drafted}/papers", {"references": "nothing"}).status_code == 404


def test_papers_are_chosen_from_those_of_a_customer(office, paper, drafted):
    office.post("/transfers/new", SALES)
    page = office.get("/transfers/2/papers?customer=C0001+合肥远山&state=filed").text
    assert f'value="{paper.id}"' in page
    assert "已列入" in office.get(f"{drafted}/papers?state=filed").text
    assert "没有资料" in office.get("/transfers/2/papers").text


def test_more_time_is_given_with_a_reason_and_an_approval(office, drafted):
    form = {"until_on": "2026-04-30", "reason": "出差", "approved_by": "陈总"}
    office.post(f"{drafted}/extend", form)
    assert "出差（陈总批准）" in office.get(drafted).text
    assert office.post(f"{drafted}/extend", form).status_code == 422


def test_a_late_batch_is_told_of(office, drafted, clock):
    assert "2026-03-02" in office.get(drafted).text
    clock.advance(timedelta(days=1))
    assert "逾期" in office.get("/transfers").text
    assert "张三" in office.get("/transfers/overdue").text


def test_a_changed_batch_and_a_deadline_rule_are_kept(office, drafted):
    rule = {"code": "ten", "zh": "十个工作日内", "en": "", "span": "10", "unit": "working_days"}
    assert office.post("/transfers/deadlines", rule).location == "/transfers/deadlines"
    assert "十个工作日内" in office.get("/transfers/deadlines").text
    assert office.post("/transfers/deadlines", rule | {"span": "0"}).status_code == 422
    assert "修改移交信息" in office.get(f"{drafted}/edit").text
    office.post(f"{drafted}/edit", SALES | {"rule_code": "ten", "remark": "补交"})
    assert "十个工作日内" in office.get(drafted).text
    assert office.post(f"{drafted}/edit", SALES | {"rule_code": "never"}).status_code == 404


def test_a_typed_line_is_tied_to_its_scan(office, archive, drafted):
    later = file_paper(archive, "授权委托书", title="授权委托书扫描件")
    line = line_ids(archive, drafted)[1]
    office.post(f"{drafted}/lines/{line}/tie", {"item": later.id})
    assert re.search(rf'href="/items/{later.id}">授权委托书</a>', office.get(drafted).text)


@pytest.mark.parametrize("step", ["accept", "return", "nonsense"])
def test_a_step_that_does_not_fit_is_not_offered(office, drafted, step):
    assert office.get(f"{drafted}/{step}").status_code in {404, 409}
    assert office.post(f"{drafted}/{step}", {"reason": "x", "archivist": "x"}).status_code in {404, 409}


def test_a_lawyer_looks_on_only(desk):
    desk.sign_in_as(Role.LAWYER)
    assert "拟制移交清单" not in desk.get("/transfers").text
    assert desk.get("/transfers/new").status_code == 403
    assert desk.get("/transfers/7").status_code == 404
    assert desk.get("/transfers/99999999999999999999").status_code == 404


def test_a_paper_tells_with_what_it_was_handed_over_and_where_it_stands(office, archive, paper, drafted):
    hand_over(office, drafted)
    add_place(OPERATOR, PlaceStated(kind=LocationKind.CABINET, code="G1", name="一号柜"), archive=archive)
    move_volumes(OPERATOR, [str(paper.volume_id)], "G1", archive=archive)
    page = office.get(f"/items/{paper.id}").text
    assert "Q001-YJ·2026-0001</a>" in page
    assert "一号柜" in page
