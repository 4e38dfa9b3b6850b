"""What is remembered: the encrypted catalogue, its transactions, its journal and its queue. SQLAlchemy only here."""

from dms.store.errors import CatalogueBusy, CatalogueDiskFull, CatalogueNewer, CatalogueUnreadable
from dms.store.items import ItemFilter, ItemOrder
from dms.store.unit_of_work import Store, UnitOfWork

__all__ = [
    "CatalogueBusy",
    "CatalogueDiskFull",
    "CatalogueNewer",
    "CatalogueUnreadable",
    "ItemFilter",
    "ItemOrder",
    "Store",
    "UnitOfWork",
]
