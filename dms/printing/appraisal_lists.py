"""The forms of appraisal and destruction, made ready to be printed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from dms.errors import Bilingual
from dms.printing.appraisal_facts import (
    AppraisalForm,
    AppraisalReport,
    AppraisedLine,
    DestructionCertificate,
    DestructionForm,
    DoomedLine,
    SupervisionForm,
)
from dms.printing.listing import Align, Cell, Column, Fact, Listing, Showing, day, listing_pdf, numbered, total
from dms.printing.listing_sheets import listing_xlsx

DisposalForm = AppraisalForm | AppraisalReport | DestructionForm | SupervisionForm | DestructionCertificate

_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)


def disposal_form_pdf(form: DisposalForm) -> bytes:
    """The form as PDF/A-2b; the same facts give the same bytes. Raises what `listing_pdf` raises."""
    return listing_pdf(_LISTINGS[type(form)](form))


def disposal_form_xlsx(form: DisposalForm) -> bytes:
    """The form as a spreadsheet, line by line as it is printed."""
    return listing_xlsx(_LISTINGS[type(form)](form))


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 14, showing: Showing = Showing.BOTH) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width, showing=showing)


def _count(zh: str, en: str, width_mm: float = 11) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, align=Align.RIGHT, sheet_width=8)


def _date(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=20, align=Align.CENTRE)


def _fact(zh: str, en: str, value: str) -> Fact:
    return (Bilingual(zh, en), value)


_APPRAISAL_COLUMNS = (
    _NUMBER,
    _text("档号", "Reference code", 40, 28),
    _text("题名", "Title", None, 44),
    _text("年度", "Year", 12, 8),
    _count("页数", "Pages"),
    _text("保管期限", "Kept for", 17),
    _date("届满日期", "Ended on"),
    _text("成员意见", "Opinions", 52, 48),
    _text("鉴定结论", "Verdict", 32, 28),
    _text("理由", "Reason", 30, 30),
)


def _appraisal_listing(form: AppraisalForm) -> Listing:
    title = (
        Bilingual("续存档案清单", "Extended terms") if form.extended_only else Bilingual("档案鉴定意见书", "Appraisal")
    )
    return Listing(
        title=title,
        letterhead=form.letterhead,
        facts=(
            _fact("鉴定编号", "Number", form.number),
            _fact("鉴定名称", "Subject", form.title),
            _fact("鉴定小组", "Committee", form.committee),
            _fact("鉴定日期", "Decided on", day(form.decided_on)),
            _fact("结果", "Result", form.counts),
        ),
        columns=_APPRAISAL_COLUMNS,
        rows=numbered(_appraised_cells(line) for line in form.lines),
        notes=(form.report,) if form.report else (),
        signatures=form.signatures,
        landscape=True,
    )


def _appraised_cells(line: AppraisedLine) -> tuple[Cell, ...]:
    known = (line.reference_code, line.title, str(line.year or ""), line.pages, line.term, line.due_on)
    return (*known, line.opinions, line.verdict, line.reason)


_REPORT_COLUMNS = (
    _NUMBER,
    _text("鉴定编号", "Number", 28),
    _text("鉴定名称", "Subject", None, 40),
    _text("组长", "Chair", 24),
    _date("鉴定日期", "Decided on"),
    _count("件数", "Papers", 14),
    _count("销毁", "Destroy", 14),
    _count("续存", "Extend", 14),
    _count("永久", "Permanent", 14),
    _count("暂存", "Set aside", 14),
)


def _report_listing(form: AppraisalReport) -> Listing:
    sums: dict[int, Cell] = {
        5: sum(line.papers for line in form.lines),
        6: sum(line.destroyed for line in form.lines),
        7: sum(line.extended for line in form.lines),
        8: sum(line.permanent for line in form.lines),
        9: sum(line.set_aside for line in form.lines),
    }
    rows = numbered(
        (
            *(line.number, line.title, line.chair, line.decided_on, line.papers),
            *(line.destroyed, line.extended, line.permanent, line.set_aside),
        )
        for line in form.lines
    )
    told = (
        f"{form.year}年度共开展鉴定 {len(form.lines)} 次，鉴定保管期满档案 {sums[5]} 件：提请销毁 {sums[6]} 件，"
        f"续存 {sums[7]} 件，转为永久保管 {sums[8]} 件，因冻结或未了事项暂存 {sums[9]} 件。"
        f"截至编制之日，期满尚未鉴定的还有 {form.still_due} 件。"
    )
    return Listing(
        title=Bilingual("鉴定工作报告", "Report on appraisals"),
        letterhead=form.letterhead,
        facts=(_fact("年度", "Year", f"{form.year}年"),),
        columns=_REPORT_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 次", len(_REPORT_COLUMNS), sums)),
        notes=(told,),
        landscape=True,
    )


_DOOMED_COLUMNS = (
    _NUMBER,
    _text("档号", "Reference code", 32, 28),
    _text("题名", "Title", None, 44),
    _text("案卷号", "Volume", 27, 26),
    _count("件数", "Papers", 10),
    _count("页数", "Pages", 10),
    _text("年度", "Year", 11, 8),
    _text("应保管", "To be kept", 14, 12),
    Column(name=Bilingual("已保管", "Kept (years)"), width_mm=12, align=Align.RIGHT, sheet_width=10),
    _text("密级", "Grade", 11),
    _text("载体", "Medium", None, 10, Showing.SHEET),
    _text("销毁原因", "Reason", 26, 30),
    _text("鉴定", "Appraisal", None, 16, Showing.SHEET),
    _date("销毁日期", "Destroyed on"),
    _text("备注", "Remark", 18, 24),
)


def _destruction_listing(form: DestructionForm) -> Listing:
    rows = numbered(_doomed_cells(line) for line in form.lines)
    sums: dict[int, Cell] = {
        4: sum(line.items for line in form.lines),
        5: sum(line.pages or 0 for line in form.lines),
    }
    return Listing(
        title=Bilingual("档案销毁清册", "Destruction list"),
        letterhead=form.letterhead,
        facts=(
            _fact("清册号", "Number", form.number),
            _fact("名称", "Subject", form.title),
            _fact("状态", "State", form.state),
            _fact("销毁方式", "Method", form.method),
            _fact("销毁地点", "Place", form.place),
        ),
        columns=_DOOMED_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 项", len(_DOOMED_COLUMNS), sums)),
        notes=tuple(filter(None, (form.remark, _KEPT, _digest(form.digest)))),
        signatures=form.signatures,
        landscape=True,
    )


def _doomed_cells(line: DoomedLine) -> tuple[Cell, ...]:
    known = (line.reference_code, line.title, line.volume_code, line.items, line.pages, str(line.year or ""))
    kept = (line.term, line.kept_years, line.grade, line.medium)
    return (*known, *kept, line.reason, line.appraisal, line.destroyed_on, line.outcome)


_STEP_COLUMNS = (
    _NUMBER,
    _count("轮次", "Round", 12),
    _text("事项", "Act", 34, 20),
    _text("岗位", "Office", 34, 22),
    _text("姓名", "Name", 28, 18),
    _text("时间", "When", 34, 20),
    _text("意见", "Remark", None, 40),
)


def _supervision_listing(form: SupervisionForm) -> Listing:
    return Listing(
        title=Bilingual("档案监销记录", "Record of supervision"),
        letterhead=form.letterhead,
        facts=(
            _fact("清册号", "Number", form.number),
            _fact("名称", "Subject", form.title),
            _fact("销毁方式", "Method", form.method),
            _fact("销毁地点", "Place", form.place),
            _fact("结果", "Result", form.counts),
        ),
        columns=_STEP_COLUMNS,
        rows=numbered(
            (step.turn, step.what, step.office, step.name, step.acted_at, step.remark) for step in form.steps
        ),
        notes=tuple(filter(None, (_WATCHED, _digest(form.digest)))),
        signatures=form.signatures,
    )


_PROOF_COLUMNS = (
    _NUMBER,
    _text("档号", "Reference code", 42, 28),
    _text("题名", "Title", None, 44),
    _count("页数", "Pages"),
    _date("销毁日期", "Destroyed on"),
    _text("原件校验值（SHA-256）", "Digest of the original", 58, 68),
)


def _certificate_listing(form: DestructionCertificate) -> Listing:
    return Listing(
        title=Bilingual("档案销毁证明", "Certificate of destruction"),
        letterhead=form.letterhead,
        facts=(
            _fact("清册号", "List", form.number),
            _fact("名称", "Subject", form.title),
            _fact("批准", "Approved", _by_on(form.approved_by, form.approved_on)),
            _fact("执行", "Carried out", _by_on(form.carried_out_by, form.carried_out_on)),
            _fact("电子档案", "Digital copies", f"销毁密钥并清除 {form.destroyed} 件、{form.pages} 页（{form.size}）"),
            _fact("纸质原件", "Paper originals", _paper(form)),
            _fact("未销毁", "Spared", f"{form.spared} 件" if form.spared else ""),
        ),
        columns=_PROOF_COLUMNS,
        rows=numbered(
            (line.reference_code, line.title, line.pages, line.destroyed_on, line.digest) for line in form.lines
        ),
        notes=(_CERTIFIED, _digest(form.digest)),
        signatures=form.signatures,
        landscape=True,
    )


def _paper(form: DestructionCertificate) -> str:
    if form.paper_destroyed_on is None:
        return "无纸质原件，或尚未注明"
    return f"{form.paper_destroyed_on} 在{form.place}以“{form.method}”方式销毁"


def _by_on(name: str, on: date | None) -> str:
    return "　".join(filter(None, (name, day(on))))


def _digest(digest: str) -> str:
    return f"会签时清册内容的校验值（SHA-256）：{digest}" if digest else ""


_KEPT = "本清册永久保管；已销毁的档案在目录中保留条目并注明“已销毁”。"
_WATCHED = "监销人在销毁前按清册逐件核对，销毁后签字。"
_CERTIFIED = (
    "兹证明：上列档案经鉴定小组一致同意、五方会签和批准，在两名监销人监督下销毁。电子副本的密钥、文字、索引、"
    "页面图像和打印件均已清除；旧备份中的副本在密钥轮换并停用旧密钥后不能再打开。"
)

_LISTINGS: dict[type, Callable[[Any], Listing]] = {
    AppraisalForm: _appraisal_listing,
    AppraisalReport: _report_listing,
    DestructionForm: _destruction_listing,
    SupervisionForm: _supervision_listing,
    DestructionCertificate: _certificate_listing,
}
