"""An archive that an older version wrote, with real scans in it, moves as any other."""

import tarfile
from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE
from simulators.lived_in import everything, sealed_contents

from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR
from dms.exchange import ExportWish, export_archive, import_bag

KEPT = sorted((Path(__file__).parents[2] / "archives").glob("format-*/archive.tar.gz"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.parent.name)
def test_an_archive_of_an_older_version_moves_whole(kept, new_archive, tmp_path):
    with tarfile.open(kept) as packed:
        packed.extractall(tmp_path / "old", filter="data")
    (keyring,) = (tmp_path / "old").rglob("keyring.json")
    old = open_archive(keyring.parent, PASSPHRASE)
    export_archive(OPERATOR, ExportWish(target=tmp_path / "bag", with_images=True), archive=old)
    import_bag(OPERATOR, tmp_path / "bag", archive=new_archive)
    assert everything(new_archive) == everything(old)
    assert sealed_contents(new_archive) == sealed_contents(old)
    old.close()
