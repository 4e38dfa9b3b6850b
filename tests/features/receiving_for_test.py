"""Run by the test of killed ingestions, in a process of its own that does not expect to live.

Receives the papers named after the archive and its passphrase, while a reading room reads what has arrived. Prints
``begun`` when it begins, ``ID NAME`` as soon as a paper is acknowledged, not a moment earlier, and ``done``.
"""

import sys
import time
from pathlib import Path

from dms.bootstrap import BackgroundReading, open_archive
from dms.config import settings_from
from dms.domain.actor import OPERATOR
from dms.ingest import Claim, ReceivingLimits, Upload, receive

PAUSE_S = 0.1
LIMITS = ReceivingLimits(max_upload_bytes=2**24, min_free_disk_bytes=0)


def main(home: Path, passphrase: str, papers: list[Path]) -> None:
    """Receive, acknowledge, and go on reading until nothing waits."""
    archive = open_archive(home, passphrase)
    settings = settings_from({"DMS_READING_PROCESSES": "2"}, home=home, passphrase_file=None)
    reading = BackgroundReading(archive, settings)
    print("begun", flush=True)
    reading.start()
    for path in papers:
        upload = Upload(original_filename=path.name, uploaded_bytes=path.read_bytes(), claim=Claim())
        item = receive(OPERATOR, upload, archive=archive, limits=LIMITS).item
        assert item is not None
        print(item.id, path.name, flush=True)
        time.sleep(PAUSE_S)
    while True:
        with archive.looking() as view:
            if not view.tasks.waiting_count():
                break
        time.sleep(PAUSE_S)
    print("done", flush=True)
    reading.stop()
    archive.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [Path(argument) for argument in sys.argv[3:]])
