"""What the yearly binding does, and what it promises of the numbers that it gave."""

from dataclasses import replace

from crash.papers import named, statement
from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.reference_code import CodeKind
from dms.domain.volume import VolumeState
from dms.filing import confirm
from dms.filing.arranging import check_numbering
from dms.filing.binding import binding_under_way, carry_on, plan_binding, resume_binding, start_binding
from dms.store import VolumeFilter

YEAR = 2024


def file_as(archive: Archive, name: str, type_code: str, title: str) -> str:
    """The id of the paper, filed as a paper of this type that belongs to no contract."""
    stated = replace(statement("C0001", title), type_code=type_code, contract_no="")
    return confirm(OPERATOR, named(archive, name).id, stated, archive=archive).id


def bind_year(archive: Archive) -> str:
    """The codes of the year's volumes, all of which are bound then; a run that broke off is gone on with."""
    run = binding_under_way(OPERATOR, archive=archive)
    if run is None and plan_binding(OPERATOR, YEAR, archive=archive).volumes:
        run = start_binding(OPERATOR, YEAR, archive=archive)
    if run is not None:
        resume_binding(OPERATOR, run.id, archive=archive)
        carry_on(OPERATOR, run.id, archive=archive)
    return " ".join(_codes(archive))


def are_bound(archive: Archive, codes: str) -> None:
    """Volumes and papers bear the numbers that were acknowledged, and nothing else bears or wastes one."""
    assert _codes(archive) == codes.split(), f"{codes} were bound, there are {_codes(archive)}"
    with archive.looking() as view:
        for code in codes.split():
            volume = view.volumes.with_code(code, actor=OPERATOR)
            assert volume is not None
            assert volume.state is VolumeState.CATALOGUED, f"{code} is {volume.state.value}"
            papers = view.volumes.items_of(volume.id)
            assert [paper.reference_code for paper in papers] == [f"{code}-001"], f"{code} holds {papers}"
    assert plan_binding(OPERATOR, YEAR, archive=archive).volumes == (), "something was left to bind"


def gives_at_most(archive: Archive, numbers: int) -> None:
    """No number was given twice, left out, or given to what does not bear it."""
    agreement = check_numbering(archive)
    assert agreement.agrees, f"numbers and their bearers differ: {agreement.disagreements}"
    assert agreement.gaps == 0, "numbers were left out"
    with archive.looking() as view:
        given = view.numbers.count(CodeKind.VOLUME) + view.numbers.count(CodeKind.ITEM)
    assert given <= numbers, f"{given} numbers were given"


def _codes(archive: Archive) -> list[str]:
    with archive.looking() as view:
        volumes = view.volumes.page(VolumeFilter(), actor=OPERATOR, limit=1000)
    return [volume.reference_code for volume in volumes if volume.reference_code is not None]
