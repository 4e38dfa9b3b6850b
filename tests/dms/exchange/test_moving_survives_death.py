"""An export or an import that is killed at any moment is simply done again."""

import shutil

import bagit
import pytest
from simulators.archives import PASSPHRASE, ObedientClock, founded_archive
from simulators.lived_in import everything, live_in, sealed_contents
from simulators.sudden_death import killed_at, requests_of

from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR
from dms.domain.journal import first_broken
from dms.exchange import ExportWish, export_archive, import_bag
from dms.search import check_index

DEATHS = 10

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The archive that is left, closed."""
    folder = tmp_path_factory.mktemp("left") / "archive"
    archive = founded_archive(folder)
    live_in(archive)
    archive.close()
    return folder


@pytest.fixture(scope="module")
def new_home(tmp_path_factory):
    """The archive to come into, closed."""
    folder = tmp_path_factory.mktemp("new") / "archive"
    founded_archive(folder, company="").close()
    return folder


def opened(home):
    return open_archive(home, PASSPHRASE, clock=ObedientClock())


def leave(home, target):
    archive = opened(home)
    try:
        return export_archive(OPERATOR, ExportWish(target=target, with_images=True), archive=archive)
    finally:
        archive.close()


def arrive(home, bag):
    archive = opened(home)
    try:
        return import_bag(OPERATOR, bag, archive=archive)
    finally:
        archive.close()


def moments(total):
    """Spread over the whole work; the folders of the vault are made as chance wants, so no two runs ask as often."""
    return [1 + total * place // DEATHS for place in range(DEATHS)]


def test_a_killed_export_leaves_no_bag_and_the_next_one_is_whole(home, tmp_path):
    source = shutil.copytree(home, tmp_path / "source")
    total = requests_of(lambda: leave(source, tmp_path / "unhurt"))
    for moment in moments(total):
        assert killed_at(moment, lambda: leave(source, tmp_path / "bag"))
        assert not (tmp_path / "bag").exists() or bagit.Bag(str(tmp_path / "bag")).validate()
        shutil.rmtree(tmp_path / "bag", ignore_errors=True)
        leave(source, tmp_path / "bag")
        assert bagit.Bag(str(tmp_path / "bag")).validate()
        assert not list(tmp_path.glob(".*"))
        shutil.rmtree(tmp_path / "bag")


def test_a_killed_import_goes_on_where_it_was_and_nothing_is_lost_or_doubled(home, new_home, tmp_path):
    bag = leave(shutil.copytree(home, tmp_path / "source"), tmp_path / "bag").path
    unhurt = shutil.copytree(new_home, tmp_path / "unhurt")
    total = requests_of(lambda: arrive(unhurt, bag))
    wanted = held(unhurt)
    for moment in moments(total):
        target = shutil.copytree(new_home, tmp_path / f"new-{moment}")
        assert killed_at(moment, lambda target=target: arrive(target, bag))
        imported = arrive(target, bag)
        assert imported.imported_count + imported.already_count == len(wanted[0]["papers"])
        assert held(target) == wanted, f"killed at request {moment} of {total}"


def held(home):
    archive = opened(home)
    try:
        assert check_index(archive).agrees
        with archive.looking() as view:
            assert first_broken(view.journal.entries()) is None
        return everything(archive), sealed_contents(archive)
    finally:
        archive.close()
