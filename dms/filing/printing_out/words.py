"""What values of the archive are called on paper, in the language of the forms."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.contract import ContractState
from dms.domain.customer import CustomerGrade, CustomerNature, CustomerStatus, Side, VolumeAxis
from dms.domain.item import CopyKind, ItemMedium
from dms.domain.location import Location
from dms.domain.transfer import SignatureRole
from dms.domain.volume import NoteKind, Volume
from dms.printing import Letterhead, Signed
from dms.store import UnitOfWork

GRADE_WORDS: Final = {1: "一级", 2: "二级", 3: "三级"}
COPY_WORDS: Final = {
    CopyKind.UNKNOWN: "",
    CopyKind.ORIGINAL: "正本",
    CopyKind.COUNTERPART: "副本",
    CopyKind.COPY: "复印件",
    CopyKind.BORN_DIGITAL: "电子件",
}
MEDIUM_WORDS: Final = {ItemMedium.PAPER: "纸质", ItemMedium.ELECTRONIC: "电子", ItemMedium.AUDIOVISUAL: "音像"}
NOTE_WORDS: Final = {
    NoteKind.DAMAGED: "缺损",
    NoteKind.CORRECTED: "修改",
    NoteKind.ADDED: "补充",
    NoteKind.MOVED_OUT: "移出",
    NoteKind.DESTROYED: "销毁",
    NoteKind.APPRAISED: "鉴定",
    NoteKind.COMPARED: "比对",
    NoteKind.AMENDED: "更正",
    NoteKind.CARRIED: "结转",
    NoteKind.MERGED: "合并",
}
CONTRACT_WORDS: Final = {
    ContractState.NEGOTIATING: "谈判",
    ContractState.RUNNING: "履行中",
    ContractState.PERFORMED: "履行完毕",
    ContractState.TERMINATED: "终止",
    ContractState.DISPUTED: "争议",
}
SIDE_WORDS: Final = {Side.CUSTOMER: "客户", Side.SUPPLIER: "供应商", Side.SERVICE_PROVIDER: "服务商"}
STATUS_WORDS: Final = {
    CustomerStatus.PROSPECT: "未来客户",
    CustomerStatus.NEW: "新客户",
    CustomerStatus.OLD: "老客户",
    CustomerStatus.ENDED: "终止往来",
}
NATURE_WORDS: Final = {
    CustomerNature.GOVERNMENT: "政府机构",
    CustomerNature.SPECIAL: "特殊公司",
    CustomerNature.ORDINARY: "普通公司",
    CustomerNature.INDIVIDUAL: "个人",
    CustomerNature.PARTNER: "交易伙伴",
}
AXIS_WORDS: Final = {VolumeAxis.MAIN: "主力客户", VolumeAxis.GENERAL: "一般客户", VolumeAxis.SCATTERED: "零散客户"}
CUSTOMER_GRADE_WORDS: Final = {
    CustomerGrade.IMPORTANT: "重要",
    CustomerGrade.SPECIAL: "特殊",
    CustomerGrade.ORDINARY: "一般",
}
SIGNER_WORDS: Final = {
    SignatureRole.A: "移交人（A角）",
    SignatureRole.B: "复核人（B角）",
    SignatureRole.ARCHIVIST: "接收人（档案员）",
    SignatureRole.SUPERVISOR: "监交人",
}
UNDATED: Final = "[日期不详]"
BETWEEN: Final = " · "


def letterhead(actor: Actor, *, archive: Archive, work: UnitOfWork, department: str = "") -> Letterhead:
    """Whose form it is, made out by the actor now."""
    return Letterhead(
        company=next(iter(work.scheme.own_names()), ""),
        fonds_code=work.scheme.fonds_code(),
        person=actor.name,
        made_at=archive.now(),
        department=department,
    )


def series_names(work: UnitOfWork) -> dict[str, str]:
    """``3 合同协议`` by code, retired ones included."""
    return {series.code: f"{series.code} {series.zh}" for series in work.scheme.all_series()}


def retention_names(work: UnitOfWork) -> dict[str, str]:
    """``30年（D30）`` by code."""
    return {rule.code: f"{rule.zh}（{rule.code}）" for rule in work.retention.all()}


def place_names(work: UnitOfWork) -> dict[int, str]:
    """``库房一 · 3架 · 2层`` by id of the place."""
    places = {place.id: place for place in work.locations.all()}
    return {place_id: BETWEEN.join(_called(each) for each in _way_to(place_id, places)) for place_id in places}


def signed(role: str, name: str, at: datetime | None) -> Signed:
    """A signature that was given, or the place for one."""
    return Signed(role=role, name=name, signed_on=local_day(at) if at and name else None)


def one_of(values: Iterable[str]) -> str:
    """The value, where all of them are alike; empty where they are mixed, or there is none."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else ""


def span_of_years(years: Iterable[int]) -> str:
    """``2025``, or ``2023–2025`` from the earliest to the latest; empty without any."""
    known = sorted(set(years))
    return "–".join(dict.fromkeys(str(year) for year in (known[0], known[-1]))) if known else ""


def _called(place: Location) -> str:
    return place.name or place.code


def _way_to(place_id: int, places: dict[int, Location]) -> list[Location]:
    way = [places[place_id]]
    while (parent_id := way[0].parent_id) in places and places[parent_id] not in way:
        way.insert(0, places[parent_id])
    return way


def shown_title(volume: Volume, customer_name: str, series: Mapping[str, str]) -> str:
    """The title of a volume; what it holds by customer, year and series where it has none that may be told."""
    name = series.get(volume.series_code, volume.series_code).partition(" ")[2]
    return volume.title or f"{customer_name} {volume.year}年 {name}".strip()
