"""Make the small archive that the tests keep of each version of the format: tests/archives/NAME.

    python scripts/keep_version_archive.py NAME [--suite aes|sm4]

Run it once, with the program of that version; what it made is never made again, for it must open in every later one.
"""

import argparse
import hashlib
import json
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from dms.archive import Archive
from dms.bootstrap import Foundation, found_archive, open_archive, reader_pool, reading_room
from dms.config import settings_from
from dms.demo import DemoPaper, demo_company, demo_papers
from dms.domain.actor import OPERATOR
from dms.domain.item import Item
from dms.ingest import Claim, ReceivingLimits, Upload, receive, work_until_idle
from vault import Argon2Cost, CipherSuite

ARCHIVES = Path(__file__).parents[1] / "tests" / "archives"
PASSPHRASE = "correct horse battery staple"
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
SUITES = {"aes": CipherSuite.AES_256_GCM, "sm4": CipherSuite.SM4_GCM}
PAPERS = 2


class FixedClock:
    """Stands still, so that the day of making is the only thing that it tells."""

    def now(self) -> datetime:
        """Nine in the morning of today."""
        return datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)


def main() -> None:
    """Make one archive and the facts by which it is judged."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name")
    asked.add_argument("--suite", choices=list(SUITES), default="aes")
    given = asked.parse_args()
    folder = ARCHIVES / given.name
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "archive"
        foundation = Foundation(
            fonds_code="Q001",
            company_name=demo_company().name,
            administrator="admin",
            password="四海之内皆兄弟 2026",
            suite=SUITES[given.suite],
        )
        recovery_key = found_archive(home, PASSPHRASE, foundation, clock=FixedClock(), cost=CHEAP)
        facts = {"passphrase": PASSPHRASE, "recovery_key": recovery_key} | fill(home)
        (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
        with tarfile.open(folder / "archive.tar.gz", "w:gz") as packed:
            packed.add(home, arcname="archive")


def fill(home: Path) -> dict[str, object]:
    """The facts of the archive, into which the smallest sample papers were read."""
    archive = open_archive(home, PASSPHRASE, clock=FixedClock())
    try:
        papers = sorted(demo_papers(), key=lambda paper: len(paper.original_bytes))[:PAPERS]
        items = [received(archive, paper) for paper in papers]
        with reader_pool(settings_from({}, home=home)) as pool:
            work_until_idle(reading_room(archive, pool, lambda progress: None))
        with archive.looking() as view:
            return {
                "items": [told(archive, item, paper) for item, paper in zip(items, papers, strict=True)],
                "objects": sorted(view.contents.object_ids()),
                "journal_entries": view.journal.count(),
            }
    finally:
        archive.close()


def received(archive: Archive, paper: DemoPaper) -> Item:
    """The paper as an item."""
    upload = Upload(original_filename=paper.original_filename, uploaded_bytes=paper.original_bytes, claim=Claim())
    limits = ReceivingLimits(max_upload_bytes=len(paper.original_bytes), min_free_disk_bytes=0)
    item = receive(OPERATOR, upload, archive=archive, limits=limits).item
    assert item is not None
    return item


def told(archive: Archive, item: Item, paper: DemoPaper) -> dict[str, str]:
    """What must still hold of the item in every later version."""
    with archive.looking() as view:
        present, pages = view.items.get(item.key), view.contents.pages(item.key)
    text = "\n".join(page.text for page in pages)
    return {
        "item_id": present.id,
        "state": present.state.value,
        "original_filename": present.original_filename,
        "sha256": hashlib.sha256(paper.original_bytes).hexdigest(),
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


if __name__ == "__main__":
    main()
