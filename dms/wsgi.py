"""For WSGI servers: ``dms.wsgi:make_application()`` makes the application on the archive named by ``DMS_HOME``.

``dms serve`` is the usual way; this door serves those who run another server. It needs ``DMS_PASSPHRASE_FILE``, since
nobody can be asked. Exactly one process of an archive reads papers; further ones serve pages only.
"""

import os
from wsgiref.types import WSGIApplication

from dms.bootstrap import (
    BackgroundReading,
    InboxWatch,
    PassphraseNeeded,
    guard_memory,
    open_archive,
    passphrase_in,
    receiving_limits,
)
from dms.config import settings_from
from dms.web import create_app


def make_application() -> WSGIApplication:
    """The application with its archive open and its readers running.

    Raises what `open_archive` raises, and `PassphraseNeeded` or `PassphraseUnusable`.
    """
    guard_memory()
    settings = settings_from(os.environ, home=None, passphrase_file=None)
    if settings.passphrase_file is None:
        raise PassphraseNeeded
    archive = open_archive(settings.home, passphrase_in(settings.passphrase_file))
    BackgroundReading(archive, settings).start()
    InboxWatch(archive, settings).start()
    return create_app(
        archive,
        limits=receiving_limits(settings),
        secret_key=archive.keyring.derive("web-session"),
        secure_cookies=settings.secure_cookies,
    )
