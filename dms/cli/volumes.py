"""``dms volume show | check | seal | shelve | note …``: the life of a bound volume at the command line."""

import json
from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.cli.errors import UserUnknown
from dms.cli.registers import volume_group
from dms.cli.session import Session, answer, with_session
from dms.cli.verifying_errors import DamageFound
from dms.custody import acting_user
from dms.domain.actor import Actor, Origin
from dms.domain.one_line import one_line
from dms.domain.volume import NoteKind
from dms.filing.sealing import (
    STATE_NAMES,
    Comparison,
    ContentsLine,
    VolumeFile,
    VolumeNotFound,
    catalogue_again,
    check_volume,
    hand_to_check,
    note_on_volume,
    seal_public_key,
    seal_statement,
    seal_volume,
    send_back,
    shelve,
    take_over_sheet,
    verify_volume,
    volume_file,
    volume_with_code,
)

VOLUME = click.argument("volume")


@volume_group.command("show")
@VOLUME
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_volume(session: Session, *, volume: str, as_json: bool) -> None:
    """Show a volume, by reference code or id: its contents list, its notes, its seals."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = volume_file(actor, _id_of(actor, volume, archive), archive=archive)
    if as_json:
        answer(_volume_json(shown))
        return
    _print_volume(session, shown)


@volume_group.command("hand-over")
@VOLUME
@with_session
def hand_volume_over(session: Session, *, volume: str) -> None:
    """Hand a catalogued volume to the person who checks it 提交检查."""
    with session.archive() as archive:
        actor = session.actor(archive)
        made = hand_to_check(actor, _id_of(actor, volume, archive), archive=archive)
    session.say(f"{made.reference_code} 待检查", f"{made.reference_code} waits to be checked")


@volume_group.command("check")
@VOLUME
@click.option("--paper", is_flag=True, help="The papers were compared 纸质已核对.")
@click.option("--catalogue", is_flag=True, help="The contents list was compared 目录已核对.")
@click.option("--images", is_flag=True, help="The images were compared 图像已核对.")
@click.option("--remark", default="", help="For the filing note 备考.")
@click.option("--send-back", "reason", help="Send it back to be put in order, with this reason 退回清理.")
@with_session
def check_one(session: Session, *, volume: str, reason: str | None, **compared: Any) -> None:  # noqa: ANN401 -- as Comparison
    """Check a volume as the second person, or send it back."""
    with session.archive() as archive:
        actor = session.actor(archive)
        volume_id = _id_of(actor, volume, archive)
        if reason is not None:
            made = send_back(actor, volume_id, reason, archive=archive)
        else:
            made = check_volume(actor, volume_id, Comparison(**compared), archive=archive)
    state = STATE_NAMES[made.state]
    session.say(f"{made.reference_code} {state.zh}", f"{made.reference_code} is {state.en}")


@volume_group.command("catalogue")
@VOLUME
@with_session
def catalogue_one(session: Session, *, volume: str) -> None:
    """Catalogue a volume again that came back from the check 重新编目."""
    with session.archive() as archive:
        actor = session.actor(archive)
        made = catalogue_again(actor, _id_of(actor, volume, archive), archive=archive)
    session.say(f"{made.reference_code} 已编目", f"{made.reference_code} is catalogued")


@volume_group.command("seal")
@click.argument("volumes", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def seal_volumes(session: Session, *, volumes: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Seal checked volumes, which never change afterwards."""
    session.require_consent(
        f"封卷后不能再改动，确认封 {len(volumes)} 卷？",
        f"A sealed volume never changes. Seal {len(volumes)} of them?",
        given=yes,
    )
    sealed = []
    with session.archive() as archive:
        actor = session.actor(archive)
        for volume in volumes:
            seal = seal_volume(actor, _id_of(actor, volume, archive), archive=archive)
            sealed.append({"volume": volume, "root": seal.root, "version": seal.version})
            session.say(f"{volume} 已封卷", f"{volume} is sealed")
    if as_json:
        answer({"sealed": sealed})


@volume_group.command("prove")
@VOLUME
@click.option("--json", "as_json", is_flag=True)
@with_session
def prove_volume(session: Session, *, volume: str, as_json: bool) -> None:
    """Whether a volume is as it was sealed; exit code 7 where it is not."""
    with session.archive() as archive:
        actor = session.actor(archive)
        problems = verify_volume(actor, _id_of(actor, volume, archive), archive=archive)
    language = session.settings.language
    told = [problem.said.in_language(language) for problem in problems]
    if as_json:
        rows = [{"kind": each.kind.value, "version": each.version, "item_id": each.item_id} for each in problems]
        answer({"sound": not problems, "problems": rows})
    else:
        click.echo("\n".join(told) or session.text("与封印一致", "as it was sealed"))
    if problems:
        raise DamageFound(len(problems))


@volume_group.command("statement")
@VOLUME
@click.option("--version", "version", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="JSON to be written 输出文件.")
@with_session
def take_statement(session: Session, *, volume: str, version: int, output: Path) -> None:
    """Take a seal away: what it states, its signature, and the public key."""
    with session.archive() as archive:
        actor = session.actor(archive)
        seal = seal_statement(actor, _id_of(actor, volume, archive), version, archive=archive)
    content = {"algorithm": seal.algorithm, "facts": seal.facts, "root": seal.root}
    content |= {"public_key": seal.public_key.hex(), "signature": seal.signature.hex()}
    output.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    session.say(f"已写入 {output}", f"Written to {output}")


