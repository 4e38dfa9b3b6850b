"""``dms keys rotate``, ``retire`` and ``status``: new keys for the archive, and the end of the old ones."""

from pathlib import Path

import click

from dms.bootstrap import key_file_at
from dms.cli.errors import RecoveryKeyCannotStay
from dms.cli.keys import keys_group
from dms.cli.session import Session, answer, with_session
from dms.custody import KeyState, change_root, finish_rotation, key_state, retire_keys, rotate_keys
from vault import Keyring, RecoveryKey, UnlockSecret, calibrated_cost


@keys_group.command("rotate", short_help="New keys, content untouched 轮换密钥")
@click.option("--finish", is_flag=True, help="Only finish a rotation that was cut off 只补完中断的轮换.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def rotate_command(session: Session, *, finish: bool, as_json: bool) -> None:
    """Give every grade a new wrapping key and the catalogue a new key; the service goes on meanwhile.

    Content is not rewritten. The old keys stay until dms keys retire.
    """
    with session.archive() as archive:
        turn = finish_rotation if finish else rotate_keys
        done = turn(session.actor(archive), archive=archive, report=_progress)
    if as_json:
        answer(
            {
                "rewrapped": done.rewrapped,
                "unreadable": list(done.unreadable),
                "catalogue_rekeyed": done.catalogue_rekeyed,
            }
        )
        return
    session.say(
        f"密钥已轮换：{done.rewrapped} 件资料的密钥已重新保护，内容未改动。"
        "旧密钥仍在，备份后可用 dms keys retire 停用。",
        f"Rotated: the keys of {done.rewrapped} items are wrapped anew, content untouched. "
        "The old keys are still there; back up, then dms keys retire.",
    )
    if done.unreadable:
        session.say(
            f"{len(done.unreadable)} 件的密钥损坏，保持不变：{'、'.join(done.unreadable[:10])}。请运行 dms verify。",
            f"The keys of {len(done.unreadable)} items are damaged and stayed as they were: "
            f"{', '.join(done.unreadable[:10])}. Run dms verify.",
        )


@keys_group.command("retire", short_help="Take the old keys away 停用旧密钥")
@click.option("--despite-places", is_flag=True, help="Give up backups made before the rotation 放弃轮换前的备份.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def retire_command(session: Session, *, despite_places: bool, yes: bool, as_json: bool) -> None:
    """Take the keys of older epochs out of the keyring: backups made before the rotation cannot be opened any more."""
    with session.archive() as archive:
        actor = session.actor(archive)
        session.require_consent(
            "停用后，轮换之前的备份（包括其中已销毁的资料）将永远无法打开。继续吗？",
            "Backups made before the rotation, and what was destroyed since, can never be opened again. Go on?",
            given=yes,
        )
        gone = retire_keys(actor, archive=archive, despite_places=despite_places)
    if as_json:
        answer({"retired": gone})
        return
    session.say(
        f"已停用旧密钥（{gone} 期）。请再备份一次，使各备份位置的密钥环同步更新。",
        f"Retired {gone} older epochs. Back up once more, so that the keyring at every place is the new one.",
    )


@keys_group.command("change-root", short_help="A new root for all keys 更换根密钥")
@click.option(
    "--keep-key-file",
    "kept_key_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A key file that goes on opening the archive 继续有效的密钥文件.",
)
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def change_root_command(session: Session, *, kept_key_files: tuple[Path, ...], yes: bool, as_json: bool) -> None:
    """Make a new root; the secret of this run, the key files named and a new recovery key open it from now on.

    Every other slot is gone: use it when a secret may have been stolen. The new recovery key is printed once.
    """
    secret = session.secret()
    if isinstance(secret, RecoveryKey):
        raise RecoveryKeyCannotStay
    kept: dict[str, UnlockSecret] = {session.text("更换根密钥时所用", "kept at the change of root"): secret}
    kept |= {path.name: key_file_at(path) for path in kept_key_files}
    with session.opened(secret) as archive:
        actor = session.actor(archive)
        if not yes:
            _ask_about_slots(session, archive.keyring, len(kept))
        recovery_key = change_root(actor, kept, archive=archive, cost=calibrated_cost()).printable()
    if as_json:
        answer({"recovery_key": recovery_key})
        return
    click.echo(session.text(f"恢复密钥: {recovery_key}", f"Recovery key: {recovery_key}"))
    session.say(
        "新的恢复密钥只显示这一次；旧的恢复密钥和其他解锁方式已失效。请随后备份。",
        "The new recovery key is shown only this once; the old one and all other slots are void. Back up now.",
    )


def _ask_about_slots(session: Session, keyring: Keyring, kept: int) -> None:
    session.say(
        f"现有解锁方式 {len(keyring.slots())} 个，更换后只保留 {kept} 个和新的恢复密钥。",
        f"There are {len(keyring.slots())} slots now; {kept} and a new recovery key will remain.",
    )
    session.require_consent("继续吗？", "Go on?", given=False)


@keys_group.command("status", short_help="Which keys are in use 密钥状态")
@click.option("--json", "as_json", is_flag=True)
@with_session
def status_command(session: Session, *, as_json: bool) -> None:
    """Which epochs there are, and what still stands in the way of retiring the older ones."""
    with session.archive() as archive:
        state = key_state(session.actor(archive), archive=archive)
    if as_json:
        answer(_as_json(state))
        return
    for grade, epochs in state.epochs.items():
        click.echo(
            session.text(f"{grade} 级: 第 {state.newest[grade]} 期", f"grade {grade}: epoch {state.newest[grade]}")
        )
        for older in epochs[:-1]:
            click.echo(session.text(f"    旧: 第 {older} 期", f"    older: epoch {older}"))
    click.echo(session.text(f"待重新保护: {state.waiting} 件", f"waiting: {state.waiting} items"))
    if state.catalogue_waits:
        click.echo(session.text("待重新加密: 目录数据库", "waiting: the catalogue"))
    for place in state.places_behind:
        click.echo(session.text(f"备份落后: {place.name}", f"backup behind: {place.name}"))


def _as_json(state: KeyState) -> dict[str, object]:
    return {
        "epochs": {str(grade): list(epochs) for grade, epochs in state.epochs.items()},
        "waiting": state.waiting,
        "catalogue_waits": state.catalogue_waits,
        "places_behind": [place.name for place in state.places_behind],
    }


def _progress(done: int, total: int) -> None:
    if total:
        click.echo(f"\r{done}/{total}", nl=done >= total, err=True)
