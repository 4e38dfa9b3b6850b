"""The mail server: stated by the administrator, tried with a letter to himself.

What always holds:
- The password rests in the encrypted catalogue and is shown to nobody, written to no log and to no journal.
- Without protection of the way, letters go to a server on this very machine only.
"""

import re
from dataclasses import replace
from email.message import EmailMessage
from typing import Final

from dms.archive import Archive
from dms.custody.duties.errors import MailServerInvalid, MailServerMissing
from dms.custody.duties.letters import Post, message_of
from dms.domain.actor import Actor, Permission
from dms.domain.mail import Letter, MailSecurity, MailServer
from dms.domain.one_line import one_line
from dms.errors import Bilingual

HIDDEN: Final = "********"
HIGHEST_PORT: Final = 65535
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,252})")
_ADDRESS: Final = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9.-]{1,253}")
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def mail_server(actor: Actor, *, archive: Archive) -> MailServer | None:
    """The server that letters go through, with its password hidden; None where none was stated."""
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        server = view.mails.server()
    return server and replace(server, password=HIDDEN if server.password else "")


def state_mail_server(actor: Actor, server: MailServer, *, archive: Archive) -> None:
    """Let letters go through this server; the hidden password stands for the one that is known already.

    Raises `MailServerInvalid`.
    """
    actor.require(Permission.OPERATE)
    tidy = _checked(server)
    with archive.begin() as work:
        known = work.mails.server()
        if tidy.password == HIDDEN:
            # Typed anew for another server, or whoever states one would be sent the password of the last.
            same = known is not None and (known.host, known.user_name) == (tidy.host, tidy.user_name)
            tidy = replace(tidy, password=known.password if known and same else "")
        work.mails.state_server(tidy)
        archive.record(
            work,
            actor,
            "mail_server_stated",
            tidy.host,
            port=tidy.port,
            security=tidy.security.value,
            sender=tidy.sender,
        )


def drop_mail_server(actor: Actor, *, archive: Archive) -> None:
    """Send no letters any more."""
    actor.require(Permission.OPERATE)
    with archive.begin() as work:
        work.mails.state_server(None)
        archive.record(work, actor, "mail_server_dropped", "settings")


def try_mail_server(actor: Actor, address: str, post: Post, *, archive: Archive) -> None:
    """Send a letter of trial at once; raises `MailServerMissing`, `MailServerInvalid` or `LetterRefused`."""
    actor.require(Permission.OPERATE)
    to = checked_address(address)
    with archive.looking() as view:
        server = view.mails.server()
    if server is None:
        raise MailServerMissing
    post.send(server, _trial(to, server, archive=archive))
    with archive.begin() as work:
        archive.record(work, actor, "mail_server_tried", server.host)


def letters_queued(actor: Actor, *, archive: Archive, limit: int, offset: int = 0) -> tuple[Letter, ...]:
    """The latest letters and what became of them, the newest first."""
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        return tuple(view.mails.page(limit=limit, offset=offset)[1])


def checked_address(address: str) -> str:
    """The address, on one line; raises `MailServerInvalid` for what cannot be one."""
    tidy = one_line(address)
    if not _ADDRESS.fullmatch(tidy):
        raise MailServerInvalid(
            Bilingual(f"“{tidy[:60]}”不是邮件地址。", f"“{tidy[:60]}” is no e-mail address."),
            Bilingual("请填写完整的地址，例如 dangan@example.com。", "Give it in full, as in archive@example.com."),
        )
    return tidy


def _trial(address: str, server: MailServer, *, archive: Archive) -> EmailMessage:
    letter = Letter(
        id=0,
        user_id=0,
        address=address,
        occasion="trial",
        subject="案卷：测试邮件",
        body="这是一封测试邮件；收到它，说明待办提醒可以发到这个地址。\n\nThis is a trial letter.\n",
        queued_at=archive.now(),
    )
    return message_of(letter, server)


def _checked(server: MailServer) -> MailServer:
    host, sender = one_line(server.host), checked_address(server.sender)
    page = one_line(server.page_address)
    if not _HOST.fullmatch(host) or not 0 < server.port <= HIGHEST_PORT:
        raise MailServerInvalid(
            Bilingual("服务器地址或端口不对。", "The host or the port cannot be right."),
            Bilingual("例如 smtp.example.com，端口 587。", "For example smtp.example.com, port 587."),
        )
    if page and not page.startswith(("https://", "http://")):
        raise MailServerInvalid(
            Bilingual("网页地址不对。", "The address of the pages cannot be right."),
            Bilingual("应以 https:// 开头，或留空。", "It begins with https://, or is empty."),
        )
    if not (server.user_name.isascii() and server.password.isascii()):
        raise MailServerInvalid(
            Bilingual(
                "邮件用户名和密码只能用英文字母、数字和符号。", "User name and password are ASCII characters only."
            ),
            Bilingual(
                "多数邮件服务要求填写授权码，而不是登录密码。", "Most providers give out a code for this purpose."
            ),
        )
    if server.security is MailSecurity.NONE and host not in _HERE:
        raise MailServerInvalid(
            Bilingual(
                "不加密的连接只能用于本机的邮件服务。", "Without protection only a server on this machine will do."
            ),
            Bilingual("请选择 STARTTLS 或 TLS。", "Choose STARTTLS or TLS."),
        )
    return replace(server, host=host, sender=sender, page_address=page, user_name=one_line(server.user_name))
