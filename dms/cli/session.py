"""What every command needs: the settings, the open archive, the actor, and two ways of speaking.

Answers go to standard output (one JSON object with ``--json``); messages and progress go to standard error.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from dms.archive import Archive, Recovery
from dms.bootstrap import ArchiveSecret, PassphraseNeeded, open_archive, secret_in_settings, typed_secret
from dms.cli.errors import ConsentNeeded, SettingInvalid, UserUnknown
from dms.config import Settings, SettingUnusable, settings_from
from dms.custody import acting_user
from dms.domain.actor import OPERATOR, Actor, Origin
from dms.domain.one_line import one_line
from dms.errors import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One run of one command."""

    settings: Settings
    as_user: str | None

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The archive of this run, open until the block ends."""
        with self.opened(self.secret()) as archive:
            yield archive

    @contextmanager
    def opened(self, secret: ArchiveSecret) -> Iterator[Archive]:
        """The archive of this run, opened by a secret at hand, until the block ends."""
        archive = open_archive(self.settings.home, secret)
        self.tell_recovery(archive.recovery)
        try:
            yield archive
        finally:
            archive.close()

    def secret(self) -> ArchiveSecret:
        """From the place that the settings name, or typed at the terminal, where a recovery key does as well.

        Raises `PassphraseNeeded` or `PassphraseUnusable`.
        """
        named = secret_in_settings(self.settings)
        if named is not None:
            return named
        if not sys.stdin.isatty():
            raise PassphraseNeeded
        return typed_secret(str(click.prompt(self.text("口令", "Passphrase"), hide_input=True, err=True)))

    def actor(self, archive: Archive) -> Actor:
        """The operator of the machine, or the user named by ``--as``; raises `UserUnknown`."""
        if not self.as_user:
            return OPERATOR
        user = acting_user(one_line(self.as_user), archive=archive)
        if user is None:
            raise UserUnknown(self.as_user)
        return user.actor(Origin.COMMAND_LINE)

    def tell_recovery(self, recovery: Recovery) -> None:
        """Say what was set right when the archive was opened after a crash; nothing where there was nothing."""
        if not recovery.is_empty:
            self.say(
                f"上次运行中断，已自动恢复：清除未写完的对象 {recovery.leftovers_removed} 个，"
                f"补完销毁 {recovery.objects_removed} 个对象，补完密钥轮换 {recovery.keys_rewrapped} 件。",
                f"An earlier run was cut off and was set right: {recovery.leftovers_removed} half-written objects "
                f"and {recovery.objects_removed} objects of destroyed items removed, "
                f"{recovery.keys_rewrapped} keys wrapped anew.",
            )

    def require_consent(self, zh: str, en: str, *, given: bool) -> None:
        """Go on only with a yes, given beforehand or at the terminal; `ConsentNeeded` where nobody can be asked."""
        if given:
            return
        if not sys.stdin.isatty():
            self.say(zh, en)
            raise ConsentNeeded
        click.confirm(self.text(zh, en), abort=True, err=True)

    def text(self, zh: str, en: str) -> str:
        """The text in the language of this run."""
        return Bilingual(zh, en).in_language(self.settings.language)

    def say(self, zh: str, en: str) -> None:
        """A message for the person at the terminal."""
        click.echo(self.text(zh, en), err=True)


def answer(content: dict[str, Any]) -> None:
    """Print one JSON object to standard output, whatever the encoding of the terminal."""
    text = json.dumps(content, ensure_ascii=False)
    # A path may hold bytes that are no UTF-8; written as JSON escapes, they come back as the same path.
    sys.stdout.buffer.write(text.encode(errors="backslashreplace") + b"\n")
    sys.stdout.flush()


def with_session(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its `Session` first, and the options that every command shares."""

    @click.option("--home", type=click.Path(path_type=Path), help="Archive folder 档案库文件夹 (DMS_HOME).")
    @click.option("--passphrase-file", type=click.Path(path_type=Path), help="File with the passphrase 口令文件.")
    @click.option("--key-file", type=click.Path(path_type=Path), help="Key file 密钥文件 (DMS_KEY_FILE).")
    @click.option(
        "--recovery-key-file", type=click.Path(path_type=Path), help="File with the recovery key 恢复密钥文件."
    )
    @click.option("--as", "as_user", metavar="USER", help="Act for this user 以该用户身份执行.")
    @wraps(command)
    def run(
        *,
        home: Path | None,
        passphrase_file: Path | None,
        key_file: Path | None,
        recovery_key_file: Path | None,
        as_user: str | None,
        **rest: object,
    ) -> None:
        settings = _settings(
            home=home, passphrase_file=passphrase_file, key_file=key_file, recovery_key_file=recovery_key_file
        )
        command(Session(settings=settings, as_user=as_user), **rest)

    return run


def _settings(**stated: Path | None) -> Settings:
    try:
        return settings_from(os.environ, **stated)
    except SettingUnusable as error:
        raise SettingInvalid(error.name, error.value) from error
