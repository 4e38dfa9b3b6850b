"""Business papers out of a seed: customers, contracts and papers in the order in which they arrived.

Invariants: the paper of a number is the same in every run and can be made alone; nothing is held for all papers but
a few numbers for each contract; the text is what OCR leaves: broken lines, sentences that run over page ends, spaces
between the characters of some headings, digits in full width and traditional characters on some papers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dms.cli.measuring_search import clauses
from dms.cli.measuring_search.vocabulary import Vocabulary, company_names, contract_number, person_names, zipf_table
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DocumentType

PAGES_AN_ITEM = 5
MOST_PAGES = 20
FIRST_YEAR, LAST_YEAR = 2010, 2026
MOST_CUSTOMERS = 2400
ITEMS_A_CONTRACT = 8
PAGE_CHARACTERS = (300, 1100)
LINE_CHARACTERS = (26, 46)
CLAUSE_BITS = 12
OUR_COMPANY = "安徽皖江重工机械有限公司"

TRADITIONAL = dict(
    zip(
        "为义书买产亿从价会传伟体余备条来权业标检欠款单双发变号后员响图场质货购费资赔销铁铜锅长门间险验东丰严临丽举乌乐习",
        "為義書買產億從價會傳偉體餘備條來權業標檢欠款單雙發變號後員響圖場質貨購費資賠銷鐵銅鍋長門間險驗東豐嚴臨麗舉烏樂習",
        strict=True,
    )
)
"""Characters as some papers print them; every one has this simplified form alone."""
_TO_TRADITIONAL = str.maketrans(TRADITIONAL)
_TO_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)})


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFile:
    """A customer of the corpus; `number` counts from 0."""

    number: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEntry:
    """A contract of the corpus; `number` counts from 0."""

    number: int
    customer: int
    written_no: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper with what is stated about it; `customer` and `contract` are numbers, None where nothing is stated."""

    number: int
    customer: int | None
    contract: int | None
    kind: DocumentType
    year: int
    doc_on: date
    amount: Decimal | None
    grade: int
    filed: bool
    title: str
    original_filename: str
    pages: tuple[str, ...]


_GROUPS: dict[str, tuple[str, ...]] = {
    "contract": (clauses.SELLING, clauses.BINDING),
    "amendment": (clauses.BINDING, clauses.SELLING),
    "termination": (clauses.BINDING, clauses.DEALING),
    "feasibility_study": (clauses.WORKING, clauses.PROVING),
    "acceptance_record": (clauses.WORKING, clauses.SELLING),
    "delivery_voucher": (clauses.SELLING,),
    "correspondence": (clauses.DEALING,),
    "negotiation_record": (clauses.DEALING, clauses.SELLING),
}
_OTHERS = (clauses.PROVING, clauses.DEALING)
_SLOT_PREFIX = "{"


@dataclass(frozen=True, slots=True)
class _Clause:
    written: str
    """With ``%s`` where something is filled in."""
    fillers: tuple[Callable[[], str], ...]

    def told(self) -> str:
        return self.written % tuple([fill() for fill in self.fillers])


