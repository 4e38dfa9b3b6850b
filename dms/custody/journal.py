"""Reading the journal (操作日志): who did what, when; reading it is itself an act that it keeps."""

from dataclasses import dataclass
from itertools import islice

from dms.archive import Archive, entries_for
from dms.domain.actor import Actor, Permission
from dms.domain.journal import JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """One page of the journal, the newest entry first, and how many entries there are in all."""

    total: int
    entries: tuple[JournalEntry, ...]


def journal_page(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0) -> JournalPage:
    """The entries after the `offset` newest ones, identity numbers masked for those who may not see them.

    The reading is journaled, once for a run of pages.
    """
    actor.require(Permission.READ_JOURNAL)
    with archive.begin() as work:
        if offset == 0:
            archive.record(work, actor, "journal_read", "journal")
        newest = work.journal.entries(newest_first=offset + limit)
        return JournalPage(total=work.journal.count(), entries=entries_for(actor, islice(newest, offset, None)))
