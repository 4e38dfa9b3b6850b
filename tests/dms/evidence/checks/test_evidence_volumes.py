"""A sealed volume that is not as it was sealed is damage; one that another archive signed is told apart."""

import pytest
from simulators.archives import CHEAP, founded_archive
from simulators.bound_volumes import seal
from simulators.damage import QUICK, findings, found
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR
from dms.exchange import ExportWish, export_archive, import_bag
from dms.filing.sealing import Amendment, amend, seal_statement
from vault import Keyring, Passphrase, SigningKey


@pytest.fixture
def archive(tmp_path):
    opened = founded_archive(tmp_path / "archive")
    add_customer(opened)
    yield opened
    opened.close()


@pytest.fixture
def paper(archive):
    papers = [file_paper(archive, text, title=text) for text in ("甲合同", "乙合同")]
    seal(archive, papers[0])
    return papers[0]


def without_guards(archive, *statements):
    with archive.begin() as work:
        for name in ("sealed_volumes_never_change", "seals_are_never_changed"):
            work.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            work.connection.exec_driver_sql(statement)


def test_a_sealed_volume_is_sound_also_after_it_was_corrected_by_two_persons(archive, paper):
    assert found(archive, QUICK) == set()
    amend(ARCHIVIST, CLERK, paper.id, Amendment(title="甲合同（更正）"), "题名有误", archive=archive)
    assert found(archive, QUICK) == set()


def test_a_paper_altered_in_a_sealed_volume_is_found_and_the_volume_named(archive, paper):
    without_guards(archive, f"UPDATE item SET title = '另一题名' WHERE key = {paper.key}")
    (told,) = findings(archive, QUICK)
    assert (told.code, told.subject) == ("volume_seal_broken", "Q001-KH·C0001·3·2024-001")
    assert paper.id in told.what.zh
    assert paper.id in told.what.en


def test_a_volume_that_lost_its_seal_is_found(archive, paper):
    without_guards(archive, "UPDATE volume SET seal_version = 2")
    assert found(archive, QUICK) == {("volume_seal_broken", "Q001-KH·C0001·3·2024-001")}


@pytest.mark.parametrize(("imported", "code"), [(False, "volume_seal_broken"), (True, "volume_seal_foreign")])
def test_a_seal_by_a_strange_key_is_damage_unless_volumes_came_from_elsewhere(archive, paper, imported, code):
    stranger, _ = Keyring.create(Passphrase("another archive's"), cost=CHEAP)
    key = SigningKey(stranger, "volume-seals")
    facts = seal_statement(OPERATOR, paper.volume_id, 1, archive=archive).facts
    signed = f"signature = X'{key.sign(facts.encode()).hex()}', public_key = X'{key.public_key.hex()}'"
    without_guards(archive, f"UPDATE volume_seal SET {signed}")
    if imported:
        with archive.begin() as work:
            archive.record(work, OPERATOR, "archive_imported", "archive")
    assert {found_code for found_code, _ in found(archive, QUICK)} == {code}


@pytest.mark.parametrize("with_images", [True, False])
def test_a_sealed_volume_that_moved_to_another_archive_is_as_it_was_sealed(archive, paper, tmp_path, with_images):
    export_archive(OPERATOR, ExportWish(target=tmp_path / "bag", with_images=with_images), archive=archive)
    other = founded_archive(tmp_path / "other", company="另一家公司")
    import_bag(OPERATOR, tmp_path / "bag", archive=other)
    codes = {told.code for told in findings(other, QUICK)}
    other.close()
    assert codes <= {"volume_seal_foreign"}
