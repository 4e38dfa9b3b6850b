"""The list of a leaver on paper and as a spreadsheet, for those who may read it; every copy taken is journaled."""

from dms.archive import Archive
from dms.custody.leaving.handing_over import show_hand_over
from dms.domain.actor import Actor
from dms.domain.printed import PrintAs
from dms.store import UnitOfWork


def leaver_list(actor: Actor, hand_over_id: int, form: PrintAs, *, archive: Archive) -> bytes:
    """The list of one hand-over, with the signatures given so far; raises `HandOverNotFound`, and as printing does."""
    # Loaded when something is printed: few commands need it.
    from dms.custody.leaving.form_facts import form_facts
    from dms.printing import Letterhead, leaver_list_pdf, leaver_list_xlsx

    shown = show_hand_over(actor, hand_over_id, archive=archive)
    with archive.begin() as work:
        own_names = work.scheme.own_names()
        letterhead = Letterhead(
            company=own_names[0] if own_names else "",
            fonds_code=work.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )
        names = {each.name: _called(each.name, work=work) for each in shown.hand_over.signatures}
        archive.record(work, actor, "custody_list_taken", str(hand_over_id), form=form)
    facts = form_facts(shown, letterhead, names)
    return leaver_list_pdf(facts) if form is PrintAs.PDF else leaver_list_xlsx(facts)


def _called(name: str, *, work: UnitOfWork) -> str:
    user = work.users.with_name(name)
    return user.display_name if user else name
