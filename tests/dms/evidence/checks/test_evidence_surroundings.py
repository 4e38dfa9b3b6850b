"""The folder of the archive as others on the machine see it."""

from simulators.damage import FULL, found


def test_a_folder_that_others_may_enter_is_a_notice(archive):
    archive.home.chmod(0o755)
    assert found(archive, FULL) == {("archive_exposed", "archive")}
    archive.home.chmod(0o700)
    assert found(archive) == set()
