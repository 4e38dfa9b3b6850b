"""``dms keys``: who and what can open the archive; new keys are in `dms.cli.key_rotation`."""

import sys
from pathlib import Path

import click

from dms.bootstrap import passphrase_in
from dms.cli.errors import NewSecretNeeded, TokenAddressInvalid
from dms.cli.session import Session, answer, with_session
from dms.custody import (
    add_key_file,
    add_passphrase,
    add_token,
    change_passphrase,
    list_slots,
    new_recovery_key,
    remove_slot,
    slot_with_id,
)
from vault import SlotKind, SlotSummary, TokenAddress, token_address
from vault.errors import TokenAddressUnusable

KIND_NAMES = {
    SlotKind.PASSPHRASE: ("口令", "passphrase"),
    SlotKind.RECOVERY: ("恢复密钥", "recovery key"),
    SlotKind.KEY_FILE: ("密钥文件", "key file"),
    SlotKind.KEY_SERVICE: ("密码设备", "token"),
}


@click.group("keys")
def keys_group() -> None:
    """What opens the archive, and its keys 密钥."""


@keys_group.command("list", short_help="What opens the archive 解锁方式")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_command(session: Session, *, as_json: bool) -> None:
    """List the slots: every passphrase, recovery key, key file and token that opens the archive."""
    with session.archive() as archive:
        slots = list_slots(session.actor(archive), archive=archive)
        suite = archive.keyring.suite
    if as_json:
        answer({"suite": suite.value, "slots": [_as_json(slot) for slot in slots]})
        return
    for slot in slots:
        day = slot.created_on.isoformat() if slot.created_on else "-"
        click.echo(f"{slot.slot_id}  {day:10}  {_kind(session, slot)}  {_described(slot)}".rstrip())


