"""Customers, contracts and papers of two years, drawn from a seed: late, missing, misfiled and year-spanning ones too.

Nothing here knows how they are bound; it only says what a company's year looks like.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto

from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts, FormerName, VolumeAxis

_PLACES = ("合肥", "芜湖", "蚌埠", "安庆", "黄山", "滁州", "南通", "佛山", "成都", "厦门")
_NAMES = ("远山", "近水", "江城", "恒拓", "铭岳", "川驿", "屿盛", "海锐", "长风", "瑞丰")
_TRADES = ("机械", "商贸", "物流", "精密锻造", "电气", "建材", "仪表", "工程技术")
_GOODS = ("数控机床", "液压机", "伺服压力机", "齿轮箱", "电机", "钢材", "刀具", "输送线")
SCATTERED_SHARE = 0.15
FORMER_SHARE = 0.05
_PAPERS = (
    ("contract", "合同", 1.0, (2, 6)),
    ("authorization", "授权委托书", 0.85, (1, 1)),
    ("amendment", "补充协议", 0.3, (1, 2)),
    ("delivery_voucher", "送货单", 2.6, (1, 2)),
    ("acceptance_record", "验收记录", 0.8, (1, 3)),
    ("invoice", "发票", 1.7, (1, 1)),
    ("receipt", "收款凭证", 1.0, (1, 1)),
    ("correspondence", "往来函件", 0.7, (1, 3)),
    ("refund_record", "退赔折价记录", 0.15, (1, 2)),
)
"""Type, title, how many a contract has on average, and of how many pages; what is left out is missing."""
_PER_CONTRACT = sum(mean for _, _, mean, _ in _PAPERS)


class Mishap(Enum):
    """What goes wrong with a paper."""

    NONE = auto()
    LATE = auto()
    """It arrives after its year was bound."""
    MISFILED = auto()
    """It is laid into another customer's folder first."""
    AFTER_CUT_OFF = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPaper:
    """One paper, as a person confirms it."""

    customer: int
    contract: int | None
    """Places in the lists of the year, from 0."""
    type_code: str
    title: str
    doc_on: date | None
    year: int
    pages: int
    mishap: Mishap
    is_annex: bool = False
    grade: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnYear:
    """What a company deals with in a year and the one before."""

    year: int
    customers: tuple[CustomerFacts, ...]
    contracts: tuple[ContractFacts, ...] = field(default=())
    """Their `customer_id` is the place of the customer, from 0."""
    papers: tuple[DrawnPaper, ...] = ()


def drawn_year(year: int, *, customers: int, contracts: int, items: int, seed: int) -> DrawnYear:
    """A company's year with about so many items; the same seed draws the same year."""
    chance = random.Random(seed)  # noqa: S311 -- a measurement is to be repeatable
    parties = tuple(_customer(number, year, chance) for number in range(customers))
    ledger = tuple(_contract(number, number % customers, year, chance) for number in range(contracts))
    papers = [*_base_papers(year, customers, chance)]
    share = max(0.1, (items - len(papers)) / max(1, contracts) / _PER_CONTRACT)
    for number, facts in enumerate(ledger):
        papers += _papers_of(number, facts, year, share, chance)
    while len(papers) < items and ledger:
        number = chance.randrange(len(ledger))
        papers += _papers_of(number, ledger[number], year, 0.2, chance)
    return DrawnYear(year=year, customers=parties, contracts=ledger, papers=tuple(papers[:items]))


def _customer(number: int, year: int, chance: random.Random) -> CustomerFacts:
    place, trade = chance.choice(_PLACES), chance.choice(_TRADES)
    name = f"{place}{chance.choice(_NAMES)}{trade}{number + 1}有限公司"
    renamed = chance.random() < FORMER_SHARE
    former = (FormerName(f"{place}老{trade}{number + 1}厂", date(year, 6, 30)),) if renamed else ()
    scattered = chance.random() < SCATTERED_SHARE
    return CustomerFacts(
        code=f"C{number + 1:04}",
        name=name,
        former_names=former,
        volume_axis=VolumeAxis.SCATTERED if scattered else VolumeAxis.GENERAL,
        department=chance.choice(("", "销售部", "物流部")),
    )


def _contract(number: int, customer: int, year: int, chance: random.Random) -> ContractFacts:
    signed_on = _day(date(year - 1, 1, 1), date(year, 10, 31), chance)
    lot, done_on = chance.random(), _day(max(signed_on, date(year, 1, 1)), date(year, 12, 31), chance)
    running = ContractState.RUNNING if lot > 0.60 else ContractState.DISPUTED
    state = running if lot > 0.56 else ContractState.PERFORMED
    return ContractFacts(
        number=f"HT-{signed_on.year}-{number + 1:05}",
        title=f"{chance.choice(_GOODS)}采购合同",
        customer_id=customer,
        signed_on=signed_on,
        state=state,
        # Some are called done and nobody has said when.
        performed_on=done_on if lot <= 0.54 else None,
        department=chance.choice(("销售部", "物流部")),
    )


def _base_papers(year: int, customers: int, chance: random.Random) -> Iterator[DrawnPaper]:
    for customer in range(customers):
        if chance.random() < 0.9:
            between = (date(year, 1, 1), date(year, 12, 31))
            yield _paper(
                customer, None, "licence", "营业执照副本", (1, 2), (date(year, 1, 1), date(year, 12, 31)), chance
            )
        if chance.random() < 0.5:
            between = (date(year - 1, 1, 1), date(year, 12, 31))
            yield _paper(customer, None, "credit_report", "资信调查报告", (3, 12), between, chance)


def _papers_of(
    number: int, facts: ContractFacts, year: int, share: float, chance: random.Random
) -> Iterator[DrawnPaper]:
    began_on = facts.signed_on or date(year, 1, 1)
    for type_code, title, mean, pages in _PAPERS:
        often = mean if type_code == "contract" and share >= 1 else mean * share
        for _ in range(int(often) + (chance.random() < often % 1)):
            between = (began_on, began_on) if type_code == "contract" else (began_on, date(year, 12, 31))
            yield _paper(facts.customer_id, number, type_code, f"{facts.title}{title}", pages, between, chance)


def _paper(
    customer: int,
    contract: int | None,
    type_code: str,
    title: str,
    pages: tuple[int, int],
    between: tuple[date, date],
    chance: random.Random,
) -> DrawnPaper:
    lot, doc_on = chance.random(), _day(*between, chance)
    mishap = Mishap.LATE if lot < 0.02 else Mishap.MISFILED if lot < 0.03 else Mishap.NONE
    return DrawnPaper(
        customer=customer,
        contract=contract,
        type_code=type_code,
        title=title,
        doc_on=None if 0.5 < lot < 0.505 else doc_on,
        year=doc_on.year,
        pages=chance.randint(*pages),
        mishap=Mishap.AFTER_CUT_OFF if lot > 0.99 else mishap,
        is_annex=type_code == "correspondence" and chance.random() < 0.1,
    )


def _day(first_on: date, last_on: date, chance: random.Random) -> date:
    return first_on + timedelta(days=chance.randint(0, max(0, (last_on - first_on).days)))
