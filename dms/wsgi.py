"""For WSGI servers: ``dms.wsgi:make_application()`` makes the application on the archive named by ``DMS_HOME``.

``dms serve`` is the usual way; this door serves those who run another server. Without ``DMS_PASSPHRASE_FILE`` or
``DMS_KEY_FILE`` it starts sealed, as ``dms serve`` does. Each process is unlocked for itself, so a server of several
processes wants one of the two. Exactly one process of an archive reads papers; further ones serve pages only.
"""

import os
from wsgiref.types import WSGIApplication

from dms.bootstrap import Serving, spare_lasting_objects
from dms.config import settings_from
from dms.logs import keep_log
from dms.process import guard_memory, keep_freed_memory
from dms.web import Gate


def make_application() -> WSGIApplication:
    """The application, its archive open where the settings name a secret and sealed where they name none.

    Raises what `Serving` and `Serving.open_unattended` raise.
    """
    guard_memory()
    keep_freed_memory()
    settings = settings_from(os.environ)
    keep_log(settings.log_format)
    serving = Serving(settings)
    spare_lasting_objects()
    serving.open_unattended()
    gate = Gate(serving)
    gate.prepare()
    return gate
