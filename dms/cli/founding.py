"""``dms init``: founding an archive."""

import secrets
import sys
from pathlib import Path

import click

from dms.bootstrap import Foundation, found_archive, passphrase_in
from dms.cli.session import Session, answer, with_session
from dms.custody import generated_password
from dms.domain.clock import SystemClock
from vault import CipherSuite

GENERATED_PASSPHRASE_BYTES = 24
SUITES = {"aes": CipherSuite.AES_256_GCM, "sm4": CipherSuite.SM4_GCM}


@click.command("init", short_help="Found a new archive 建库")
@click.option("--admin", default="admin", show_default=True, help="First administrator 第一位管理员.")
@click.option("--admin-password-file", type=click.Path(path_type=Path), help="File with the password 密码文件.")
@click.option("--company", default="", help="Our own company's full name 本单位全称.")
@click.option("--fonds-code", default="Q001", show_default=True, help="Code of the fonds 全宗号.")
@click.option("--suite", type=click.Choice(list(SUITES)), default="aes", show_default=True, help="Ciphers 密码算法.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def init_command(
    session: Session,
    *,
    admin: str,
    admin_password_file: Path | None,
    company: str,
    fonds_code: str,
    suite: str,
    as_json: bool,
) -> None:
    """Found a new archive in a new or empty folder; prints the recovery key once.

    --suite sm4 seals with SM4-GCM and SM3 (国密) instead of AES-256-GCM and SHA-256; it cannot be changed later.
    What is not given (passphrase, administrator's password) is asked for at the terminal or generated and printed once.
    """
    passphrase, generated = _chosen_passphrase(session)
    password = passphrase_in(admin_password_file) if admin_password_file else generated_password()
    foundation = Foundation(
        fonds_code=fonds_code,
        company_name=company,
        administrator=admin,
        password=password,
        suite=SUITES[suite],
    )
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
