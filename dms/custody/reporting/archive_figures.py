"""档案工作年度统计表: what came in, is held, was used, is due and was destroyed (C14-04; K22)."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from dms.custody.reporting.tables import SECRECY_NAMES, UNSTATED, column, grouped, table, text_column
from dms.domain.actor import Actor
from dms.domain.item import ItemMedium
from dms.domain.report import ReportCell, ReportPeriod, ReportTable
from dms.errors import Bilingual
from dms.store import Counted, Holding, UnitOfWork

_MM_A_METRE: Final = 1000
_MEDIA: Final = {
    ItemMedium.PAPER.value: Bilingual("纸质", "paper"),
    ItemMedium.ELECTRONIC.value: Bilingual("电子", "electronic"),
    ItemMedium.AUDIOVISUAL.value: Bilingual("音像", "audiovisual"),
}
_AMOUNTS: Final = (column("件数", "Papers"), column("页数", "Pages"), column("张数", "Sheets"))


def archive_tables(actor: Actor, period: ReportPeriod, *, today: date, work: UnitOfWork) -> tuple[ReportTable, ...]:
    """The tables of the year's figures."""
    since, before = moments(period)
    holdings = work.statistics.holdings(actor=actor, before=before)
    return (
        _accruals(actor, since, before, work),
        _held_by_series(actor, holdings, work),
        _held_by_term(holdings, work),
        _held(holdings, "密级", "Grade", lambda each: SECRECY_NAMES.get(each.grade, UNSTATED)),
        _held(holdings, "载体", "Medium", lambda each: _MEDIA.get(each.medium, UNSTATED)),
        _shelves(actor, holdings, work),
        _used(actor, period, today, work),
        _ended(actor, period, work),
    )


def moments(period: ReportPeriod) -> tuple[datetime, datetime]:
    """The first moment of the period, and the first one after it, where the archive stands."""
    after = period.last_on + timedelta(days=1) if period.last_on < date.max else period.last_on
    return _midnight(period.first_on), _midnight(after)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min).astimezone().astimezone(UTC)


def _accruals(actor: Actor, since: datetime, before: datetime, work: UnitOfWork) -> ReportTable:
    found = work.statistics.accruals(actor=actor, since=since, before=before)
    names = _series_names(work)
    rows = [(name, *_told(found[code])) for code, name in names.items() if code in found]
    rows += [(UNSTATED, *_told(found[code])) for code in found if code not in names]
    title = Bilingual("本期收进（按类目）", "Accruals by series")
    return table(title, (text_column("类目", "Series"), *_AMOUNTS), rows, drawn=1)


def _held_by_series(actor: Actor, holdings: Sequence[Holding], work: UnitOfWork) -> ReportTable:
    volumes = grouped(work.statistics.volumes(actor=actor), lambda each: each.series_code)
    papers = grouped(holdings, lambda each: each.series_code)
    names = _series_names(work)
    columns = (
        text_column("类目", "Series"),
        column("案卷（已装订）", "Volumes bound"),
        column("活页卷", "Loose-leaf"),
        *_AMOUNTS,
    )
    rows = []
    for code, name in names.items():
        here = volumes.get(code, [])
        if here or code in papers:
            bound, loose = (sum(each.volumes for each in here if each.is_bound is kind) for kind in (True, False))
            rows.append((name, bound, loose, *_told(_together(papers.get(code, [])))))
    rows += [(UNSTATED, 0, 0, *_told(_together(papers[code]))) for code in papers if code not in names]
    return table(Bilingual("馆藏（按类目）", "Holdings by series"), columns, rows, drawn=3)


def _held_by_term(holdings: Sequence[Holding], work: UnitOfWork) -> ReportTable:
    own = {each.code: each.retention_code for each in work.scheme.all_series()}
    names = {rule.code: Bilingual(rule.zh, rule.en) for rule in work.retention.all()}
    found = grouped(holdings, lambda each: each.retention_code or own.get(each.series_code or "", ""))
    rows = [(name, *_told(_together(found[code]))) for code, name in names.items() if code in found]
    rows += [(UNSTATED, *_told(_together(found[code]))) for code in found if code not in names]
    title = Bilingual("馆藏（按保管期限）", "Holdings by retention")
    return table(title, (text_column("保管期限", "Kept for"), *_AMOUNTS), rows, drawn=1)


