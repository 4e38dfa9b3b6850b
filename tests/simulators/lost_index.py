"""An index whose files went while nobody looked, as those of an archive that comes out of a backup."""

import shutil

from dms.archive import Archive
from dms.bootstrap.index_keeping import give_up_lost_files
from dms.search import rebuild_index
from dms.store.segment_files import FOLDER


def lose_index(archive: Archive) -> None:
    """Nothing is in the index any more, and it says so; the papers are all there."""
    rebuild_index(archive)  # what lies beside the segments would not be lost
    lose_files(archive)


def lose_files(archive: Archive) -> None:
    """The files go, and that is noticed."""
    shutil.rmtree(archive.home / FOLDER)
    give_up_lost_files(archive)
