"""The forms of appraisal and destruction bear the columns of the rules, and everyone's signature."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from dms.printing import (
    AppraisalForm,
    AppraisalReport,
    AppraisedLine,
    DestructionCertificate,
    DestructionForm,
    DoomedLine,
    Letterhead,
    Signed,
    SupervisionForm,
    WatchedStep,
    YearlyAppraisal,
    disposal_form_pdf,
    disposal_form_xlsx,
)

HEAD = Letterhead(
    company="安徽皖江重工机械有限公司", fonds_code="Q001", person="李档", made_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
)
DAY = date(2026, 3, 2)
DOOMED = DoomedLine(
    reference_code="Q001-KH·C0001·3·1990-001-0001", title="谈判记录", volume_code="Q001-KH·C0001·3·1990-001", items=1,
    pages=12, sheets=6, year=1990, term="30年", kept_years=36, grade="三级", medium="纸质", reason="已无查考价值",
    destroyed_on=DAY, outcome="已销毁", appraisal="JD2026-001", digest="9f" * 32,
)  # fmt: skip
SIGNATURES = (Signed(role="监销人", name="赵一", signed_on=DAY), Signed(role="监销人"))
FORMS = (
    AppraisalForm(
        letterhead=HEAD, number="JD2026-001", title="到期鉴定", committee="王（组长）、李", decided_on=DAY,
        counts="共 1 件",
        report="逐件审阅。", signatures=SIGNATURES,
        lines=(
            AppraisedLine(
                reference_code="", title="谈判记录", year=1990, pages=12, term="30年", due_on=date(2020, 12, 31),
                opinions="王：销毁（无价值）", verdict="销毁", reason="一致同意",
            ),
        ),
    ),
    AppraisalReport(
        letterhead=HEAD, year=2026, still_due=3,
        lines=(
            YearlyAppraisal(
                number="JD2026-001", title="到期鉴定", chair="王", decided_on=DAY, papers=5, destroyed=2, extended=1,
                permanent=1, set_aside=1,
            ),
        ),
    ),
    DestructionForm(
        letterhead=HEAD, number="XH2026-001", title="到期资料", state="已办结", method="碎纸", place="库房",
        digest="9f" * 32, lines=(DOOMED, replace(DOOMED, destroyed_on=None, outcome="未销毁：冻结中")),
        signatures=SIGNATURES,
    ),
    SupervisionForm(
        letterhead=HEAD, number="XH2026-001", title="到期资料", method="碎纸", place="库房", counts="共 2 件",
        digest="9f" * 32, signatures=SIGNATURES,
        steps=(
            WatchedStep(turn=1, what="会签", office="单位负责人", name="王", acted_at="2026-03-02 09:00", remark=""),
        ),
    ),
    DestructionCertificate(
        letterhead=HEAD, number="XH2026-001", title="到期资料", approved_by="周", approved_on=DAY, carried_out_by="李",
        carried_out_on=DAY, method="碎纸", place="库房", paper_destroyed_on=None, destroyed=1, spared=1, pages=12,
        size="1.0 MB", digest="9f" * 32, lines=(DOOMED,), signatures=SIGNATURES,
    ),
)  # fmt: skip


def cells_of(form) -> list[object]:
    sheet = load_workbook(BytesIO(disposal_form_xlsx(form))).active
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_form_is_printed_alike_each_time():
    for form in FORMS:
        assert disposal_form_pdf(form).startswith(b"%PDF")
        assert disposal_form_pdf(form) == disposal_form_pdf(form)


def test_the_list_has_the_columns_of_the_rules():
    told = " ".join(map(str, cells_of(FORMS[2])))
    columns = "档号 题名 案卷号 件数 页数 年度 应保管 已保管 密级 载体 销毁原因 鉴定 销毁日期 备注"
    for name in (*columns.split(), "销毁方式", "销毁地点", "监销人", "未销毁：冻结中"):
        assert name in told, name


def test_the_certificate_names_what_proves_the_destruction():
    told = " ".join(map(str, cells_of(FORMS[4])))
    assert "9f" * 32 in told and "周" in told and "无纸质原件" in told


def test_the_report_of_a_year_sums_up():
    assert "鉴定保管期满档案 5 件：提请销毁 2 件" in " ".join(map(str, cells_of(FORMS[1])))
