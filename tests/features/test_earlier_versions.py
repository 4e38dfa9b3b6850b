"""An archive that an earlier version of the program made opens, migrates, verifies and goes on."""

import hashlib
import json
import tarfile
from pathlib import Path

import pytest
from simulators.archives import ObedientClock

from dms.archive import Archive
from dms.bootstrap import open_archive, typed_secret
from dms.custody import retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.inspection import InspectionScope
from dms.domain.item import RenditionRole
from dms.domain.journal import first_broken
from dms.evidence import InspectionRequest, verify
from dms.search import SearchRequest, search

ARCHIVES = Path(__file__).parents[1] / "archives"
VERSIONS = sorted(folder.name for folder in ARCHIVES.iterdir())


@pytest.fixture(params=VERSIONS)
def facts(request) -> dict:
    return json.loads((ARCHIVES / request.param / "facts.json").read_text()) | {"version": request.param}


@pytest.fixture
def home(facts, tmp_path) -> Path:
    with tarfile.open(ARCHIVES / facts["version"] / "archive.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path / "archive"


@pytest.fixture
def opened(home, facts):
    archive = open_archive(home, facts["passphrase"], clock=ObedientClock())
    yield archive
    archive.close()


def require_everything(archive: Archive, facts: dict) -> None:
    with archive.looking() as view:
        assert sorted(view.contents.object_ids()) == facts["objects"]
        assert first_broken(view.journal.entries()) is None
        for told in facts["items"]:
            item = view.items.with_id(told["item_id"], actor=OPERATOR)
            assert item.state.value == told["state"]
            text = "\n".join(page.text for page in view.contents.pages(item.key))
            assert hashlib.sha256(text.encode()).hexdigest() == told["text_sha256"]
            original = archive.unseal(item, view.contents.rendition(item.key, RenditionRole.ORIGINAL))
            assert hashlib.sha256(original).hexdigest() == told["sha256"]


def test_it_opens_with_everything_in_it(opened, facts):
    require_everything(opened, facts)
    with opened.looking() as view:
        assert view.journal.count() == facts["journal_entries"]


def test_it_opens_by_the_recovery_key_that_was_printed_then(home, facts):
    archive = open_archive(home, typed_secret(facts["recovery_key"]))
    require_everything(archive, facts)
    archive.close()


def test_it_verifies_to_the_last_byte(opened, facts):
    inspection = verify(OPERATOR, InspectionRequest(scope=InspectionScope.FULL), archive=opened)
    assert inspection.is_sound, inspection.findings
    assert not [finding for finding in inspection.findings if finding.code == "object_unknown"]


def test_its_papers_are_found(opened, facts):
    for told in facts["items"]:
        hits = search(OPERATOR, SearchRequest(query=told["original_filename"]), archive=opened).hits
        assert told["item_id"] in {hit.item_id for hit in hits}


def test_its_keys_can_be_rotated_and_the_old_ones_retired(opened, home, facts):
    rotate_keys(OPERATOR, archive=opened)
    retire_keys(OPERATOR, archive=opened)
    opened.close()
    again = open_archive(home, facts["passphrase"])
    require_everything(again, facts)
    again.close()
