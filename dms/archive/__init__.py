"""What every use case is given: transactions, the vault, the clock."""

from dms.archive.archive import Archive, Content
from dms.archive.errors import ObjectDamaged

__all__ = ["Archive", "Content", "ObjectDamaged"]
