"""Appraisal and destruction in the browser: every person at his own desk, from the due list to the certificate."""

import pytest
from simulators.archives import PASSWORD
from simulators.committee import COMMITTEE, SIGNERS, SUPERVISORS, found_committee
from simulators.desk import Desk

from dms.domain.destruction_list import Office
from dms.domain.item import ItemState


@pytest.fixture
def committee(archive):
    return found_committee(archive)


@pytest.fixture
def at(archive, committee):
    """The desk at which somebody is signed in."""
    desks: dict[str, Desk] = {}

    def desk(name: str) -> Desk:
        if name not in desks:
            desks[name] = Desk(archive).sign_in(name)
        return desks[name]

    return desk


def signed(desk: Desk, page: str, step: str, **more: str):
    return desk.post(f"{page}/{step}", {"password": PASSWORD, **more})


def considered(at, *papers) -> str:
    """The page of a case that lies before its committee."""
    form = {"title": "2026年到期鉴定", "chair": COMMITTEE[0], "members": list(COMMITTEE)}
    page = at("keeper").post("/appraisals/new", form).location.removesuffix("/papers")
    at("keeper").post(f"{page}/papers", {"items": [paper.id for paper in papers]})
    at("keeper").post(f"{page}/submit", {})
    return page


def decided(at, *papers) -> str:
    page = considered(at, *papers)
    for name in COMMITTEE:
        at(name).post(f"{page}/opinions", {"verdict": "destroy", "reason": "已无保存价值"})
    at(COMMITTEE[0]).post(f"{page}/decide", {"report": "逐件审阅"})
    return page


def drawn_up(at, *papers) -> str:
    """The page of a list that is laid before its signers."""
    case = decided(at, *papers).rsplit("/", 1)[1]
    form = {"title": "1990年度到期资料", "method": "碎纸", "place": "一号库房", "cases": case}
    form |= {f"signer-{office.value}": name for office, name in SIGNERS}
    form |= {"supervisor-1": SUPERVISORS[0], "supervisor-2": SUPERVISORS[1]}
    page = at("keeper").post("/destructions/new", form).location
    at("keeper").post(f"{page}/submit", {})
    return page


def test_an_archive_in_which_nothing_was_appraised_says_how_it_begins(at):
    assert "成立第一个鉴定小组" in at("keeper").get("/appraisals").text
    assert "还没有销毁清册" in at("keeper").get("/destructions").text
    assert "批准人：boss" in at("keeper").get("/destructions").text


def test_papers_go_from_the_due_list_to_the_certificate(at, archive, committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    case = decided(at, *papers)
    assert "已作出结论" in at("lawyer").get(case).text
    page = drawn_up(at, committee.paper("谈判记录三"))
    assert "会签中" in at("keeper").get(page).text
    for _, name in SIGNERS:
        assert "会签…" in at(name).get(page).text
        assert signed(at(name), page, "sign", remark="同意").location == page
    assert "批准…" in at("boss").get(page).text
    signed(at("boss"), page, "approve")
    for name in SUPERVISORS:
        signed(at(name), page, "check", remark="账实相符")
    assert signed(at("keeper"), page, "begin").location == page
    for name in SUPERVISORS:
        signed(at(name), page, "attest", paper_destroyed_on="2026-03-02")
    closed = at("keeper").get(page).text
    assert "已办结" in closed and "销毁证明" in closed
    for form in ("list.pdf", "list.xlsx", "supervision.pdf", "certificate.pdf", "certificate.xlsx"):
        assert at("keeper").get(f"{page}/{form}").status_code == 200
    for form in ("opinion.pdf", "opinion.xlsx", "extended.pdf"):
        assert at("keeper").get(f"{case}/{form}").status_code == 200
    assert at("keeper").get("/appraisals/report-2026.pdf").data.startswith(b"%PDF")


def test_a_signature_takes_the_password_of_the_person_who_sits_there(at, committee):
    page = drawn_up(at, committee.paper("谈判记录"))
    refused = at("vice").post(f"{page}/sign", {"password": "猜的"})
    assert refused.status_code == 403
    assert "已签" not in at("keeper").get(page).text


def test_members_who_differ_leave_it_to_the_chair_who_cannot_destroy(at, archive, committee):
    paper = committee.paper("谈判记录")
    page = considered(at, paper)
    for name, verdict in zip(COMMITTEE, ("destroy", "destroy", "permanent"), strict=True):
        at(name).post(f"{page}/opinions", {"verdict": verdict, "reason": "个人意见"})
    form = at("vice").get(f"{page}/decide").text
    assert "意见不一致 1 件" in form and 'value="destroy"' not in form
    refused = at("vice").post(f"{page}/decide", {})
    assert refused.status_code == 409 and "意见不一致 1 件" in refused.text
    with archive.looking() as view:
        (line,) = view.appraisals.lines(int(page.rsplit("/", 1)[1]))
    words = {f"verdict-{line.id}": "extend", f"years-{line.id}": "10", f"reason-{line.id}": "再保管十年"}
    at("vice").post(f"{page}/decide", words)
    assert "续存 10 年" in at("keeper").get(page).text


def test_a_list_is_sent_back_changed_and_signed_anew(at, archive, committee):
    page = drawn_up(at, committee.paper("谈判记录一"), committee.paper("谈判记录二"))
    signed(at("vice"), page, "sign")
    signed(at("handler"), page, "return", remark="第2项还要用")
    shown = at("keeper").get(page).text
    assert "第2项还要用" in shown and "已退回" in shown
    with archive.looking() as view:
        lines = view.destruction_lists.lines(int(page.rsplit("/", 1)[1]))
    at("keeper").post(f"{page}/lines/{lines[1].id}/remove", {"reason": "业务部门还要用"})
    at("keeper").post(f"{page}/submit", {})
    shown = at("vice").get(page).text
    assert "会签…" in shown and "第 1 轮" in shown


@pytest.mark.parametrize("name", ["root", "lawyer", "second-clerk"])
def test_whoever_has_no_part_in_it_takes_no_step(at, archive, committee, name):
    paper = committee.paper("谈判记录")
    page = drawn_up(at, paper)
    for step in ("sign", "return", "approve", "check", "begin", "attest", "withdraw"):
        assert signed(at(name), page, step, remark="试试").status_code in (403, 409)
    with archive.looking() as view:
        assert view.items.get(paper.key).state is ItemState.FILED
        assert {act.kind for act in view.destruction_lists.running()[0].acts} == set()


def test_the_form_of_a_list_asks_for_every_office(at):
    form = at("keeper").get("/destructions/new").text
    assert all(f'name="signer-{office.value}"' in form for office in Office)


def test_the_approver_is_named_among_general_managers_only(at):
    assert at("keeper").post("/destructions/approver", {"name": "boss"}).location == "/destructions"
    assert at("keeper").post("/destructions/approver", {"name": "vice"}).status_code == 422
    assert at("boss").get("/destructions/approver").status_code == 403
