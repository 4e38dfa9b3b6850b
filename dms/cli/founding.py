"""``dms init`` and ``dms serve``."""

import contextlib
import secrets
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import waitress

from dms.archive import Archive
from dms.bootstrap import (
    BackgroundReading,
    Foundation,
    InboxWatch,
    found_archive,
    passphrase_in,
    receiving_limits,
)
from dms.cli.errors import AddressInUse
from dms.cli.session import Session, answer, with_session
from dms.custody import generated_password
from dms.domain.clock import SystemClock

GENERATED_PASSPHRASE_BYTES = 24
WEB_THREADS = 8
FORM_ROOM_BYTES = 1024 * 1024
"""What a form may carry beside the upload itself."""


@click.command("init", short_help="Found a new archive 建库")
@click.option("--admin", default="admin", show_default=True, help="First administrator 第一位管理员.")
@click.option("--admin-password-file", type=click.Path(path_type=Path), help="File with the password 口令文件.")
@click.option("--company", default="", help="Our own company's full name 本单位全称.")
@click.option("--fonds-code", default="Q001", show_default=True, help="Code of the fonds 全宗号.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def init_command(
    session: Session, *, admin: str, admin_password_file: Path | None, company: str, fonds_code: str, as_json: bool
) -> None:
    """Found a new archive in a new or empty folder; prints the recovery key once.

    What is not given (passphrase, administrator's password) is asked for at the terminal or generated and printed once.
    """
    passphrase, generated = _chosen_passphrase(session)
    password = passphrase_in(admin_password_file) if admin_password_file else generated_password()
    foundation = Foundation(fonds_code=fonds_code, company_name=company, administrator=admin, password=password)
    recovery_key = found_archive(session.settings.home, passphrase, foundation, clock=SystemClock())
    told = {"home": str(session.settings.home), "recovery_key": recovery_key, "administrator": admin}
    if not admin_password_file:
        told["password"] = password
    if generated:
        told["passphrase"] = passphrase
    _tell_once(session, told, as_json=as_json)
    if not company.strip():
        session.say(
            "尚未登记本单位名称。用 dms company name 登记后，才能可靠地区分对方与我方。",
            "Our own company is not named yet: dms company name tells us reliably from the other party.",
        )


@click.command("serve", short_help="Web application and OCR workers 启动服务")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--secure-cookies", is_flag=True, help="When served over HTTPS by a proxy 经 HTTPS 代理提供服务时使用.")
@with_session
def serve_command(session: Session, *, host: str, port: int, secure_cookies: bool) -> None:
    """Serve the web application and read papers as they arrive, until interrupted."""
    from dms.web import create_app  # loaded here so that every other command starts without it

    with session.archive() as archive, _working(archive, session):
        app = create_app(
            archive,
            limits=receiving_limits(session.settings),
            secret_key=archive.keyring.derive("web-session"),
            secure_cookies=secure_cookies or session.settings.secure_cookies,
        )
        signal.signal(signal.SIGTERM, _stop)
        try:
            server = waitress.create_server(
                app,
                host=host,
                port=port,
                threads=WEB_THREADS,
                ident=None,
                max_request_body_size=session.settings.max_upload_bytes + FORM_ROOM_BYTES,
                # Past these sizes waitress would keep bodies in temporary files, readable on the disk (I3).
                inbuf_overflow=sys.maxsize,
                outbuf_overflow=sys.maxsize,
            )
        except OSError as error:
            raise AddressInUse(f"{host}:{port}") from error
        session.say(
            f"案卷已启动：http://{host}:{port}（Ctrl+C 停止）", f"Anjuan is at http://{host}:{port} (Ctrl+C stops it)"
        )
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            server.run()


@contextlib.contextmanager
def _working(archive: Archive, session: Session) -> Iterator[None]:
    inbox, reading = InboxWatch(archive, session.settings), BackgroundReading(archive, session.settings)
    inbox.start()
    reading.start()
    try:
        yield
    finally:
        inbox.stop()
        reading.stop()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)


def _chosen_passphrase(session: Session) -> tuple[str, bool]:
    """The passphrase, and whether it was generated because nobody could be asked."""
    if session.settings.passphrase_file:
        return passphrase_in(session.settings.passphrase_file), False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(GENERATED_PASSPHRASE_BYTES), True
    label = session.text("为档案库设置口令", "Choose a passphrase for the archive")
    return str(click.prompt(label, hide_input=True, confirmation_prompt=True, err=True)), False


def _tell_once(session: Session, told: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        answer(told)
        return
    labels = {
        "home": session.text("档案库", "Archive"),
        "recovery_key": session.text("恢复密钥", "Recovery key"),
        "administrator": session.text("管理员", "Administrator"),
        "password": session.text("登录密码", "Password"),
        "passphrase": session.text("档案库口令", "Archive passphrase"),
    }
    for name, value in told.items():
        click.echo(f"{labels[name]}: {value}")
    session.say(
        "以上密钥和密码只显示这一次，请抄写并分开妥善保管；口令与恢复密钥都遗失后，任何人都无法打开档案。",
        "These are shown only this once: write them down and keep them apart. "
        "Without passphrase and recovery key nobody can open the archive.",
    )