@volume_group.command("public-key")
@with_session
def show_public_key(session: Session) -> None:
    """Print the public key with which anybody can check the seals of this archive."""
    with session.archive() as archive:
        click.echo(seal_public_key(session.actor(archive), archive=archive), nl=False)


@volume_group.command("shelve")
@VOLUME
@click.argument("location")
@with_session
def shelve_one(session: Session, *, volume: str, location: str) -> None:
    """Put a sealed volume at its LOCATION, given by code or barcode."""
    with session.archive() as archive:
        actor = session.actor(archive)
        made = shelve(actor, _id_of(actor, volume, archive), location, archive=archive)
    session.say(f"{made.reference_code} 已上架 {location}", f"{made.reference_code} stands at {location}")


@volume_group.command("note")
@VOLUME
@click.argument("text")
@click.option("--kind", type=click.Choice([kind.value for kind in NoteKind]), required=True, help="种类.")
@click.option("--item", "item_id", default="", help="The paper it is about 资料编号.")
@click.option("--second", metavar="USER", help="The second person, for a sealed volume 第二人.")
@with_session
def note_one(session: Session, *, volume: str, text: str, kind: str, item_id: str, second: str | None) -> None:
    """Add a line to the filing note 备考表 of a volume."""
    with session.archive() as archive:
        actor = session.actor(archive)
        volume_id = _id_of(actor, volume, archive)
        witness = _person(second, archive) if second else None
        note_on_volume(actor, volume_id, NoteKind(kind), text, archive=archive, second=witness, item_id=item_id)
    session.say("已登记备考", "Noted")


@volume_group.command("take-over")
@click.argument("workbook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True)
@with_session
def take_over(session: Session, *, workbook: Path, as_json: bool) -> None:
    """Take volumes over from the catalogue of an older archive, an XLSX WORKBOOK, under the numbers they bear."""
    uploaded_bytes = workbook.read_bytes()
    with session.archive() as archive:
        made = take_over_sheet(session.actor(archive), uploaded_bytes, archive=archive)
    if as_json:
        answer({"volumes": made})
    session.say(f"已转入旧案卷 {len(made)} 卷", f"Took over {len(made)} volumes")


def _id_of(actor: Actor, named: str, archive: Archive) -> int:
    """The id of the volume that is named by its reference code, or by its id."""
    found = volume_with_code(actor, named, archive=archive)
    if found is None and named.isascii() and named.isdecimal():
        return int(named)
    if found is None:
        raise VolumeNotFound(named)
    return found


def _person(name: str, archive: Archive) -> Actor:
    user = acting_user(one_line(name), archive=archive)
    if user is None:
        raise UserUnknown(name)
    return user.actor(Origin.COMMAND_LINE)


def _print_volume(session: Session, shown: VolumeFile) -> None:
    volume, state = shown.volume, STATE_NAMES[shown.volume.state]
    click.echo(f"{volume.reference_code or '-'}  {volume.title or shown.series.zh}")
    counts = f"{volume.item_count} / {volume.page_count} / {volume.sheet_count}"
    click.echo(f"{session.text(state.zh, state.en)}  {counts}  {volume.retention_code or '-'}")
    for line in shown.lines:
        place = line.position if line.position is not None else "-"
        pages = f"{line.first_page or '-'}–{line.last_page or '-'}"
        click.echo(f"{place:>4}  {line.reference_code or '':40} {pages:9} {line.title} {line.told}".rstrip())
    for note in shown.notes:
        signed = "、".join(filter(None, (note.line.by, note.line.second_person)))
        click.echo(f"[{note.line.written_at:%Y-%m-%d}] {note.line.text} ({signed})")
    for seal in shown.seals:
        click.echo(f"#{seal.version} {seal.sealed_at:%Y-%m-%d} {seal.sealed_by} {seal.root}")


def _volume_json(shown: VolumeFile) -> dict[str, Any]:
    volume = shown.volume
    texts = ("id", "reference_code", "title", "series_code", "year", "number", "retention_code", "seal_version")
    counts = ("item_count", "page_count", "sheet_count", "spine_mm", "compiled_by", "checked_by")
    ends_on = shown.kept.ends_on
    return {
        **{name: getattr(volume, name) for name in (*texts, *counts)},
        "state": volume.state.value,
        "customer": shown.customer.code if shown.customer else None,
        "kept_until_on": ends_on.isoformat() if ends_on else None,
        "location": [place.code for place in shown.place],
        "contents": [_line_json(line) for line in shown.lines],
        "notes": [
            {
                "kind": note.line.kind.value,
                "text": note.line.text,
                "by": note.line.by,
                "second_person": note.line.second_person,
                "written_at": note.line.written_at.isoformat(),
                "item_id": note.item_id,
            }
            for note in shown.notes
        ],
        "seals": [
            {"version": seal.version, "root": seal.root, "sealed_at": seal.sealed_at.isoformat(), "by": seal.sealed_by}
            for seal in shown.seals
        ],
    }


def _line_json(line: ContentsLine) -> dict[str, Any]:
    plain = ("position", "item_id", "reference_code", "title", "doc_no", "author", "pages", "sheets")
    return {
        **{name: getattr(line, name) for name in (*plain, "first_page", "last_page", "remark", "told")},
        "kind": line.kind.value,
        "doc_on": line.doc_on.isoformat() if line.doc_on else None,
        "copy_kind": line.copy_kind.value,
    }
