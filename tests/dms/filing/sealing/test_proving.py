"""Whatever is altered in a sealed volume behind the archive's back, its seal tells."""

import json
from dataclasses import replace

import pytest
from simulators.bound_volumes import seal
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR
from dms.filing.sealing import (
    Amendment,
    SealProblemKind,
    amend,
    seal_problems,
    seal_statement,
    verify_volume,
)
from dms.filing.sealing.binding_up import signing_key
from dms.filing.sealing.statement import canonical
from vault import Argon2Cost, Keyring, Passphrase, SigningKey

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)


@pytest.fixture
def papers(archive):
    add_customer(archive)
    return [file_paper(archive, text, title=text) for text in ("甲合同", "乙合同")]


@pytest.fixture
def volume_id(archive, papers):
    return seal(archive, papers[0])


def alter(archive, *statements):
    """What somebody does who has the key of the catalogue: the guards are off, then on again."""
    with archive.begin() as work:
        guards = work.connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'seals%' OR name LIKE 'sealed%')"
        ).all()
        for name, _ in guards:
            work.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            work.connection.exec_driver_sql(statement)
        for _, sql in guards:
            work.connection.exec_driver_sql(sql)


def kinds(archive, volume_id):
    with archive.looking() as view:
        return [(each.kind, each.item_id) for each in seal_problems(volume_id, archive=archive, work=view)]


def test_a_volume_that_nobody_touched_holds(archive, volume_id):
    assert verify_volume(CLERK, volume_id, archive=archive) == ()


def test_a_volume_that_was_never_sealed_has_nothing_to_prove(archive, papers):
    assert verify_volume(CLERK, papers[0].volume_id, archive=archive) == ()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE item SET title = '另一题名' WHERE key = {key}", SealProblemKind.ITEM_FACTS),
        ("UPDATE item SET doc_on = '2020-01-01' WHERE key = {key}", SealProblemKind.ITEM_FACTS),
        ("UPDATE item SET copy_kind = 'copy' WHERE key = {key}", SealProblemKind.ITEM_FACTS),
        ("UPDATE item SET position = 9 WHERE key = {key}", SealProblemKind.ITEM_FACTS),
        ("UPDATE page SET text = '假' WHERE item_key = {key}", SealProblemKind.ITEM_CONTENT),
        ("UPDATE page SET blank = 1 WHERE item_key = {key}", SealProblemKind.ITEM_CONTENT),
        ("DELETE FROM page WHERE item_key = {key}", SealProblemKind.ITEM_CONTENT),
        (
            "UPDATE rendition SET digest = '00' WHERE item_key = {key} AND role = 'original'",
            SealProblemKind.ITEM_CONTENT,
        ),
        (
            "UPDATE rendition SET digest = '00' WHERE item_key = {key} AND role = 'page_image'",
            SealProblemKind.ITEM_CONTENT,
        ),
        ("UPDATE item SET volume_id = NULL WHERE key = {key}", SealProblemKind.ITEM_GONE),
        ("UPDATE item SET state = 'destroyed' WHERE key = {key}", SealProblemKind.ITEM_CONTENT),
    ],
)
def test_an_altered_paper_is_named(archive, papers, volume_id, statement, kind):
    alter(archive, statement.format(key=papers[1].key))
    assert kinds(archive, volume_id) == [(kind, papers[1].id)]


def test_a_paper_that_was_slipped_in_is_named(archive, papers, volume_id):
    strange = file_paper(archive, "丙", title="丙")
    alter(archive, f"UPDATE item SET volume_id = {volume_id} WHERE key = {strange.key}")
    assert kinds(archive, volume_id) == [(SealProblemKind.ITEM_STRANGE, strange.id)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("title", "'别的题名'"), ("checked_by", "'nobody'"), ("year", "2001"), ("customer_id", "NULL")],
)
def test_an_altered_cover_is_told(archive, volume_id, column, value):
    alter(archive, f"UPDATE volume SET {column} = {value} WHERE id = {volume_id}")
    assert kinds(archive, volume_id) == [(SealProblemKind.VOLUME, "")]


def test_location_and_retention_may_change_without_breaking_the_seal(archive, volume_id):
    with archive.begin() as work:
        work.volumes.retain(volume_id, "Y")
    assert kinds(archive, volume_id) == []


@pytest.mark.parametrize("column", ["facts", "signature", "public_key"])
def test_an_altered_seal_is_not_signed_any_more(archive, volume_id, column):
    value = "facts || ' '" if column == "facts" else "zeroblob(64)"
    alter(archive, f"UPDATE volume_seal SET {column} = {value}")
    assert kinds(archive, volume_id) == [(SealProblemKind.UNSIGNED, "")]


def test_a_seal_without_its_volume_or_a_volume_without_its_seal_is_told(archive, volume_id):
    alter(archive, "DELETE FROM volume_seal")
    assert kinds(archive, volume_id) == [(SealProblemKind.MISSING, "")]


def resign(archive, volume_id, key, **changes):
    seal = seal_statement(OPERATOR, volume_id, 1, archive=archive)
    facts = canonical(json.loads(seal.facts) | changes)
    signature, public_key = key.sign(facts.encode()).hex(), key.public_key.hex()
    facts = facts.replace("'", "''").replace("%", "%%")
    alter(
        archive,
        f"UPDATE volume_seal SET facts = '{facts}', signature = X'{signature}', public_key = X'{public_key}'",
    )


def test_a_seal_by_another_key_is_told_apart_even_where_everything_agrees(archive, volume_id):
    stranger, _ = Keyring.create(Passphrase("another archive's"), cost=CHEAP)
    resign(archive, volume_id, SigningKey(stranger, "volume-seals"))
    assert kinds(archive, volume_id) == [(SealProblemKind.FOREIGN_KEY, "")]


def test_a_root_that_is_not_that_of_the_statement_is_told(archive, volume_id):
    resign(archive, volume_id, signing_key(archive), items=[])
    assert kinds(archive, volume_id) == [(SealProblemKind.ROOT, "")]


def test_every_seal_names_the_one_before_it(archive, papers, volume_id):
    amend(ARCHIVIST, CLERK, papers[0].id, Amendment(title="甲合同（更正）"), "题名有误", archive=archive)
    assert kinds(archive, volume_id) == []
    alter(
        archive,
        "DELETE FROM volume_seal WHERE version = 1",
        "UPDATE volume_seal SET version = 1",
        f"UPDATE volume SET seal_version = 1 WHERE id = {volume_id}",
    )
    assert (SealProblemKind.CHAIN, "") in kinds(archive, volume_id)


def test_a_problem_says_which_seal_and_which_paper_in_both_languages(archive, papers, volume_id):
    alter(archive, f"UPDATE item SET title = 'x' WHERE key = {papers[0].key}")
    (problem,) = verify_volume(replace(CLERK, clearance=1), volume_id, archive=archive)
    assert (problem.said.zh, problem.said.en) == (
        f"第 1 版封印：资料的著录与封印不符（{papers[0].id}）",
        f"seal 1: the facts of a paper are not those that were sealed ({papers[0].id})",
    )
