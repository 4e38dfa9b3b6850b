"""Why the ledger cannot say what it was asked to say."""

from collections.abc import Sequence
from typing import ClassVar

from dms.domain.contract import ContractState
from dms.errors import Bilingual, DmsError, Kind
from dms.filing.ledger.facts import FactProblem, RowProblem

STATE_NAMES: dict[ContractState, Bilingual] = {
    ContractState.NEGOTIATING: Bilingual("谈判", "negotiating"),
    ContractState.RUNNING: Bilingual("履行中", "running"),
    ContractState.PERFORMED: Bilingual("履行完毕", "performed"),
    ContractState.TERMINATED: Bilingual("终止", "terminated"),
    ContractState.DISPUTED: Bilingual("争议", "disputed"),
}
"""What the states are called wherever the ledger is written down."""

_TOLD = 3
"""Problems that a refusal names before it only counts."""


class ContractNotFound(DmsError):
    """No such contract, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "contract_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, named: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"合同台账中没有“{named}”，或您无权查看。",
                en=f"The ledger has no contract “{named}”, or you may not see it.",
            ),
            Bilingual(
                zh="请在合同台账中核对编号和客户。",
                en="Check the number and the customer in the contract ledger.",
            ),
        )


class ContractAmbiguous(DmsError):
    """Several customers have a contract of this number."""

    code: ClassVar[str] = "contract_ambiguous"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, number: str, customer_codes: Sequence[str]) -> None:
        among = "、".join(customer_codes)
        super().__init__(
            Bilingual(
                zh=f"编号“{number}”的合同不止一份，客户分别为：{among}。",
                en=f"More than one contract bears the number “{number}”; their customers: {', '.join(customer_codes)}.",
            ),
            Bilingual(zh="请同时指明客户代码。", en="Name the customer as well."),
        )


class ContractAlreadyKnown(DmsError):
    """A customer has one contract of a number."""

    code: ClassVar[str] = "contract_already_known"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"该客户编号“{number}”的合同已在台账中。",
                en=f"The ledger has a contract “{number}” of this customer already.",
            ),
            Bilingual(
                zh="请修改已有的合同；看不到的，请联系档案员。",
                en="Change the one that exists; where you cannot see it, ask the archivist.",
            ),
        )


class ContractHasPapers(DmsError):
    """A contract to which papers belong stays in the ledger."""

    code: ClassVar[str] = "contract_has_papers"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"合同“{number}”名下有资料，不能撤销登记。",
                en=f"Papers belong to the contract “{number}”, so it stays in the ledger.",
            ),
            Bilingual(
                zh="请先更正这些资料的合同编号；合同已经终止的，请变更状态。",
                en="Correct the number on these papers first; where the contract has ended, change its state.",
            ),
        )


class ContractFactInvalid(DmsError):
    """A stated fact about a contract cannot be right; `problems` names each with its field."""

    code: ClassVar[str] = "contract_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, problems: Sequence[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            Bilingual(
                zh="".join(problem.what.zh for problem in problems),
                en=" ".join(problem.what.en for problem in problems),
            ),
            Bilingual(
                zh="请对照合同原件改正后再保存，台账没有改动。",
                en="Compare with the contract and correct it; the ledger is as it was.",
            ),
        )


class StateChangeRefused(DmsError):
    """A contract in this state cannot become that."""

    code: ClassVar[str] = "contract_state_change_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, present: ContractState, wanted: ContractState) -> None:
        was, becomes = STATE_NAMES[present], STATE_NAMES[wanted]
        super().__init__(
            Bilingual(
                zh=f"合同现为“{was.zh}”，不能改为“{becomes.zh}”。",
                en=f"The contract is {was.en} and cannot become {becomes.en}.",
            ),
            Bilingual(
                zh="请刷新页面，从列出的状态中选择。",
                en="Load the page again and choose one of the states that it offers.",
            ),
        )


class SheetHeadUnfit(DmsError):
    """The table does not have the columns that a ledger needs, or has one of them twice."""

    code: ClassVar[str] = "ledger_head_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, missing: Sequence[Bilingual], double: Sequence[Bilingual] = ()) -> None:
        lacks, twice = _named(missing), _named(double)
        super().__init__(
            Bilingual(
                zh=f"表中{f'没有“{lacks.zh}”列' if missing else f'“{twice.zh}”列出现了两次'}，看不出这是合同台账。",
                en=f"The sheet {f'lacks the columns {lacks.en}' if missing else f'has {twice.en} twice'} "
                "and cannot be read as a contract ledger.",
            ),
            Bilingual(
                zh="请先导出一份台账作模板，表头放在前 20 行之内，每列只出现一次。",
                en="Export the ledger as a pattern; its head stands within the first 20 rows, each column once.",
            ),
        )


class RowsRefused(DmsError):
    """Some rows cannot be right, so nothing of the sheet was taken over; `problems` names each row and column."""

    code: ClassVar[str] = "ledger_rows_refused"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[:_TOLD]
        rest = len(problems) - len(first)
        told = Bilingual(
            zh="；".join(f"第 {each.row} 行 {each.column} 列：{each.what.zh.rstrip('。')}" for each in first),
            en="; ".join(f"row {each.row}, column {each.column}: {each.what.en.rstrip('.')}" for each in first),
        )
        more = Bilingual(zh=f"；另有 {rest} 处", en=f"; and {rest} more") if rest else Bilingual("", "")
        super().__init__(
            Bilingual(
                zh=f"有 {len(problems)} 处不对，没有导入任何一行。{told.zh}{more.zh}。",
                en=f"{len(problems)} cells cannot be right, so no row was imported: {told.en}{more.en}.",
            ),
            Bilingual(
                zh="请在表格中改正这些单元格，再重新导入整张表。",
                en="Correct these cells in the sheet and import the whole sheet again.",
            ),
        )


class LedgerMovedOn(DmsError):
    """Somebody changed the ledger between the preview and the import, so another outcome would have been taken over."""

    code: ClassVar[str] = "ledger_moved_on"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="预览之后台账有了变化，导入的结果会与预览不同，没有导入任何一行。",
                en="The ledger has changed since the preview, so no row was imported.",
            ),
            Bilingual(zh="请重新预览后再导入。", en="Look at the preview again, then import."),
        )


def _named(columns: Sequence[Bilingual]) -> Bilingual:
    return Bilingual("、".join(each.zh for each in columns), ", ".join(each.en for each in columns))
