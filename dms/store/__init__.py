"""What is remembered: the encrypted catalogue, its transactions, its journal and its queue. SQLAlchemy only here."""

from dms.index import Sight
from dms.store.contents import SealedRow
from dms.store.contract_lists import ContractFilter, ContractOrder, HeldPaper, LedgerRow, LedgerTotals
from dms.store.departments import Belonging
from dms.store.due_dates import DueFilter, DuePaper
from dms.store.due_facts import DueRow, DueValues, StaleMark
from dms.store.duties import Expiring, ExpiringPaper, MissingBatch, MissingOwed
from dms.store.errors import (
    CatalogueBusy,
    CatalogueDiskFull,
    CatalogueNewer,
    CatalogueUnreadable,
    IndexUnreadable,
    NumberSpent,
)
from dms.store.exchanging import WholeItems
from dms.store.exchanging_volumes import WholeVolumes
from dms.store.figures import TasksWaiting
from dms.store.finding import Facet, Found, FoundItem, FoundOrder, Inquiry
from dms.store.fulltext import IndexedText
from dms.store.handed_in_reports import ReportToHandIn
from dms.store.holds import HoldFilter
from dms.store.index_sources import IndexSource
from dms.store.index_upkeep import SEGMENT_DOCUMENTS, SEGMENT_UNITS, IndexState, NewSegment
from dms.store.items import ItemFilter, ItemOrder
from dms.store.laying import LaidPaper, LaidVolume
from dms.store.names import ContractNames, CustomerNames, NamesStated
from dms.store.number_register import NumberDisagreements
from dms.store.numbers import CodeFields
from dms.store.placing import FiledPaper
from dms.store.reminders import NoticeWish
from dms.store.reviews import ReviewFilter, ReviewStanding, ReviewToCome
from dms.store.saved_searches import KeptSearch
from dms.store.segment_files import GARBAGE_AFTER_SECONDS
from dms.store.statistics import Counted, CountedContract, CountedCustomer, Holding, UseFigures
from dms.store.surveys import SurveyedItem, WrappingEpochInUse
from dms.store.titles import TitleFilter, TitleOrder
from dms.store.transfers import TransferTotals
from dms.store.unit_of_work import CatalogueKeys, FrozenCatalogue, Store, UnitOfWork
from dms.store.use_requests import RequestFilter
from dms.store.volumes import NewVolume, NumberedVolume, VolumeFilter, VolumeTotals

__all__ = [
    "GARBAGE_AFTER_SECONDS",
    "SEGMENT_DOCUMENTS",
    "SEGMENT_UNITS",
    "Belonging",
    "CatalogueBusy",
    "CatalogueDiskFull",
    "CatalogueKeys",
    "CatalogueNewer",
    "CatalogueUnreadable",
    "CodeFields",
    "ContractFilter",
    "ContractNames",
    "ContractOrder",
    "Counted",
    "CountedContract",
    "CountedCustomer",
    "CustomerNames",
    "DueFilter",
    "DuePaper",
    "DueRow",
    "DueValues",
    "Expiring",
    "ExpiringPaper",
    "Facet",
    "FiledPaper",
    "Found",
    "FoundItem",
    "FoundOrder",
    "FrozenCatalogue",
    "HeldPaper",
    "HoldFilter",
    "Holding",
    "IndexSource",
    "IndexState",
    "IndexUnreadable",
    "IndexedText",
    "Inquiry",
    "ItemFilter",
    "ItemOrder",
    "KeptSearch",
    "LaidPaper",
    "LaidVolume",
    "LedgerRow",
    "LedgerTotals",
    "MissingBatch",
    "MissingOwed",
    "NamesStated",
    "NewSegment",
    "NewVolume",
    "NoticeWish",
    "NumberDisagreements",
    "NumberSpent",
    "NumberedVolume",
    "ReportToHandIn",
    "RequestFilter",
    "ReviewFilter",
    "ReviewStanding",
    "ReviewToCome",
    "SealedRow",
    "Sight",
    "StaleMark",
    "Store",
    "SurveyedItem",
    "TasksWaiting",
    "TitleFilter",
    "TitleOrder",
    "TransferTotals",
    "UnitOfWork",
    "UseFigures",
    "VolumeFilter",
    "VolumeTotals",
    "WholeItems",
    "WholeVolumes",
    "WrappingEpochInUse",
]
