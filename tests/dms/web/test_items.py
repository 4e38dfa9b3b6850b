"""The page of one paper: facts, viewer, hits, downloads, history."""

import re
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from simulators.archives import ObedientClock, founded_archive, sealed_objects
from simulators.desk import Desk, part

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState
from dms.filing import register_customer

TWO_PAGES = "验收记录\n设备已经验\f!blank"
THREE_HITS = "验收合格\n先验收再验收\f附页"


class HurryingClock(ObedientClock):
    """Goes on by a second whenever it is looked at, so that nothing has to be waited for."""

    def now(self) -> datetime:
        self.advance(timedelta(seconds=1))
        return super().now()


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(archive).sign_in()


def test_the_page_shows_facts_image_and_text_without_a_script(desk: Desk) -> None:
    item_id = desk.send(TWO_PAGES, "验收.pdf")
    page = desk.get(f"/items/{item_id}").text
    assert f'<image data-image href="/items/{item_id}/pages/1.jpg" x="0" y="0" width="1000" height="1400"/>' in page
    assert ">验收记录</li>" in page
    assert "验收.pdf" in page
    assert "其中空白 1 页" in page


def test_hits_are_drawn_on_the_image_and_marked_in_the_text(desk: Desk) -> None:
    item_id = desk.send(THREE_HITS)
    page = desk.get(f"/items/{item_id}?q=验收").text
    # Two characters of 20 pixels at the beginning of the page, 3 pixels of margin on every side.
    assert '<rect class="hit" x="-3" y="-3" width="46" height="26"/>' in page
    assert len(re.findall('<rect class="hit"', page)) == 3
    assert "先<mark>验收</mark>再<mark>验收</mark></li>" in page
    assert "3 处命中" in page


def test_a_page_in_json_has_its_lines_their_places_and_the_hits(desk: Desk) -> None:
    item_id = desk.send(THREE_HITS)
    page = desk.get(f"/items/{item_id}/pages/1.json?q=合格", script=True).json
    assert (page["number"], page["width"], page["height"], page["blank"]) == (1, 1000, 1400, False)
    assert page["lines"][0] == {"box": [0, 0, 80, 20], "parts": [["验收", False], ["合格", True]], "sure": 99}
    assert page["hits"] == [[[37, -3, 46, 26]]]


def test_a_hit_across_a_line_end_is_one_hit_with_two_places(desk: Desk) -> None:
    item_id = desk.send("完成设备验\n收记录")
    assert len(desk.get(f'/items/{item_id}/pages/1.json?q="设备验收"', script=True).json["hits"]) == 1
    (boxes,) = desk.get(f'/items/{item_id}/pages/1.json?q="设备验收"', script=True).json["hits"]
    assert len(boxes) == 2


def test_coming_from_a_search_the_first_page_with_a_hit_is_shown(desk: Desk) -> None:
    item_id = desk.send("封面\f正文提到担保\f再提担保")
    assert 'data-page="2"' in desk.get(f"/items/{item_id}?q=担保").text
    assert 'data-page="3"' in desk.get(f"/items/{item_id}?q=担保&page=3").text
    assert 'data-page="2"' in desk.get(f"/items/{item_id}?q=担保&page=99").text
    assert 'data-page="1"' in desk.get(f"/items/{item_id}").text


def test_a_word_that_stands_nowhere_is_said_to(desk: Desk) -> None:
    assert "页面文字中没有“担保”" in desk.get(f"/items/{desk.send('正文')}?q=担保").text


def test_what_a_person_searched_for_cannot_become_markup(desk: Desk) -> None:
    page = desk.get(f"/items/{desk.send('正文')}?q=<script>alert(1)</script>").text
    assert "<script>alert(1)" not in page


