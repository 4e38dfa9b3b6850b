"""The report of a restore drill on paper."""

import io
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from dms.domain.backup import BackupPlace, BackupRetention, Medium, PlaceKind, RestoreDrill
from dms.printing import DrillSetting, drill_report

PLACE = BackupPlace(
    id=2,
    name="保险柜移动硬盘",
    kind=PlaceKind.FOLDER,
    address="/media/safe/anjuan",
    medium=Medium.REMOVABLE,
    offsite=True,
    retention=BackupRetention(),
    added_at=datetime(2026, 1, 1, tzinfo=UTC),
)
PASSED = RestoreDrill(
    id=5,
    place_id=2,
    snapshot_id="20260302-023000-39135b6f",
    began_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    ended_at=datetime(2026, 3, 2, 9, 20, tzinfo=UTC),
    passed=True,
    facts={
        "made_at": "2026-03-02T02:30:00.5+00:00",
        "items_restored": "10000",
        "objects": "40000",
        "objects_opened": "40000",
        "journal_continues": "yes",
        "originals_compared": "100",
        "originals_equal": "100",
    },
)
FAILED = replace(
    PASSED,
    passed=False,
    snapshot_id="",
    facts={
        "problem": "snapshot_damaged",
        "problem_zh": "快照中有 3 个对象已损坏。",
        "problem_en": "Three objects are damaged.",
    },
)
SETTING = DrillSetting(
    company="安徽皖江重工机械有限公司",
    fonds_code="Q001",
    home="/srv/anjuan",
    actor="operator",
    program="Anjuan 0.1.0",
)


def text_of(printed: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def test_a_drill_that_passed_says_what_came_back_from_where_and_what_it_equals():
    said = text_of(drill_report(PASSED, PLACE, SETTING))
    for wanted in ("恢复演练报告", "Restore drill report", "保险柜移动硬盘", "/media/safe/anjuan", "移动硬盘，异地"):
        assert wanted in said
    assert PASSED.snapshot_id in said
    assert "10,000" in said
    assert "通过" in said
    assert "未通过" not in said
    for signature in ("演练人", "复核人", "日期"):
        assert signature in said


def test_a_drill_that_failed_says_why_in_both_languages_and_what_to_do():
    said = text_of(drill_report(FAILED, PLACE, SETTING))
    for wanted in ("未通过", "快照中有 3 个对象已损坏。", "Three objects are damaged.", "请立即备份到其他位置"):
        assert wanted in said


def test_it_fits_on_two_pages_and_the_same_drill_gives_the_same_bytes():
    printed = drill_report(PASSED, PLACE, SETTING)
    assert len(PdfReader(io.BytesIO(printed)).pages) <= 2
    assert printed == drill_report(PASSED, PLACE, SETTING)


def test_a_name_of_a_place_is_text_and_never_a_command_of_the_form():
    hostile = replace(PLACE, name='#panic("x") *粗* $x$')
    assert '#panic("x")' in text_of(drill_report(PASSED, hostile, SETTING))
