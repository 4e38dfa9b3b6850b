"""The list of one hand-over, and the accession register."""

from datetime import date

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.transfer import SignatureRole, TransferBatch, TransferLine
from dms.errors import Bilingual
from dms.filing.printing_out.errors import PrintWishIncomplete
from dms.filing.printing_out.volumes_wished import EVERY
from dms.filing.printing_out.wish import FORM_NAMES, PrintWish
from dms.filing.printing_out.words import COPY_WORDS, MEDIUM_WORDS, SIGNER_WORDS, letterhead, signed
from dms.filing.transferring import Accession, accession_register, show_transfer, transfer_id_of
from dms.printing import AccessionLine, AccessionRegister, HandedLine, Signed, TransferList


def transfer_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> TransferList:
    """The list of one batch with what was signed; raises `PrintWishIncomplete` or `TransferNotFound`."""
    if not wish.batch:
        raise PrintWishIncomplete(FORM_NAMES[wish.form], Bilingual("移交批次号", "the number of a batch"))
    shown = show_transfer(actor, transfer_id_of(actor, wish.batch, archive=archive), archive=archive)
    batch = shown.batch
    with archive.looking() as view:
        head = letterhead(actor, archive=archive, work=view, department=batch.from_department)
        codes = {
            item.key: item.placement.reference_code or ""
            for item in view.items.with_keys(shown.item_ids, actor=actor)
            if item.placement
        }
    return TransferList(
        letterhead=head,
        number=batch.number,
        year=batch.year,
        from_department=batch.from_department,
        handed_over_on=_signed_on(batch, SignatureRole.A),
        due_on=batch.due_on,
        extension=f"延期至 {batch.extended_to_on}：{batch.extension_reason}" if batch.extended_to_on else "",
        lines=tuple(_line(line, codes.get(line.item_key or 0, "")) for line in shown.lines),
        signatures=tuple(_signature(batch, role) for role in SignatureRole),
        digest=batch.list_digest,
        remark=batch.remark,
    )


def register_of_accessions(actor: Actor, wish: PrintWish, *, archive: Archive) -> AccessionRegister:
    """The accession register, or that of the year wished for, the earliest entry first."""
    found = accession_register(actor, archive=archive, year=wish.year, limit=EVERY)
    with archive.looking() as view:
        head = letterhead(actor, archive=archive, work=view)
    return AccessionRegister(
        letterhead=head,
        lines=tuple(map(_entry, reversed(found.entries))),
        subject=f"{wish.year}年度" if wish.year else "",
    )


def _line(line: TransferLine, reference_code: str) -> HandedLine:
    return HandedLine(
        reference_code=reference_code,
        title=line.title,
        contract_no=line.contract_no,
        pages=line.pages,
        sheets=line.sheets,
        copy_kind=COPY_WORDS[line.copy_kind],
        medium=MEDIUM_WORDS[line.medium],
        ticked=line.ticked,
        difference=line.difference,
    )


def _signature(batch: TransferBatch, role: SignatureRole) -> Signed:
    given = next((each for each in reversed(batch.signatures) if each.role is role), None)
    return signed(SIGNER_WORDS[role], given.name if given else "", given.signed_at if given else None)


def _signed_on(batch: TransferBatch, role: SignatureRole) -> date | None:
    return _signature(batch, role).signed_on


def _entry(accession: Accession) -> AccessionLine:
    batch, totals = accession.batch, accession.totals
    archivist = _signature(batch, SignatureRole.ARCHIVIST)
    return AccessionLine(
        number=accession.code,
        received_on=archivist.signed_on,
        batch=batch.number,
        from_department=batch.from_department,
        from_person=batch.from_person,
        received_by=archivist.name,
        year=batch.year,
        items=totals.papers,
        pages=totals.pages,
        sheets=totals.sheets,
        differences=totals.missing,
        remark=batch.remark,
    )