def test_page_images_are_private_and_the_original_is_only_ever_saved(desk: Desk) -> None:
    item_id = desk.send("一份合同", "采购合同 <2023>.html")
    image = desk.get(f"/items/{item_id}/pages/1.jpg")
    assert image.mimetype == "image/jpeg"
    assert image.headers["Cache-Control"].startswith("private")
    original = desk.get(f"/items/{item_id}/original")
    assert original.data == "一份合同".encode()
    disposition = original.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert disposition.endswith("filename*=UTF-8''%E9%87%87%E8%B4%AD%E5%90%88%E5%90%8C%20%3C2023%3E.html")
    assert original.headers["Cache-Control"] == "no-store"
    assert original.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_does_not_exist_is_not_found(desk: Desk) -> None:
    item_id = desk.send("一页")
    assert desk.get(f"/items/{item_id}/pages/2.jpg").status_code == 404
    assert desk.get(f"/items/{item_id}/thumbnails/0.jpg").status_code == 404
    assert desk.get("/items/unknown").status_code == 404


def test_a_refused_paper_says_why_and_what_to_do_and_keeps_its_original(desk: Desk) -> None:
    item_id = desk.send("!refuse")
    page = desk.get(f"/items/{item_id}").text
    assert "无法识别" in page
    assert "damaged" in page
    assert f'href="/items/{item_id}/original"' in page
    assert "重新识别" not in page


def test_a_paper_whose_reading_failed_can_be_read_again(tmp_path: Path) -> None:
    with closing(founded_archive(tmp_path / "archive", clock=HurryingClock())) as archive:
        desk = Desk(archive).sign_in()
        item_id = desk.send("!die")
        assert "重新识别" in desk.get(f"/items/{item_id}").text
        assert desk.post(f"/items/{item_id}/retry", {}).location == f"/items/{item_id}"
        assert item_facts(OPERATOR, item_id, archive=archive).state is ItemState.RECEIVED


def test_a_paper_that_waits_to_be_read_tells_how_far_it_has_come(desk: Desk) -> None:
    item_id = desk.post("/upload", {"papers": part("一页")}, script=True).json["item"]["id"]
    page = desk.get(f"/items/{item_id}").text
    assert f'data-watch="/upload/progress?ids={item_id}"' in page


def test_a_damaged_page_leaves_the_facts_readable(desk: Desk, archive: Archive) -> None:
    item_id = desk.send("一页", "完好的名字.pdf")
    for sealed in sealed_objects(archive):
        sealed.chmod(0o600)
        sealed.write_bytes(b"?" * sealed.stat().st_size)
    page = desk.get(f"/items/{item_id}")
    assert page.status_code == 200
    assert "完好的名字.pdf" in page.text
    assert "封存数据有损坏" in page.text
    assert desk.get(f"/items/{item_id}/original").status_code == 500


def test_the_history_tells_every_act_in_words(desk: Desk) -> None:
    item_id = desk.send("一页")
    desk.get(f"/items/{item_id}/original")
    page = desk.get(f"/items/{item_id}").text
    history = page[page.index('<ol class="history-list">') :]
    for act in ("接收资料", "识别完成", "下载原件"):
        assert act in history


def test_a_lawyer_sees_the_paper_but_no_way_to_change_it(archive: Archive) -> None:
    item_id = Desk(archive).send("一页")
    page = Desk(archive).sign_in_as(Role.LAWYER).get(f"/items/{item_id}").text
    assert "去核对" not in page
    assert "/reject" not in page


def test_a_paper_above_ones_clearance_does_not_exist(archive: Archive) -> None:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name="芜湖长江泵业有限公司"), archive=archive)
    archivist = Desk(archive).sign_in()
    item_id = archivist.send("机密一页")
    secret = {"customer": "C0007", "type_code": "other", "year": "2023", "title": "机密", "grade": "1"}
    archivist.post(f"/tray/{item_id}/confirm", secret)
    clerk = Desk(archive).sign_in_as(Role.CLERK)
    for address in ("", "/original", "/searchable.pdf", "/pages/1.jpg", "/thumbnails/1.jpg", "/pages/1.json"):
        assert clerk.get(f"/items/{item_id}{address}").status_code == 404
    assert clerk.get(f"/upload/progress?ids={item_id}", script=True).json == {"items": []}


def test_nobody_sees_anything_without_signing_in(archive: Archive) -> None:
    desk = Desk(archive)
    item_id = desk.send("一页")
    assert desk.get(f"/items/{item_id}").location.startswith("/sign-in")
    assert desk.get(f"/items/{item_id}/pages/1.json", script=True).status_code == 401
