"""``dms serve``: the service, sealed until somebody unlocks it unless the settings name a secret."""

import contextlib
import logging
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click
import waitress

from dms.bootstrap import Serving, spare_lasting_objects
from dms.cli.errors import AddressInUse
from dms.cli.session import Session, with_session
from dms.config import LogFormat
from dms.logs import keep_log, log_event
from dms.process import keep_freed_memory

if TYPE_CHECKING:
    from dms.web import Gate

WEB_THREADS = 8
FORM_ROOM_BYTES = 1024 * 1024
"""What a form may carry beside the upload itself."""
_log = logging.getLogger(__name__)

PROXY_HEADERS = frozenset({"x-forwarded-for", "x-forwarded-proto"})
"""What a proxy is believed: who asks, and whether through HTTPS."""


@click.command("serve", short_help="Web application and OCR workers 启动服务")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--secure-cookies", is_flag=True, help="When served over HTTPS by a proxy 经 HTTPS 代理提供服务时使用.")
@click.option("--trusted-proxy", metavar="ADDRESS", help="Proxy that says truly who asks 可信代理的地址.")
@with_session
def serve_command(session: Session, *, host: str, port: int, secure_cookies: bool, trusted_proxy: str | None) -> None:
    """Serve the web application, read papers as they arrive, verify and back up at night, until interrupted.

    Without a passphrase file or key file the service starts sealed: it is unlocked on its first page.
    """
    from dms.web import Gate  # loaded here so that every other command starts without it

    keep_freed_memory()
    log_format = keep_log(session.settings.log_format)
    serving = Serving(session.settings)
    gate = Gate(serving, secure_cookies=secure_cookies)
    server = _server(gate, session, host=host, port=port, trusted_proxy=trusted_proxy)
    signal.signal(signal.SIGTERM, _stop)
    spare_lasting_objects()
    try:
        serving.open_unattended()
        gate.prepare()
        log_event(_log, "service_started", state=serving.state.value, port=port)
        if log_format is not LogFormat.JSON:  # whose readers are programs; they have the same from the log
            _tell(session, serving, f"http://{host}:{port}")
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            server.run()
    finally:
        server.close()
        serving.close()


def _server(
    gate: "Gate", session: Session, *, host: str, port: int, trusted_proxy: str | None
) -> waitress.server.BaseWSGIServer:
    believed = {"trusted_proxy": trusted_proxy, "trusted_proxy_headers": PROXY_HEADERS} if trusted_proxy else {}
    try:
        return waitress.create_server(
            gate,
            host=host,
            port=port,
            threads=WEB_THREADS,
            ident=None,
            max_request_body_size=session.settings.max_upload_bytes + FORM_ROOM_BYTES,
            # Past these sizes waitress would keep bodies in temporary files, readable on the disk (I3).
            inbuf_overflow=sys.maxsize,
            outbuf_overflow=sys.maxsize,
            # Nobody believes these headers but a trusted proxy; the gate must see that a request was forwarded.
            clear_untrusted_proxy_headers=False,
            **believed,
        )
    except OSError as error:
        raise AddressInUse(f"{host}:{port}") from error


def _tell(session: Session, serving: Serving, address: str) -> None:
    opened = serving.enter()
    if opened is None:
        session.say(
            f"案卷已启动，档案库处于锁定状态：请打开 {address}/unlock 输入口令或恢复密钥（Ctrl+C 停止）",
            f"Anjuan is sealed: unlock it at {address}/unlock (Ctrl+C stops it)",
        )
        return
    session.tell_recovery(opened.archive.recovery)
    serving.leave(opened)
    session.say(f"案卷已启动：{address}（Ctrl+C 停止）", f"Anjuan is at {address} (Ctrl+C stops it)")


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)
