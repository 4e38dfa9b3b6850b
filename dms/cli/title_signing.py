"""Signing at the terminal for what is kept like cash: each person gives his own password, from a file or typed."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dms.archive import Archive
from dms.bootstrap import passphrase_in
from dms.cli.errors import SignatureNeedsPassword
from dms.cli.session import Session
from dms.custody.securing import sign_beside
from dms.custody.titles import TitleSignatureNeedsPerson
from dms.domain.actor import Actor, Origin

Command = TypeVar("Command", bound=Callable[..., Any])

_OWN = click.option(
    "--password-file", type=click.Path(path_type=Path), help="File with your own password 本人密码文件."
)
_WITNESS = click.option("--witness", required=True, metavar="USER", help="The other person 见证人.")
_WITNESS_FILE = click.option(
    "--witness-password-file", type=click.Path(path_type=Path), help="File with that person's password 见证人密码文件."
)


def with_own_signature(command: Command) -> Command:
    """Give a command the option for the password of who acts."""
    return _OWN(command)


def with_two_signatures(command: Command) -> Command:
    """Give a command the options for both persons."""
    return _OWN(_WITNESS(_WITNESS_FILE(command)))


def signed_here(session: Session, password_file: Path | None, archive: Archive) -> Actor:
    """Whoever acts, having given his own password.

    Raises `TitleSignatureNeedsPerson` for the operator of the machine, `SignInRefused` or `SignatureNeedsPassword`.
    """
    asking = session.actor(archive)
    if asking.user_id is None:
        raise TitleSignatureNeedsPerson
    return _proved(session, asking.name, password_file, archive)


def signed_by_two(
    session: Session, archive: Archive, *, password_file: Path | None, witness: str, witness_password_file: Path | None
) -> tuple[Actor, Actor]:
    """Whoever acts and the witness, each having given his own password; raises as `signed_here`."""
    first = signed_here(session, password_file, archive)
    return first, _proved(session, witness, witness_password_file, archive)


def _proved(session: Session, name: str, password_file: Path | None, archive: Archive) -> Actor:
    """The person; a second factor is given as for the web, after the password and a space."""
    password = passphrase_in(password_file) if password_file else _asked(session, name)
    return sign_beside(name, password, archive=archive).actor(Origin.COMMAND_LINE)


def _asked(session: Session, name: str) -> str:
    if not sys.stdin.isatty():
        raise SignatureNeedsPassword(name)
    return str(click.prompt(session.text(f"{name} 的密码", f"Password of {name}"), hide_input=True, err=True))