@keys_group.command("add-passphrase", short_help="One more passphrase 增加口令")
@click.option("--label", default="", help="Whose or what for 名称.")
@click.option("--new-passphrase-file", type=click.Path(path_type=Path), help="File with the new one 新口令文件.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add_passphrase_command(session: Session, *, label: str, new_passphrase_file: Path | None, as_json: bool) -> None:
    """Let one more passphrase open the archive; asked for twice, or read from --new-passphrase-file."""
    with session.archive() as archive:
        chosen = _new_passphrase(session, new_passphrase_file)
        slot = add_passphrase(session.actor(archive), chosen, archive=archive, label=label)
    _tell(session, slot, as_json=as_json, zh="已增加口令", en="Added a passphrase")


@keys_group.command("change-passphrase", short_help="Another passphrase in place of one 更改口令")
@click.option("--slot", "slot_id", default="", help="Which, if there are several 口令的编号.")
@click.option("--new-passphrase-file", type=click.Path(path_type=Path), help="File with the new one 新口令文件.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def change_passphrase_command(
    session: Session, *, slot_id: str, new_passphrase_file: Path | None, as_json: bool
) -> None:
    """Put a new passphrase in the place of an old one; asked for twice, or read from --new-passphrase-file.

    The old one still opens copies of keyring.json made before, so back up afterwards.
    """
    with session.archive() as archive:
        chosen = _new_passphrase(session, new_passphrase_file)
        slot = change_passphrase(session.actor(archive), chosen, archive=archive, slot_id=slot_id)
    _tell(session, slot, as_json=as_json, zh="已更改口令，请随后备份", en="Changed the passphrase; back up now")


@keys_group.command("new-recovery-key", short_help="A new recovery key, printed once 新恢复密钥")
@click.option("--json", "as_json", is_flag=True)
@with_session
def new_recovery_key_command(session: Session, *, as_json: bool) -> None:
    """Make a new recovery key and print it once; the old one opens the archive no more."""
    with session.archive() as archive:
        printable = new_recovery_key(session.actor(archive), archive=archive)
    if as_json:
        answer({"recovery_key": printable})
        return
    click.echo(f"{session.text('恢复密钥', 'Recovery key')}: {printable}")
    session.say(
        "恢复密钥只显示这一次，请抄写并与口令分开保管；旧的恢复密钥已作废，请销毁。",
        "It is shown only this once: write it down and keep it apart from the passphrase. Destroy the old one.",
    )


@keys_group.command("add-key-file", short_help="A key file for starting unattended 增加密钥文件")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--label", default="", help="What for 名称.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add_key_file_command(session: Session, *, path: Path, label: str, as_json: bool) -> None:
    """Create a key file at PATH, mode 0600, that opens the archive without a person (DMS_KEY_FILE).

    Whoever can read it can open the archive: keep it off the archive's disk and away from the backups.
    """
    with session.archive() as archive:
        slot = add_key_file(session.actor(archive), path, archive=archive, label=label)
    _tell(session, slot, as_json=as_json, zh=f"已建立密钥文件 {path}", en=f"Made the key file {path}")


@keys_group.command("add-token", short_help="A hardware key (PKCS#11) 增加密码设备")
@click.argument("address")
@click.option("--label", default="", help="What for 名称.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add_token_command(session: Session, *, address: str, label: str, as_json: bool) -> None:
    """Let a PKCS#11 token open the archive; its key is made on the token and never leaves it.

    ADDRESS is as in RFC 7512: pkcs11:token=LABEL;object=KEY?module-path=LIBRARY&pin-source=FILE. Without pin-source
    the PIN is asked for.
    """
    token = _address(address)
    with session.archive() as archive:
        pin = _pin(session, token)
        slot = add_token(session.actor(archive), token, pin, archive=archive, label=label)
    _tell(session, slot, as_json=as_json, zh=f"已增加密码设备 {slot.key_name}", en=f"Added the token {slot.key_name}")


@keys_group.command("remove", short_help="Take one of them away 删除解锁方式")
@click.argument("slot_id", metavar="SLOT")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def remove_command(session: Session, *, slot_id: str, yes: bool, as_json: bool) -> None:
    """Remove a slot: what opened it opens the archive no more. A passphrase or recovery key always stays.

    Copies of keyring.json made before still open by it, so back up afterwards.
    """
    with session.archive() as archive:
        actor = session.actor(archive)
        slot = slot_with_id(list_slots(actor, archive=archive), slot_id)
        name = " ".join((_kind(session, slot), _described(slot))).strip()
        session.require_consent(f"删除“{name}”（{slot.slot_id}）？", f"Remove “{name}” ({slot.slot_id})?", given=yes)
        remove_slot(actor, slot.slot_id, archive=archive)
    _tell(session, slot, as_json=as_json, zh="已删除，请随后备份", en="Removed; back up now")


def _new_passphrase(session: Session, place: Path | None) -> str:
    """Read from its file, or typed twice; never an argument, which other users of the machine could see."""
    if place is not None:
        return passphrase_in(place)
    if not sys.stdin.isatty():
        raise NewSecretNeeded
    wanted = session.text("新口令", "New passphrase")
    return str(click.prompt(wanted, hide_input=True, confirmation_prompt=True, err=True))


def _address(untrusted_uri: str) -> TokenAddress:
    try:
        return token_address(untrusted_uri)
    except TokenAddressUnusable as error:
        raise TokenAddressInvalid from error


def _pin(session: Session, token: TokenAddress) -> str:
    if token.pin_source is not None:
        return passphrase_in(token.pin_source)
    if not sys.stdin.isatty():
        raise NewSecretNeeded
    return str(click.prompt(session.text("设备 PIN", "PIN of the token"), hide_input=True, err=True))


def _tell(session: Session, slot: SlotSummary, *, as_json: bool, zh: str, en: str) -> None:
    if as_json:
        answer(_as_json(slot))
        return
    session.say(f"{zh}（{slot.slot_id}）", f"{en} ({slot.slot_id})")


def _kind(session: Session, slot: SlotSummary) -> str:
    return session.text(*KIND_NAMES[slot.kind])


def _described(slot: SlotSummary) -> str:
    return "  ".join(part for part in (slot.label, slot.key_name) if part)


def _as_json(slot: SlotSummary) -> dict[str, object]:
    return {
        "id": slot.slot_id,
        "kind": slot.kind.value,
        "label": slot.label,
        "created_on": slot.created_on.isoformat() if slot.created_on else None,
        "provider": slot.provider,
        "key_name": slot.key_name,
    }
