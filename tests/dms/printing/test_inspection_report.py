"""The report of an inspection on paper."""

import io
from contextlib import chdir
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from dms.domain.inspection import Finding, Inspection, InspectionScope, Severity
from dms.errors import Bilingual
from dms.printing import FormNotPrinted, inspection_report
from dms.printing.evidence_factors import evidence_factors
from dms.printing.inspection_report import MOST_FINDINGS_PRINTED
from dms.printing.typesetting import typeset

MADE = Inspection(
    id=7,
    scope=InspectionScope.SAMPLE,
    part=3,
    parts=30,
    began_at=datetime(2026, 3, 2, 2, 30, 0, 123456, tzinfo=UTC),
    ended_at=datetime(2026, 3, 2, 2, 41, 7, 654321, tzinfo=UTC),
    actor="system",
    counts={"items": 10_000, "objects": 40_000, "objects_decrypted": 1_333, "journal_entries": 31_234},
    facts={
        "company": "安徽皖江重工机械有限公司",
        "fonds_code": "Q001",
        "program": "Anjuan 0.1.0",
        "journal_seq": "31234",
        "journal_digest": "ab" * 32,
        "time_source": "synchronised",
    },
    findings=(),
    report_digest="cd" * 32,
)
DAMAGE = Finding(
    code="object_missing",
    severity=Severity.DAMAGE,
    subject="0" * 32,
    what=Bilingual("件 abc 的原件不在封存库中。", "The original of item abc is not in the vault."),
    remedy=Bilingual("请从备份取回。", "Fetch it from a backup."),
)


def text_of(printed: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def test_a_sound_archive_is_reported_with_everything_a_court_asks():
    said = text_of(inspection_report(MADE))
    assert "档案库完整性检查报告" in said
    assert "Archive verification report" in said
    assert "完好" in said
    assert "damage was found" not in said
    assert "第 3/30 部分" in said
    assert "40,000" in said
    assert "cd" * 32 in said
    assert "时间来源" in said
    assert "已与时间服务器同步" in said
    for number in "一二三四五六七":
        assert f"（{number}）" in said
    for signature in ("检查人", "复核人", "日期"):
        assert signature in said


def test_every_damage_stands_there_in_both_languages_with_its_remedy():
    said = text_of(inspection_report(replace(MADE, findings=(DAMAGE,))))
    assert "发现损坏" in said
    assert "件 abc 的原件不在封存库中。" in said
    assert "The original of item abc is not in the vault." in said
    assert "请从备份取回。" in said
    assert "object_missing" in said


def test_what_is_said_is_text_and_never_a_command_of_the_form():
    hostile = Bilingual('#panic("x") *粗* $x$ <y> \\ @z [ {', '#import "/etc/passwd" */ // ]')
    said = text_of(inspection_report(replace(MADE, findings=(replace(DAMAGE, what=hostile),), actor="#pagebreak()")))
    assert '#panic("x") *粗* $x$ <y>' in said
    assert "#pagebreak()" in said


def test_it_claims_pdf_a_embeds_its_fonts_and_bears_the_hour_of_the_inspection():
    reader = PdfReader(io.BytesIO(inspection_report(MADE)))
    assert reader.metadata.creation_date == MADE.ended_at.replace(microsecond=0)
    assert b"pdfaid:part>2<" in reader.trailer["/Root"]["/Metadata"].get_data()
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_the_same_inspection_gives_the_same_bytes():
    assert inspection_report(MADE) == inspection_report(MADE)


def test_nothing_is_written_to_the_folder_it_runs_in(tmp_path):
    with chdir(tmp_path):
        inspection_report(MADE)
    assert list(tmp_path.iterdir()) == []


def test_a_catastrophe_is_printed_in_part_and_says_so():
    said = text_of(inspection_report(replace(MADE, findings=(DAMAGE,) * (MOST_FINDINGS_PRINTED + 5))))
    assert "另有 5 项" in said


def test_an_archive_that_did_not_open_is_reported_without_figures():
    unopened = replace(MADE, id=None, counts={}, facts={"program": "Anjuan 0.1.0"}, findings=(DAMAGE,))
    said = text_of(inspection_report(unopened))
    assert "档案库未能打开" in said
    assert "未能记入操作日志" in said
    assert "SQLCipher" not in said
    assert "原件在接收时" not in said


def test_the_seven_factors_say_only_what_was_seen():
    factors = evidence_factors(MADE)
    assert len(factors) == 7
    said = "".join(line.zh for _, lines in factors for line in lines)
    assert "1,333 个逐字节解密" in said
    assert "尚无完整备份" in said
    damaged = evidence_factors(replace(MADE, findings=(DAMAGE,)))
    assert "1 项损坏" in "".join(line.zh for line in damaged[1][1])


def test_a_form_that_does_not_take_its_content_is_a_named_refusal():
    with pytest.raises(FormNotPrinted):
        typeset("inspection-report", {}, made_at=MADE.ended_at)
