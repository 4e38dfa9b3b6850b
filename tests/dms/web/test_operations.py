"""The operations page: how the archive stands, seen by who runs it, with buttons for what can be done at once."""

import shutil
import time
from datetime import timedelta

import pytest
from simulators.archives import PASSPHRASE
from simulators.desk import Desk
from simulators.gate import AtGate

from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR, Role
from dms.domain.backup import Medium, RestoreDrill
from dms.domain.inspection import InspectionScope
from dms.ingest import ReceivingLimits
from dms.preservation import NewPlace, add_place, back_up
from dms.web import create_app


@pytest.fixture
def gate(founded, tmp_path, clock):
    shutil.copytree(founded, tmp_path / "archive")
    gate = AtGate(tmp_path / "archive", clock=clock, DMS_NIGHTLY_AT="03:15")
    gate.unlock()
    gate.sign_in()
    yield gate
    gate.close()


def wait_until(condition, limit_s=20.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_page_is_for_who_runs_the_machine(desk, role):
    desk.sign_in_as(role)
    assert desk.get("/operations").status_code == 403
    assert "运行维护" not in desk.get("/").text
    for act in ("/operations/verify", "/operations/back-up/1", "/operations/seal"):
        assert desk.post(act, {}).status_code in {403, 409}


def test_on_its_first_day_the_page_says_what_is_missing_and_what_to_do(office):
    page = office.get("/operations")
    assert page.status_code == 200
    for words in ("还没有做过", "还没有备份位置", "三份：现有 1 份", "建库以来未轮换", "恢复密钥", "空间充足"):
        assert words in page.text
    assert 'href="/operations"' in office.get("/").text


def test_without_a_service_beside_the_pages_nothing_can_be_started(office):
    page = office.get("/operations").text
    assert "立即检查" not in page
    assert "锁定档案库" not in page
    for act in ("/operations/verify", "/operations/back-up/1", "/operations/seal"):
        assert office.post(act, {}).status_code == 409


def test_a_verification_is_asked_for_and_its_verdict_comes_to_the_page(gate):
    assert "每晚 03:15" in gate.get("/operations").text
    assert gate.post("/operations/verify", scope="full").location == "/operations"
    assert "检查已开始" in gate.get("/operations").text
    archive = gate.opened().archive

    def inspection():
        with archive.looking() as view:
            return view.inspections.latest(InspectionScope.FULL)

    wait_until(inspection)
    assert inspection().actor == "admin"
    assert "完好" in gate.get("/operations").text


def test_a_backup_is_asked_for_and_a_failure_is_told_with_its_code(gate, tmp_path):
    opened = gate.opened()
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "copies"), name="三号柜硬盘"), archive=opened.archive)
    (tmp_path / "copies").write_text("this is no folder")
    gate.get("/operations")
    gate.post(f"/operations/back-up/{place.id}")
    wait_until(lambda: opened.upkeep.standing().troubles)
    page = gate.get("/operations").text
    assert "最近没有做成的维护工作" in page
    assert "三号柜硬盘" in page
    assert opened.upkeep.standing().troubles[0].code in page


def test_copies_are_counted_before_everybodys_eyes(office, tmp_path):
    for number, (medium, offsite) in enumerate([(Medium.REMOVABLE, False), (Medium.TAPE, True)]):
        folder = tmp_path / f"copies-{number}"
        folder.mkdir()
        new = NewPlace(address=str(folder), name=f"位置{number}", medium=medium, offsite=offsite)
        back_up(OPERATOR, add_place(OPERATOR, new, archive=office.archive).id, archive=office.archive)
    page = office.get("/operations").text
    assert "三份：现有 3 份" in page
    assert "两种介质：现有 3 种" in page
    assert "一份异地：现有 1 份" in page
    assert "与档案库同一磁盘" in page


def test_a_restore_drill_of_long_ago_is_called_to_mind(office, clock, tmp_path):
    (tmp_path / "copies").mkdir()
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "copies")), archive=office.archive)
    now = clock.now()
    drill = RestoreDrill(
        id=None, place_id=place.id, snapshot_id="s", began_at=now, ended_at=now, passed=True, facts={"items": "1"}
    )
    with office.archive.begin() as work:
        work.backups.add_drill(drill)
    assert "已超过一个月" not in office.get("/operations").text
    clock.advance(timedelta(days=40))
    desk = Desk(office.archive).sign_in()
    assert "已超过一个月" in desk.get("/operations").text


@pytest.mark.parametrize(
    ("roles", "warned"), [({Role.ADMINISTRATOR}, True), ({Role.ARCHIVIST}, True), ({Role.CLERK}, False)]
)
def test_a_disk_that_runs_full_is_told_on_every_page_to_who_can_do_something(founded, tmp_path, clock, roles, warned):
    shutil.copytree(founded, tmp_path / "archive")
    archive = open_archive(tmp_path / "archive", PASSPHRASE, clock=clock)
    desk = Desk(archive)
    full = ReceivingLimits(max_upload_bytes=1, min_free_disk_bytes=2**60)
    desk.app = create_app(archive, limits=full, secret_key=bytes(32))
    desk.browser = desk.app.test_client()
    desk.sign_in_as(*roles)
    for path in ("/", "/password", "/help"):
        assert ("空间告急" in desk.get(path).text) is warned
    archive.close()
