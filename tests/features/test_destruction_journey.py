"""Papers go from the due list to the certificate of their destruction, by ten persons in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from browsing import DESKTOP, PHONE, Person, fills, follows, launched, person_at
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from simulators.archives import PASSWORD
from simulators.committee import COMMITTEE, SIGNERS, SUPERVISORS, Committee, found_committee
from simulators.scanner import LIMITS
from werkzeug.serving import make_server

from dms.custody.keeping import HoldWish, place_hold
from dms.domain.hold import HoldTarget
from dms.domain.item import Item, ItemState
from dms.web import create_app

LATER_PAGES = (
    "/appraisals", "/appraisals/new", "/appraisals/1", "/destructions", "/destructions/new", "/destructions/1",
    "/destructions/approver",
)  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def committee(archive) -> Committee:
    return found_committee(archive)


@pytest.fixture
def papers(committee: Committee) -> list[Item]:
    titles = ("钢结构采购价格谈判记录（第一次）", "钢结构采购价格谈判记录（第二次）", "设备验收争议谈判记录")
    return [committee.paper(title) for title in titles]


@pytest.fixture
def url(committee: Committee) -> Iterator[str]:
    """The pages of the archive, served to real browsers by threads of this process."""
    app = create_app(committee.archive, limits=LIMITS, secret_key=bytes(32))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def at(browser: Browser, url: str):
    """Opens a window in which somebody is signed in."""

    @contextmanager
    def window(name: str, *, language: str = "zh", viewport: ViewportSize = DESKTOP) -> Iterator[Person]:
        with person_at(browser, url, language=language, viewport=viewport) as person:
            person.signs_in(name, PASSWORD)
            yield person
            assert person.complaints == []

    return window


def shown(person: Person) -> str:
    return person.sees("main").inner_text()


def test_papers_go_from_the_due_list_to_the_certificate(at, committee, papers):
    with at("keeper") as keeper:
        keeper.goes_to("/appraisals")
        keeper.looks_around("appraisals-empty")
        follows(keeper, 'a[href="/appraisals/new"]')
        for name in COMMITTEE:
            keeper.sees(f"input[name=members][value={name}]").check()
        keeper.looks_around("appraisal-form")
        fills(keeper, title="2026年到期鉴定", chair=COMMITTEE[0])
        keeper.looks_around("appraisal-due")
        for paper in papers:
            keeper.sees(f"input[name=items][value='{paper.id}']").check()
        keeper.sees("text=列入所选资料").click()
        keeper.sees("text=提交鉴定小组").click()
        assert "还没有提意见的成员" in shown(keeper)
    for name in COMMITTEE:
        with at(name) as member:
            member.goes_to("/appraisals/1")
            member.sees("[name=verdict]").select_option("destroy")
            member.sees("[name=reason]").fill("期满多年，已无查考价值")
            member.sees("text=提出意见").click()
            assert "意见已记录" in member.sees("body").inner_text()
    with at(COMMITTEE[0]) as chair:
        chair.goes_to("/appraisals/1")
        chair.looks_around("appraisal-opinions")
        follows(chair, 'a[href="/appraisals/1/decide"]')
        chair.looks_around("appraisal-decide")
        fills(chair, report="小组成员逐件审阅后一致同意。")
        chair.looks_around("appraisal-decided")
    with at("keeper") as keeper:
        keeper.goes_to("/appraisals/1")
        follows(keeper, 'a[href^="/destructions/new"]')
        signers = {f"signer-{office.value}": name for office, name in SIGNERS}
        for field, name in signers.items():
            keeper.sees(f"[name={field}]").select_option(name)
        keeper.looks_around("destruction-form")
        fills(
            keeper, title="1990年度到期资料", method="碎纸", place="一号库房",
            **{"supervisor-1": SUPERVISORS[0], "supervisor-2": SUPERVISORS[1]},
        )  # fmt: skip
        follows(keeper, 'a[href$="/submit"]')
        fills(keeper)
        keeper.looks_around("destruction-signing")
    for _, name in SIGNERS:
        with at(name) as signer:
            signer.goes_to("/destructions/1")
            follows(signer, 'a[href$="/sign"]')
            signer.looks_around(f"destruction-sign-{name}")
            fills(signer, remark="同意", password=PASSWORD)
    with at("boss") as boss:
        boss.goes_to("/destructions/1")
        follows(boss, 'a[href$="/approve"]')
        boss.looks_around("destruction-approve")
        fills(boss, remark="同意销毁", password=PASSWORD)
    for name in SUPERVISORS:
        with at(name) as watching:
            watching.goes_to("/destructions/1")
            follows(watching, 'a[href$="/check"]')
            fills(watching, remark="账实相符", password=PASSWORD)
    wish = HoldWish(target=HoldTarget.ITEM, reference=papers[2].id, reason="质量诉讼", authority="（2026）皖民初12号")
    place_hold(committee.person("lawyer"), wish, archive=committee.archive)
    with at("keeper") as keeper:
        keeper.goes_to("/destructions/1")
        follows(keeper, 'a[href$="/begin"]')
        keeper.looks_around("destruction-begin")
        fills(keeper, password=PASSWORD)
        keeper.looks_around("destruction-executed")
        told = shown(keeper)
        assert "未销毁" in told and "冻结中" in told
    for name in SUPERVISORS:
        with at(name) as watching:
            watching.goes_to("/destructions/1")
            follows(watching, 'a[href$="/attest"]')
            fills(watching, paper_destroyed_on="2026-03-02", password=PASSWORD)
    with at("keeper") as keeper:
        keeper.goes_to("/destructions/1")
        keeper.looks_around("destruction-closed")
        with keeper.page.expect_download() as printed:
            keeper.sees('a[href$="/certificate.pdf"]').click()
        assert printed.value.suggested_filename == "销毁证明-XH2026-001.pdf"
        keeper.goes_to(f"/items/{papers[0].id}")
        assert "已销毁" in shown(keeper)
    with committee.archive.looking() as view:
        states = [view.items.get(paper.key).state for paper in papers]
    assert states == [ItemState.DESTROYED, ItemState.DESTROYED, ItemState.FILED]
    pages_everywhere(at)


def pages_everywhere(at) -> None:
    """The same pages in English, and on a phone."""
    for language, viewport in (("en", DESKTOP), ("zh", PHONE), ("en", PHONE)):
        with at("keeper", language=language, viewport=viewport) as person:
            for path in LATER_PAGES:
                person.goes_to(path)
                person.looks_around("later" + path.replace("/", "-"))
