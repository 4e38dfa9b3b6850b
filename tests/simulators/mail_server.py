"""A mail server in a thread: takes letters, refuses them, asks for a password, protects the way or does not."""

import base64
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, SECRET = "dangan", "bote-2026"


@dataclass
class Mailbox:
    """What the server took, and how it behaves."""

    letters: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    offers_starttls: bool = True
    refuses_recipient: int = 0
    refuses_data: int = 0


class _Dialogue(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 simulator ready")
        while line := self.rfile.readline():
            verb = line.decode("ascii", "replace").strip()
            if not self.answer(verb):
                return

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    @property
    def box(self) -> Mailbox:
        return self.server.mailbox  # type: ignore[attr-defined]

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def answer(self, line: str) -> bool:
        verb = line.upper()
        protected = isinstance(self.connection, ssl.SSLSocket)
        if verb.startswith(("EHLO", "HELO")):
            offers = ["STARTTLS"] if self.box.offers_starttls and not protected else []
            offers += ["AUTH PLAIN"] if protected else []
            lines = ["simulator", *offers, "8BITMIME"]
            for each in lines[:-1]:
                self.say(f"250-{each}")
            self.say(f"250 {lines[-1]}")
        elif verb == "STARTTLS":
            self.say("220 go ahead")
            self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)  # type: ignore[attr-defined]
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        elif verb.startswith("AUTH PLAIN"):
            _, user, password = base64.b64decode(line.split()[-1]).decode().split("\0")
            self.box.passwords.append(password)
            self.say("235 welcome" if (user, password) == (USER, SECRET) else "535 no")
        elif verb.startswith("RCPT"):
            refusal = self.box.refuses_recipient
            if not refusal:
                self.box.recipients.append(line.partition("<")[2].rstrip(">"))
            self.say(f"{refusal} not here" if refusal else "250 ok")
        elif verb == "DATA":
            self.say("354 go on")
            self._take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        if self.box.refuses_data:
            self.say(f"{self.box.refuses_data} later")
            return
        self.box.letters.append(b"".join(lines))
        self.say("250 taken")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mailbox: Mailbox
    tls: ssl.SSLContext


class SimulatedMailServer:
    """Serves on a free port of this machine until the block ends."""

    def __init__(self, folder: Path) -> None:
        self.mailbox = Mailbox()
        self.certificate = folder / "mail.pem"
        self._write_certificate()
        self._server = _Server(("127.0.0.1", 0), _Dialogue)
        self._server.mailbox = self.mailbox
        self._server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._server.tls.load_cert_chain(self.certificate)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "SimulatedMailServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def trust(self) -> ssl.SSLContext:
        """Trusts the certificate of this server alone."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def _write_certificate(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]),
                critical=False,
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.certificate.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
