"""合同台账: the contracts with the days that drive everything, all their papers, and what is missing of them."""

from dms.filing.ledger.completing import MissingEntry, MissingList, MissingWish, papers_missing
from dms.filing.ledger.errors import (
    STATE_NAMES,
    ContractAlreadyKnown,
    ContractAmbiguous,
    ContractFactInvalid,
    ContractNotFound,
    LedgerMovedOn,
    RowsRefused,
    SheetHeadUnfit,
    StateChangeRefused,
)
from dms.filing.ledger.exporting import export_ledger, export_missing, told_reason
from dms.filing.ledger.facts import FIELD_NAMES, FactProblem, LedgerField, RowProblem
from dms.filing.ledger.importing import (
    FactChange,
    ImportPlan,
    PlannedRow,
    RowFate,
    import_contracts,
    preview_import,
)
from dms.filing.ledger.listing import Ledger, LedgerEntry, LedgerWish, contract_ledger
from dms.filing.ledger.showing import ContractFile, contract_file, contract_id_of
from dms.filing.ledger.stating import (
    StateChange,
    change_contract,
    change_contract_state,
    parties_in,
    register_contract,
    told_parties,
)

__all__ = [
    "FIELD_NAMES",
    "STATE_NAMES",
    "ContractAlreadyKnown",
    "ContractAmbiguous",
    "ContractFactInvalid",
    "ContractFile",
    "ContractNotFound",
    "FactChange",
    "FactProblem",
    "ImportPlan",
    "Ledger",
    "LedgerEntry",
    "LedgerField",
    "LedgerMovedOn",
    "LedgerWish",
    "MissingEntry",
    "MissingList",
    "MissingWish",
    "PlannedRow",
    "RowFate",
    "RowProblem",
    "RowsRefused",
    "SheetHeadUnfit",
    "StateChange",
    "StateChangeRefused",
    "change_contract",
    "change_contract_state",
    "contract_file",
    "contract_id_of",
    "contract_ledger",
    "export_ledger",
    "export_missing",
    "import_contracts",
    "papers_missing",
    "parties_in",
    "preview_import",
    "register_contract",
    "told_parties",
    "told_reason",
]
