"""The archive as a use case sees it: transactions over the catalogue, sealed objects in the vault, and the time.

Invariant: whoever adds an object to the vault follows the order object, then transaction, then acknowledgement; an
object whose transaction never came is garbage that the catalogue does not know, never the other way round.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dms.archive.errors import NotSealed, ObjectDamaged
from dms.archive.keys import LiveKeyring
from dms.archive.presence import Presence
from dms.archive.recovery import NOTHING_TO_RECOVER, Recovery
from dms.domain.actor import Actor
from dms.domain.clock import Clock
from dms.domain.item import Item, Rendition, RenditionRole
from dms.store import Store, UnitOfWork
from vault import Keyring, Vault, VaultError
from vault.errors import WrappingKeyUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes to be sealed as one rendition of an item."""

    role: RenditionRole
    page: int | None
    plaintext: bytes
    media_type: str
    recipe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One open archive; safe to share between threads."""

    home: Path
    store: Store
    vault: Vault
    keys: LiveKeyring
    clock: Clock
    index_item: Callable[[UnitOfWork, int], None]
    """Writes the full-text index row of the item with this key, in the transaction that changes its text or facts."""
    presence: Presence | None = None
    """Tells other processes that this one has the archive open; None for an archive that only this process knows."""
    recovery: Recovery = NOTHING_TO_RECOVER
    """What was set right when the archive was opened."""

    @property
    def keyring(self) -> Keyring:
        """The present keyring; `ArchiveSealed` where it cannot be opened any more."""
        return self.keys.present()

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """A transaction that writes."""
        with self.store.begin() as work:
            yield work

    @contextmanager
    def looking(self) -> Iterator[UnitOfWork]:
        """A transaction that only reads."""
        with self.store.looking() as view:
            yield view

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self.clock.now()

    def record(self, work: UnitOfWork, actor: Actor, action: str, subject: str, **details: str | int | None) -> None:
        """Add a journal entry to the transaction of the act (I6)."""
        work.journal.record(actor, action, subject, at=self.now(), details=details)

    def seal(self, item_id: str, key: bytes, content: Content) -> Rendition:
        """Seal one rendition durably in the vault; the caller then adds it to the catalogue in a transaction.

        Raises `NotSealed`.
        """
        owner = owner_of(item_id, content.role, content.page)
        try:
            receipt = self.vault.seal(content.plaintext, key=key, owner=owner)
        except VaultError as error:
            raise NotSealed(error.code) from error
        return Rendition(
            role=content.role,
            page=content.page,
            object_id=receipt.object_id,
            media_type=content.media_type,
            size_bytes=receipt.size_bytes,
            digest=receipt.digest,
            recipe=content.recipe,
            created_at=self.now(),
        )

    def unseal(self, item: Item, rendition: Rendition) -> bytes:
        """The bytes of a rendition; raises `ObjectDamaged` when the vault cannot give exactly what was sealed."""
        try:
            with self.vault.open(
                rendition.object_id, key=self.item_key(item), owner=owner_of(item.id, rendition.role, rendition.page)
            ) as reader:
                return reader.read_all()
        except VaultError as error:
            raise ObjectDamaged(item.id, error.code) from error

    def discard(self, rendition: Rendition) -> None:
        """Take back an object that no transaction knows; one that cannot be taken back is garbage, not a loss."""
        with suppress(VaultError):
            self.vault.remove(rendition.object_id)

    def item_key(self, item: Item) -> bytes:
        """The key under which every rendition of the item is sealed."""
        return self.unwrapped_key(item.id, item.key, item.wrapped_key)

    def unwrapped_key(self, item_id: str, item_key: int, wrapped_key: bytes) -> bytes:
        """The key inside; where its epoch was retired since it was looked up, the one that is wrapped anew."""
        try:
            return self.keyring.unwrap_item_key(wrapped_key, item_id=item_id)
        except WrappingKeyUnknown:
            with self.looking() as view:
                present = view.items.get(item_key).wrapped_key
            if present == wrapped_key:
                raise
            return self.keyring.unwrap_item_key(present, item_id=item_id)

    def close(self) -> None:
        """Give back the connections; the archive cannot be used afterwards."""
        self.store.close()
        if self.presence is not None:
            self.presence.end()


def owner_of(item_id: str, role: RenditionRole, page: int | None) -> bytes:
    """What an object is bound to: served under any other item, role or page it does not open."""
    return f"item/{item_id}/{role.value}/{page or 0}".encode()
