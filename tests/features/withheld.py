"""Made-up archives, people with random rights, and beside each archive one that never held what one may not see.

What a person may see is decided here once more, in plain words over plain rows, and not by asking the archive.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from simulators.laid_papers import open_shelf

from dms.archive import Archive
from dms.domain.actor import Actor, Origin, Role
from dms.domain.clock import Clock
from dms.search import index_item, rebuild_index
from dms.store.corrections import page_correction
from dms.store.tables import contract, customer, item, page, volume

DEPARTMENTS = ("销售部", "采购部", "工程部", "法务部", "财务部", "外贸部")
CUSTOMERS = 60
CONTRACTS_OF_ONE = 3
LAID_LATER = 8
"""One paper in so many comes after the index was made."""
AT = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
_WORDS = """
合同 甲方 乙方 需方 供方 买方 违约金 滞纳金 货款 验收 发票 质保金 预付款 损失 赔偿 争议 交付 逾期 延期 未付 已付 图纸
运费 单价 增值税 保证 解除 通知 仓库 法兰 阀门 轴承 钢管 工程 施工 仲裁 判决 退款 授权 保密 定金 不可抗力 法定代表人
盖章 自己 末日 千元 日期 合格后三十日内 按日万分之五 送货单 补充协议 设备 机械 付款 收货 清单 价款 期限 送达 银行 账号
"""
WORDS = tuple(_WORDS.split())
RARE = "".join(chr(0x4E00 + 37 * number) for number in range(400))
TYPES = {"contract": "3", "amendment": "3", "receipt": "2", "invoice": "2", "licence": "1", "correspondence": "4"}

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """Everything that an archive holds, as the rows of its tables."""

    customers: Rows
    contracts: Rows
    volumes: Rows
    items: Rows
    pages: Rows
    corrections: Rows

    def texts(self) -> list[str]:
        """Whatever is written anywhere."""
        titles = [str(row["title"]) for row in (*self.items, *self.contracts)]
        names = [str(row["name"]) for row in self.customers]
        return [str(row["text"]) for row in self.pages] + titles + names


@dataclass(frozen=True, kw_only=True)
class Person:
    """What one person may see."""

    clearance: int
    departments: frozenset[str] | None
    granted_customers: frozenset[int]
    granted_items: frozenset[int]
    answers_for_personal_data: bool
    """Whether papers that are kept in store only are open too."""

    def actor(self) -> Actor:
        return Actor(
            user_id=7,
            name="wang",
            roles=frozenset({Role.ARCHIVIST if self.answers_for_personal_data else Role.CLERK}),
            clearance=self.clearance,
            origin=Origin.WEB,
            departments=self.departments,
            granted_customers=self.granted_customers,
            granted_items=self.granted_items,
        )


SEES_ALL = Person(
    clearance=1,
    departments=None,
    granted_customers=frozenset(),
    granted_items=frozenset(),
    answers_for_personal_data=True,
)


def random_person(chance: Random, holding: Holding) -> Person:
    """Somebody of any grade, department and good fortune."""
    departments = chance.choice([None, *(frozenset(chance.sample(DEPARTMENTS, count)) for count in (0, 1, 1, 2, 4))])
    customers = [row["id"] for row in holding.customers]
    keys = [row["key"] for row in holding.items]
    return Person(
        clearance=chance.choice([1, 2, 3, 3]),
        departments=departments,
        granted_customers=frozenset(chance.sample(customers, chance.choice([0, 0, 1, 5]))),
        granted_items=frozenset(chance.sample(keys, chance.choice([0, 0, 1, 30]))),
        answers_for_personal_data=chance.choice([False, False, True]),
    )


def seen_by(person: Person, holding: Holding) -> Holding:
    """What an archive would hold that never took in what the person may not see."""
    departments = {row["id"]: row["department"] for row in holding.customers}
    items = [row for row in holding.items if _sees(person, row, departments)]
    keys = {row["key"] for row in items}
    owners = {row["customer_id"] for row in items}
    contracts, volumes = {row["contract_id"] for row in items}, {row["volume_id"] for row in items}
    return Holding(
        customers=[row for row in holding.customers if row["id"] in owners or _is_open(person, row["id"], departments)],
        contracts=[row for row in holding.contracts if row["id"] in contracts],
        volumes=[row for row in holding.volumes if row["id"] in volumes],
        items=items,
        pages=[row for row in holding.pages if row["item_key"] in keys],
        corrections=[row for row in holding.corrections if row["item_key"] in keys],
    )


def _sees(person: Person, row: Mapping[str, Any], departments: Mapping[int, str]) -> bool:
    if row["storage_only"] and not person.answers_for_personal_data:
        return False
    if row["key"] in person.granted_items:
        return True
    if row["grade"] < person.clearance:
        return False
    return row["customer_id"] is None or _is_open(person, row["customer_id"], departments)


def _is_open(person: Person, customer_id: int, departments: Mapping[int, str]) -> bool:
    if person.departments is None or customer_id in person.granted_customers:
        return True
    return departments[customer_id] == "" or departments[customer_id] in person.departments


def laid(folder: Path, holding: Holding, *, clock: Clock, later: Collection[int] = ()) -> Archive:
    """An archive that holds this; papers with the keys `later` come in one by one after the index was made."""
    folder.mkdir()
    archive = open_shelf(folder, clock=clock)
    with archive.begin() as work:
        for table, rows in _tables(holding):
            early = [row for row in rows if row.get("item_key", row.get("key")) not in later]
            if early:
                work.connection.execute(table.insert(), early)
    rebuild_index(archive)
    with archive.begin() as work:
        for table, rows in _tables(holding):
            late = [row for row in rows if row.get("item_key", row.get("key")) in later]
            if late:
                work.connection.execute(table.insert(), late)
        for row in holding.items:
            if row["key"] in later:
                index_item(work, row["key"])
    return archive


def _tables(holding: Holding) -> list[tuple[Any, Rows]]:
    return [
        (customer, holding.customers),
        (contract, holding.contracts),
        (volume, holding.volumes),
        (item, holding.items),
        (page, holding.pages),
        (page_correction, holding.corrections),
    ]


def made_up(chance: Random, *, items: int) -> Holding:
    """An archive of so many papers with small texts."""
    customers = [_customer(chance, number) for number in range(1, CUSTOMERS + 1)]
    contracts = [
        _contract(chance, number, customer_id=1 + number % CUSTOMERS)
        for number in range(1, CUSTOMERS * CONTRACTS_OF_ONE + 1)
    ]
    volumes: dict[tuple[int, str, int], int] = {}
    rows = [_item(chance, key, volumes) for key in range(1, items + 1)]
    pages = [_page(chance, row["key"], number) for row in rows for number in range(1, row["pages_total"] + 1)]
    return Holding(
        customers=customers,
        contracts=contracts,
        volumes=[_volume(number, *place) for place, number in volumes.items()],
        items=rows,
        pages=pages,
        corrections=[_correction(chance, row) for row in chance.sample(pages, len(pages) // 20)],
    )


def _customer(chance: Random, number: int) -> dict[str, Any]:
    name = f"{_rare(chance, 2)}{chance.choice(WORDS)}{chance.choice(['机械', '贸易', '物流'])}有限公司"
    return {
        "id": number,
        "code": f"C{number:04d}",
        "name": f"{name}{number}",
        "former_names": [{"name": f"{_rare(chance, 3)}厂", "until_on": None}] if number % 5 == 0 else [],
        "uscc": None,
        "sides": ["customer"],
        "grade": "ordinary",
        "department": chance.choice(("", *DEPARTMENTS)),
        "created_at": AT,
    }


def _contract(chance: Random, number: int, *, customer_id: int) -> dict[str, Any]:
    written = f"HT{chance.randint(2020, 2024)}{number:04d}"
    return {
        "id": number,
        "number": written,
        "number_folded": written,
        "title": f"{chance.choice(WORDS)}{_rare(chance, 2)}合同",
        "customer_id": customer_id,
        "parties": [],
        "signed_on": None,
        "effective_on": None,
        "ends_on": None,
        "amount": None,
    }


def _volume(number: int, owner: int, series: str, year: int) -> dict[str, Any]:
    texts = dict.fromkeys(("title", "compiled_by", "checked_by", "name_of_customer"), "")
    counts = dict.fromkeys(("item_count", "page_count", "sheet_count", "seal_version"), 0)
    place = {"id": number, "customer_id": owner, "series_code": series, "year": year}
    return place | texts | counts | {"state": "open", "source": "own", "scope": "customer"}


def _item(chance: Random, key: int, volumes: dict[tuple[int, str, int], int]) -> dict[str, Any]:
    owner = chance.choice([None, *range(1, CUSTOMERS + 1)]) if chance.random() < 0.9 else None
    held = owner is not None and chance.random() < 0.7
    contract_id = None if owner is None or not held else owner - 1 + CUSTOMERS * chance.randrange(CONTRACTS_OF_ONE)
    type_code = chance.choice(tuple(TYPES))
    year, filed = chance.randint(2019, 2024), owner is not None and chance.random() < 0.7
    place = (owner or 0, TYPES[type_code], year)
    amount = Decimal(chance.randint(1, 900) * 1000)
    stated = {"title": _title(chance), "copy_kind": "original", "grade": chance.choice([1, 2, 3, 3, 3])}
    return stated | {
        "key": key,
        "id": f"{key:020x}",
        "state": "filed" if filed else "review",
        "customer_id": owner,
        "contract_id": contract_id or None,
        "series_code": TYPES[type_code],
        "volume_id": volumes.setdefault(place, len(volumes) + 1) if filed else None,
        "year": year,
        "type_code": type_code,
        "doc_on": _day(chance) if chance.random() < 0.8 else None,
        "amount": amount if chance.random() < 0.5 else None,
        "claim": stated,
        "claimed_contract_no": f"SQ-{_rare(chance, 1)}{key % 9}" if contract_id is None and key % 4 == 0 else "",
        "original_filename": f"扫描{key % 50}.pdf",
        "media_type": "application/pdf",
        "size_bytes": 1000,
        "digest": f"{key:064x}",
        "wrapped_key": b"wrapped",
        "received_at": AT + timedelta(minutes=key),
        "received_by": "clerk",
        "pages_total": chance.choice([1, 1, 2]),
        "doubts": [],
        "storage_only": key % 13 == 0,
    }


def _page(chance: Random, item_key: int, number: int) -> dict[str, Any]:
    return {
        "item_key": item_key,
        "number": number,
        "text": _text(chance),
        "width_px": 100,
        "height_px": 100,
        "turned_degrees": 0,
        "skew_degrees": 0.0,
        "blank": False,
        "confidence": 1.0,
        "source": "ocr",
        "engine": "test",
    }


def _correction(chance: Random, row: Mapping[str, Any]) -> dict[str, Any]:
    text = str(row["text"]) + _rare(chance, 3)
    facts = {"page_number": row["number"], "text": text, "corrected_by": "wang", "corrected_at": AT}
    return {"item_key": row["item_key"]} | facts


def _text(chance: Random) -> str:
    parts = [chance.choice(WORDS) if chance.random() < 0.8 else _rare(chance, 2) for _ in range(chance.randint(12, 40))]
    parts.append(chance.choice([f"金额{chance.randint(1, 900)}000.00元", f"{chance.randint(1, 90)}万元", ""]))
    parts.append(chance.choice([f"{_day(chance):%Y年%m月%d日}", f"{_day(chance)}", ""]))
    chance.shuffle(parts)
    return chance.choice(["", "，", "\n"]).join(parts)


def _title(chance: Random) -> str:
    return "".join(chance.sample(WORDS, 2)) + (_rare(chance, 1) if chance.random() < 0.3 else "")


def _rare(chance: Random, length: int) -> str:
    return "".join(chance.choice(RARE) for _ in range(length))


def _day(chance: Random) -> date:
    return date(2019, 1, 1) + timedelta(days=chance.randrange(2100))
