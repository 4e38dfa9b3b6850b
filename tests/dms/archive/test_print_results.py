"""Printed documents lie sealed in the vault: rotation, verification and removal know of them."""

import pytest
from simulators.archives import sealed_objects

from dms.archive import add_print, print_key_id, read_print, remove_prints, seal_print
from dms.custody import finish_rotation, key_state, retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.inspection import InspectionScope
from dms.evidence import InspectionRequest, verify
from vault import VaultError

CONTENT = b"%PDF-1.7 a printed list"


def printed(archive, name="案卷目录 2024.pdf", content=CONTENT):
    with archive.begin() as work:
        job = work.print_jobs.add("year", {"year": 2024}, asked_by="lawyer", at=archive.now())
    sealed = seal_print(job.id, name, "application/pdf", content, archive=archive)
    with archive.begin() as work:
        return add_print(sealed, archive=archive, work=work)


def present(archive, result):
    with archive.looking() as view:
        return view.print_jobs.result(result.id)


def verified(archive):
    return verify(OPERATOR, InspectionRequest(scope=InspectionScope.FULL), archive=archive)


def test_what_was_printed_is_read_back_and_lies_nowhere_in_the_clear(archive):
    result = printed(archive)
    assert read_print(result, archive=archive) == CONTENT
    assert all(CONTENT not in path.read_bytes() for path in sealed_objects(archive))


def test_a_document_opens_under_its_own_name_and_job_only(archive):
    first, second = printed(archive), printed(archive, name="案卷封面 2024.pdf")
    exchanged = [
        type(first)(**{name: getattr(first, name) for name in first.__dataclass_fields__} | changed)
        for changed in (
            {"name": second.name},
            {"job_id": second.job_id},
            {"object_id": second.object_id},
            {"wrapped_key": second.wrapped_key},
        )
    ]
    for each in exchanged:
        with pytest.raises(VaultError):
            read_print(each, archive=archive)


def test_rotation_wraps_the_keys_of_printed_documents_anew(archive):
    result = printed(archive)
    rotate_keys(OPERATOR, archive=archive)
    rewrapped = present(archive, result)
    assert rewrapped.wrapped_key != result.wrapped_key
    assert key_state(OPERATOR, archive=archive).waiting == 0
    retire_keys(OPERATOR, archive=archive)
    assert read_print(rewrapped, archive=archive) == CONTENT
    with pytest.raises(VaultError):
        archive.keyring.unwrap_item_key(result.wrapped_key, item_id=print_key_id(result.object_id))


def test_a_key_of_a_printed_document_that_waits_keeps_old_keys_from_going(archive):
    result = printed(archive)
    rotate_keys(OPERATOR, archive=archive)
    with archive.begin() as work:
        work.print_jobs.rewrap(result.id, result.wrapped_key)
    assert key_state(OPERATOR, archive=archive).waiting == 1
    finish_rotation(OPERATOR, archive=archive, turn_s=0)
    assert key_state(OPERATOR, archive=archive).waiting == 0


def test_a_printed_document_whose_key_is_damaged_is_let_go_by_a_rotation(archive):
    result = printed(archive)
    with archive.begin() as work:
        work.print_jobs.rewrap(result.id, bytes(124))
    rotate_keys(OPERATOR, archive=archive)
    assert present(archive, result) is None
    with archive.looking() as view:
        assert view.destructions.condemned() == [result.object_id]


def test_verification_counts_the_keys_that_printed_documents_need(archive):
    printed(archive)
    with archive.looking() as view:
        (used,) = view.survey.epochs_in_use()
    assert (used.grade, used.epoch, used.items) == (1, 1, 1)


def test_verification_opens_printed_documents_and_names_a_lost_one(archive):
    result = printed(archive)
    assert verified(archive).findings == ()
    (path,) = sealed_objects(archive)
    path.write_bytes(path.read_bytes()[:-1])
    damaged = verified(archive)
    assert [(finding.code, finding.subject) for finding in damaged.findings] == [("print_lost", result.object_id)]
    assert damaged.is_sound, "a copy is no loss of the archive's"
    path.unlink()
    assert [finding.code for finding in verified(archive).findings] == ["print_lost"]


def test_verification_names_a_printed_document_of_another_digest(archive):
    result = printed(archive)
    other = seal_print(result.job_id, result.name, result.media_type, b"another", archive=archive)
    with archive.begin() as work:
        work.print_jobs.drop_result(result.id)
        added = add_print(other, archive=archive, work=work)
        work.print_jobs.drop_result(added.id)
        stated = {name: getattr(added, name) for name in added.__dataclass_fields__} | {"digest": result.digest}
        work.print_jobs.add_result(type(added)(**stated))
    assert "print_lost" in [finding.code for finding in verified(archive).findings]


def test_removal_takes_the_objects_away_and_says_so(archive):
    result = printed(archive)
    with archive.begin() as work:
        objects = work.print_jobs.forget(result.job_id)
        work.destructions.condemn(objects, at=archive.now())
    remove_prints([*objects], archive=archive)
    assert sealed_objects(archive) == []
    with archive.looking() as view:
        assert view.destructions.condemned() == []