def _held(holdings: Sequence[Holding], zh: str, en: str, name: Callable[[Holding], Bilingual]) -> ReportTable:
    found = grouped(holdings, name)
    rows = [(key, *_told(_together(found[key]))) for key in sorted(found, key=str) if isinstance(key, Bilingual)]
    title = Bilingual(f"馆藏（按{zh}）", f"Holdings by {en.lower()}")
    return table(title, (text_column(zh, en), *_AMOUNTS), rows, drawn=1)


def _shelves(actor: Actor, holdings: Sequence[Holding], work: UnitOfWork) -> ReportTable:
    volumes = work.statistics.volumes(actor=actor)
    bound = sum(each.volumes for each in volumes if each.is_bound)
    metres = Decimal(sum(each.spine_mm for each in volumes)) / _MM_A_METRE
    scanned = _together(holdings).items
    unscanned = sum(each.papers_without_scan for each in volumes)
    share = Decimal(scanned) / (scanned + unscanned) if scanned + unscanned else None
    rows: list[tuple[ReportCell, ...]] = [
        (Bilingual("已装订案卷（卷）", "Volumes bound"), str(bound)),
        (Bilingual("排架长度（米）", "Shelf length (m)"), f"{metres:.2f}"),
        (Bilingual("有扫描件的资料（件）", "Papers with a scan"), str(scanned)),
        (Bilingual("只有目录、无扫描件的资料（件）", "Papers known from an old catalogue alone"), str(unscanned)),
        (Bilingual("数字化率", "Share digitised"), "—" if share is None else f"{share:.1%}"),
    ]
    columns = (text_column("项目", "What"), text_column("数量", "How much"))
    found = table(Bilingual("库房与数字化", "Shelves and digitising"), columns, rows)
    return _unsummed(found)


def _used(actor: Actor, period: ReportPeriod, today: date, work: UnitOfWork) -> ReportTable:
    since, before = moments(period)
    use = work.statistics.use(actor=actor, since=since, before=before, today=today)
    rows: list[tuple[ReportCell, ...]] = [
        (Bilingual("屏幕查阅（件次）", "Papers opened on screen"), use.opened),
        (Bilingual("查阅人数", "Persons who read"), use.readers),
        (Bilingual("下载原件和可检索副本（件次）", "Originals and copies taken"), use.copies_taken),
        (Bilingual("利用申请（份）", "Requests for use"), use.requests),
        (Bilingual("其中批准", "approved"), use.approved),
        (Bilingual("其中未批准", "refused"), use.refused),
        (Bilingual("借出原件（件次）", "Originals lent"), use.loans),
        (Bilingual("归还（件次）", "brought back"), use.returned),
        (Bilingual("逾期未还（件，编制当日）", "overdue today"), use.overdue),
        (Bilingual("遗失（件）", "lost"), use.lost),
    ]
    columns = (text_column("利用情况", "Use"), column("数量", "How many"))
    return _unsummed(table(Bilingual("利用", "Use"), columns, rows))


def _ended(actor: Actor, period: ReportPeriod, work: UnitOfWork) -> ReportTable:
    since, before = moments(period)
    gone = work.statistics.destroyed(actor=actor, since=since, before=before)
    rows: list[tuple[ReportCell, ...]] = [
        (Bilingual("期末保管期满、待鉴定（件）", "Papers due for appraisal at the end"), _due(actor, period, work)),
        (Bilingual("本期销毁（件）", "Papers destroyed"), gone.items),
        (Bilingual("本期销毁（页）", "Pages destroyed"), gone.pages),
    ]
    columns = (text_column("鉴定与销毁", "Appraisal and destruction"), column("数量", "How many"))
    return _unsummed(table(Bilingual("鉴定与销毁", "Appraisal and destruction"), columns, rows))


def _due(actor: Actor, period: ReportPeriod, work: UnitOfWork) -> int:
    return work.statistics.due(actor=actor, by=period.last_on)


def _unsummed(found: ReportTable) -> ReportTable:
    return ReportTable(title=found.title, columns=found.columns, rows=found.rows, note=found.note)


def _series_names(work: UnitOfWork) -> dict[str, Bilingual]:
    return {
        each.code: Bilingual(f"{each.code} {each.zh}", f"{each.code} {each.en}") for each in work.scheme.all_series()
    }


def _together(holdings: Sequence[Holding]) -> Counted:
    return Counted(
        items=sum(each.counted.items for each in holdings),
        pages=sum(each.counted.pages for each in holdings),
        sheets=sum(each.counted.sheets for each in holdings),
    )


def _told(counted: Counted) -> tuple[int, int, int]:
    return counted.items, counted.pages, counted.sheets