class Corpus:
    """So many pages of papers out of one seed."""

    def __init__(self, seed: int, pages_total: int) -> None:
        self.seed, self.pages_total = seed, pages_total
        self.items_expected = max(1, pages_total // PAGES_AN_ITEM)
        self._chance = Random(seed)  # noqa: S311 -- papers that are invented keep no secret
        self.vocabulary = Vocabulary(self._chance)
        self.customers = self._customers()
        self.contracts = self._contracts()
        self._clauses = {kind.code: self._clauses_of(kind.code) for kind in DEFAULT_DOCUMENT_TYPES}
        self._kinds = [DEFAULT_DOCUMENT_TYPES[index] for index in zipf_table(len(DEFAULT_DOCUMENT_TYPES), bits=8)]
        self._persons = person_names(200)

    def papers(self) -> Iterator[Paper]:
        """The papers in the order of their arrival, exactly `pages_total` pages; never more than one in memory."""
        number, left = 0, self.pages_total
        while left:
            paper = self.paper(number, most_pages=left)
            yield paper
            number, left = number + 1, left - len(paper.pages)

    def paper(self, number: int, *, most_pages: int = MOST_PAGES) -> Paper:
        """The paper of this number; the last one of the corpus may be cut to `most_pages`."""
        self._chance.seed(self.seed << 40 | number)
        chance = self._chance
        kind, contract = self._kinds[chance.getrandbits(8)], self._contract_of(number)
        customer = contract.customer if contract else self._customer_alone()
        doc_on = self._day_of(number)
        title = self._title(kind, contract)
        return Paper(
            number=number,
            customer=customer,
            contract=contract.number if contract else None,
            kind=kind,
            year=doc_on.year,
            doc_on=doc_on,
            amount=Decimal(1 + chance.getrandbits(20)) if chance.random() < 0.6 else None,
            grade=(3, 3, 3, 3, 3, 3, 2, 1)[chance.getrandbits(3)],
            filed=chance.random() < 0.7,
            title=title,
            original_filename=f"扫描{number:07d}.pdf",
            pages=self._pages(kind, title, contract)[:most_pages],
        )

    def _customers(self) -> list[CustomerFile]:
        count = min(MOST_CUSTOMERS, max(4, self.items_expected // 4))
        names = company_names(count)
        return [CustomerFile(number=i, code=f"K{i:04d}", name=name) for i, name in enumerate(names)]

    def _contracts(self) -> list[ContractEntry]:
        chance = self._chance
        customers = zipf_table(len(self.customers))
        goods = self.vocabulary.slots["goods"]
        kinds = ("买卖合同", "加工承揽合同", "运输合同", "租赁合同", "技术服务合同", "工程施工合同")
        return [
            ContractEntry(
                number=number,
                customer=customers[chance.randrange(len(customers))],
                written_no=f"{contract_number(chance)}/{number}",
                title=f"{goods()}{chance.choice(kinds)}",
            )
            for number in range(max(2, self.items_expected // ITEMS_A_CONTRACT))
        ]

    def _clauses_of(self, type_code: str) -> list[_Clause]:
        """A table in which every clause stands as often as it is used; what is common to all papers comes first."""
        groups = (clauses.EVERYWHERE, *_GROUPS.get(type_code, _OTHERS))
        written = [clause for group in groups for clause in clauses.clauses(group)]
        compiled = [self._compiled(clause) for clause in written]
        return [compiled[index] for index in zipf_table(len(compiled), bits=CLAUSE_BITS, flatness=12.0)]

    def _compiled(self, clause: str) -> _Clause:
        pieces = clause.replace("%", "%%").split(_SLOT_PREFIX)
        names = [piece.partition("}")[0] for piece in pieces[1:]]
        rests = [piece.partition("}")[2] for piece in pieces[1:]]
        fillers = tuple(self.vocabulary.slots[name] for name in names)
        return _Clause("%s".join([pieces[0], *rests]), fillers)

    def _contract_of(self, number: int) -> ContractEntry | None:
        """Near the place of the paper in time, so that the papers of a contract come within a few months."""
        if self._chance.random() < 0.15:
            return None
        around = number * len(self.contracts) // self.items_expected
        return self.contracts[(around + int(self._chance.gauss(0, 20))) % len(self.contracts)]

    def _customer_alone(self) -> int | None:
        chance = self._chance
        return min(chance.randrange(len(self.customers)), chance.randrange(len(self.customers))) or None

    def _day_of(self, number: int) -> date:
        years = LAST_YEAR - FIRST_YEAR + 1
        days = number * years * 365 // self.items_expected
        return date(FIRST_YEAR, 1, 1) + timedelta(days=max(0, min(days, years * 365) - self._chance.getrandbits(6)))

    def _title(self, kind: DocumentType, contract: ContractEntry | None) -> str:
        about = contract.title if contract else self.vocabulary.slots["goods"]()
        return f"{about}{kind.zh}" if self._chance.getrandbits(2) else ""

    def _pages(self, kind: DocumentType, title: str, contract: ContractEntry | None) -> tuple[str, ...]:
        chance = self._chance
        count = min(MOST_PAGES, 1 + int(chance.expovariate(1 / (PAGES_AN_ITEM - 0.5))))
        lengths = [chance.randint(*PAGE_CHARACTERS) for _ in range(count)]
        text = self._dressed(self._text(kind, title, contract, sum(lengths)))
        return tuple(self._cut(text, lengths))

    def _text(self, kind: DocumentType, title: str, contract: ContractEntry | None, length: int) -> str:
        chance, table = self._chance, self._clauses[kind.code]
        bits, rare = chance.getrandbits, self.vocabulary.rare
        pieces, written = [self._head(kind, title, contract)], 0
        section = 1
        while written < length:
            clause = table[bits(CLAUSE_BITS)].told()
            chosen = bits(4)
            if chosen < 3:
                clause = f"{section}.{1 + chosen} {clause}"
            elif chosen == 3:
                section += 1
                clause = f"备注{rare()}。{clause}"
            pieces.append(clause)
            written += len(clause)
        return "".join(pieces)

    def _head(self, kind: DocumentType, title: str, contract: ContractEntry | None) -> str:
        heading = " ".join(title or kind.zh) if self._chance.getrandbits(1) else title or kind.zh
        if contract is None:
            return f"{heading}\n经办人：{self._chance.choice(self._persons)}\n"
        customer = self.customers[contract.customer].name
        return f"{heading}\n合同编号：{contract.written_no}\n甲方：{OUR_COMPANY}\n乙方：{customer}\n"

    def _dressed(self, text: str) -> str:
        form = self._chance.getrandbits(5)
        if form == 0:
            return text.translate(_TO_TRADITIONAL)
        return text.translate(_TO_FULL_WIDTH) if form == 1 else text

    def _cut(self, text: str, lengths: list[int]) -> Iterator[str]:
        start, width = 0, self._chance.randint(*LINE_CHARACTERS)
        for length in lengths:
            end = start + length
            yield "\n".join([text[line : min(line + width, end)] for line in range(start, end, width)])
            start = end
