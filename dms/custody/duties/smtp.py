"""The way to a mail server by SMTP (RFC 5321), protected by STARTTLS (RFC 3207) or TLS from the first byte (RFC 8314).

Invariants: certificates are verified, and a server that offers no STARTTLS where it is wanted is given neither the
password nor the letter.
"""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Final

from dms.custody.duties.errors import LetterRefused
from dms.domain.mail import MailSecurity, MailServer
from dms.errors import Bilingual

TIMEOUT_SECONDS: Final = 20.0
_FOR_GOOD: Final = 500
"""Answers from here on say that trying again will not help (RFC 5321, 4.2.1)."""


class SmtpPost:
    """Takes letters to a mail server, one connection each."""

    def __init__(self, *, trusted: ssl.SSLContext | None = None) -> None:
        """`trusted` says whose certificates count; None for those that the machine trusts."""
        self._trusted = trusted or ssl.create_default_context()

    def send(self, server: MailServer, message: EmailMessage) -> None:
        """Hand a letter to the server; raises `LetterRefused` unless the server took it."""
        try:
            with self._connection(server) as connection:
                if server.user_name:
                    connection.login(server.user_name, server.password)
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = min((code for code, _ in error.recipients.values()), default=0)
            raise LetterRefused(_RECIPIENT, for_good=code >= _FOR_GOOD) from None
        except smtplib.SMTPAuthenticationError:
            raise LetterRefused(_PASSWORD) from None
        except smtplib.SMTPNotSupportedError:
            raise LetterRefused(_UNPROTECTED) from None
        except smtplib.SMTPResponseException as error:
            # What a server writes may name addresses; its number says enough.
            raise LetterRefused(_answered(error.smtp_code)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise LetterRefused(_unreached(type(error).__name__)) from None

    def _connection(self, server: MailServer) -> smtplib.SMTP:
        if server.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=self._trusted)
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        try:
            if server.security is MailSecurity.STARTTLS:
                connection.starttls(context=self._trusted)
        except BaseException:
            connection.close()
            raise
        return connection


_RECIPIENT: Final = Bilingual("服务器不接受收件地址。", "The server does not take the address.")
_PASSWORD: Final = Bilingual("服务器不接受用户名或密码。", "The server does not take the user name or the password.")
_UNPROTECTED: Final = Bilingual("服务器不支持加密连接。", "The server offers no protected connection.")


def _answered(code: int) -> Bilingual:
    return Bilingual(f"服务器答复 {code}。", f"The server answered {code}.")


def _unreached(why: str) -> Bilingual:
    return Bilingual(f"连接不上服务器（{why}）。", f"The server could not be reached ({why}).")
