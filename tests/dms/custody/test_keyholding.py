"""What opens the archive is added, exchanged and taken away in one stroke, with an entry in the journal."""

import json

import pytest
from simulators.archives import CHEAP, PASSPHRASE, founded_archive
from simulators.people import CLERK

from dms.bootstrap import open_archive
from dms.custody import (
    KeyFileInsideArchive,
    KeyFileNotMade,
    KeyringNotChanged,
    PassphraseInUse,
    PassphraseTooWeak,
    PassphraseUntidy,
    SlotLabelInvalid,
    SlotNeeded,
    SlotNotFound,
    SlotUnclear,
    TokenInUse,
    TokenNotAtWork,
    TooManyWaysIn,
    add_key_file,
    add_key_service,
    add_passphrase,
    add_token,
    change_passphrase,
    list_slots,
    new_recovery_key,
    remove_slot,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.errors import DmsError
from vault import KeyFile, Passphrase, RecoveryKey, SlotKind, TokenAddress, errors

NEW = "紫气东来 2026"


@pytest.fixture
def archive(tmp_path):
    opened = founded_archive(tmp_path / "archive")
    yield opened
    opened.close()


def opens(archive, secret):
    try:
        open_archive(archive.home, secret, clock=archive.clock).close()
    except DmsError as refusal:
        return type(refusal).__name__
    return "opens"


def journaled(archive):
    with archive.looking() as view:
        entries = list(view.journal.entries(newest_first=20))
    return [(entry.action, entry.subject, dict(entry.details)) for entry in entries]


def of_kind(archive, kind):
    return [slot for slot in list_slots(OPERATOR, archive=archive) if slot.kind is kind]


def stored(archive):
    return json.loads((archive.home / "keyring.json").read_text())


def test_a_new_archive_opens_by_its_passphrase_and_its_recovery_key(archive):
    assert [slot.kind for slot in list_slots(OPERATOR, archive=archive)] == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]


def test_one_more_passphrase_opens_the_archive_beside_the_first(archive):
    slot = add_passphrase(OPERATOR, NEW, archive=archive, label=" 档案室\n", cost=CHEAP)
    assert (slot.kind, slot.label) == (SlotKind.PASSPHRASE, "档案室")
    assert slot.created_on is not None
    assert opens(archive, NEW) == opens(archive, PASSPHRASE) == "opens"
    assert journaled(archive)[0] == ("slot_added", slot.slot_id, {"kind": "passphrase", "label": "档案室"})


def test_a_passphrase_made_by_the_product_is_never_cheaper_than_the_standard_asks(archive):
    slot = add_passphrase(OPERATOR, NEW, archive=archive)
    assert slot.cost.memory_kib >= 65_536 and slot.cost.time >= 3


def test_a_changed_passphrase_takes_the_place_of_the_old_one_in_one_document(archive):
    (old,) = of_kind(archive, SlotKind.PASSPHRASE)
    new = change_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    assert opens(archive, NEW) == "opens"
    assert opens(archive, PASSPHRASE) == "PassphraseWrong"
    assert [slot.slot_id for slot in of_kind(archive, SlotKind.PASSPHRASE)] == [new.slot_id]
    assert {act for act, _, _ in journaled(archive)[:2]} == {"slot_added", "slot_removed"}
    assert {subject for _, subject, _ in journaled(archive)[:2]} == {new.slot_id, old.slot_id}


def test_of_several_passphrases_it_must_be_said_which_one_changes(archive):
    (first,) = of_kind(archive, SlotKind.PASSPHRASE)
    second = add_passphrase(OPERATOR, NEW, archive=archive, label="夜班", cost=CHEAP)
    with pytest.raises(SlotUnclear):
        change_passphrase(OPERATOR, "quite another one", archive=archive, cost=CHEAP)
    changed = change_passphrase(
        OPERATOR, "quite another one", archive=archive, slot_id=second.slot_id.upper(), cost=CHEAP
    )
    assert changed.label == "夜班"
    assert opens(archive, PASSPHRASE) == "opens" and opens(archive, NEW) == "PassphraseWrong"
    recovery = of_kind(archive, SlotKind.RECOVERY)[0]
    for slot_id in (second.slot_id, "0" * 16, recovery.slot_id):
        with pytest.raises(SlotNotFound):
            change_passphrase(OPERATOR, "one more of them", archive=archive, slot_id=slot_id, cost=CHEAP)
    assert first.slot_id in {slot.slot_id for slot in of_kind(archive, SlotKind.PASSPHRASE)}


@pytest.mark.parametrize("text", ["", "short", "1234567", "aaaaaaaaaaaa", "口" * 2000])
def test_a_passphrase_that_is_guessed_by_trying_is_refused(archive, text):
    before = stored(archive)
    for attempt in (add_passphrase, change_passphrase):
        with pytest.raises(PassphraseTooWeak):
            attempt(OPERATOR, text, archive=archive, cost=CHEAP)
    assert stored(archive) == before


@pytest.mark.parametrize("text", [" leading blank", "trailing blank ", "two\nlines of it", "　全角空格在前"])
def test_a_passphrase_that_a_file_could_not_hold_is_refused(archive, text):
    with pytest.raises(PassphraseUntidy):
        add_passphrase(OPERATOR, text, archive=archive, cost=CHEAP)


def test_the_same_passphrase_is_not_added_twice(archive):
    with pytest.raises(PassphraseInUse):
        add_passphrase(OPERATOR, PASSPHRASE, archive=archive, cost=CHEAP)
    with pytest.raises(PassphraseInUse):
        change_passphrase(OPERATOR, PASSPHRASE, archive=archive, cost=CHEAP)


def test_a_new_recovery_key_voids_the_old_one(archive):
    first = new_recovery_key(OPERATOR, archive=archive)
    second = new_recovery_key(OPERATOR, archive=archive)
    assert opens(archive, RecoveryKey.from_typed(second)) == "opens"
    assert opens(archive, RecoveryKey.from_typed(first)) == "SecretWrong"
    assert len(of_kind(archive, SlotKind.RECOVERY)) == 1
    assert second not in str(journaled(archive)) and second.replace("-", "") not in str(stored(archive))


def test_a_key_file_opens_the_archive_without_a_person(archive, tmp_path):
    place = tmp_path / "start.key"
    slot = add_key_file(OPERATOR, place, archive=archive, label="night")
    assert opens(archive, KeyFile.read(place)) == "opens"
    assert journaled(archive)[0] == ("slot_added", slot.slot_id, {"kind": "key_file", "label": "night"})


def test_a_key_file_is_never_made_inside_the_archive_or_over_something_else(archive, tmp_path):
    (tmp_path / "taken").write_text("mine")
    (tmp_path / "link").symlink_to(archive.home)
    for place in (archive.home / "start.key", archive.home / "backups" / ".." / "k", tmp_path / "link" / "k"):
        with pytest.raises(KeyFileInsideArchive):
            add_key_file(OPERATOR, place, archive=archive)
    for place in (tmp_path / "taken", tmp_path / "no" / "folder"):
        with pytest.raises(KeyFileNotMade):
            add_key_file(OPERATOR, place, archive=archive)
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_key_file_whose_slot_could_not_be_stored_does_not_stay(archive, tmp_path):
    place = tmp_path / "start.key"
    with pytest.raises(SlotLabelInvalid):
        add_key_file(OPERATOR, place, archive=archive, label="x" * 65)
    assert not place.exists()


class ServiceThatForgets:
    """Seals, and answers whatever comes to its mind."""

    provider = "cloud"
    key_name = "projects/7/keys/anjuan"

    def seal_key(self, key, *, context):
        return b"sealed"

    def unseal_key(self, sealed_key, *, context):
        raise errors.WrongKeyService


class SilentService(ServiceThatForgets):
    def seal_key(self, key, *, context):
        raise errors.KeyServiceUnavailable("the line is cut")


def test_a_key_service_is_added_once(archive):
    slot = add_key_service(OPERATOR, ServiceThatForgets(), archive=archive, label="云")
    assert (slot.kind, slot.provider, slot.key_name) == (SlotKind.KEY_SERVICE, "cloud", "projects/7/keys/anjuan")
    with pytest.raises(TokenInUse):
        add_key_service(OPERATOR, ServiceThatForgets(), archive=archive)


def test_a_key_service_that_does_not_answer_is_named_and_nothing_changes(archive):
    before = stored(archive)
    with pytest.raises(TokenNotAtWork, match="the line is cut"):
        add_key_service(OPERATOR, SilentService(), archive=archive)
    address = TokenAddress(module_path="/nowhere.so", token_label="t", key_label="k", pin_source=None)
    with pytest.raises(TokenNotAtWork):
        add_token(OPERATOR, address, "1234", archive=archive)
    assert stored(archive) == before


def test_a_removed_slot_opens_nothing_more(archive):
    slot = add_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    removed = remove_slot(OPERATOR, slot.slot_id, archive=archive)
    assert removed.slot_id == slot.slot_id
    assert opens(archive, NEW) == "PassphraseWrong"
    assert journaled(archive)[0][:2] == ("slot_removed", slot.slot_id)


def test_a_way_in_that_people_hold_is_always_left(archive, tmp_path):
    add_key_file(OPERATOR, tmp_path / "start.key", archive=archive)
    passphrase, recovery = (of_kind(archive, kind)[0] for kind in (SlotKind.PASSPHRASE, SlotKind.RECOVERY))
    remove_slot(OPERATOR, recovery.slot_id, archive=archive)
    with pytest.raises(SlotNeeded):
        remove_slot(OPERATOR, passphrase.slot_id, archive=archive)
    new_recovery_key(OPERATOR, archive=archive)
    remove_slot(OPERATOR, passphrase.slot_id, archive=archive)
    with pytest.raises(SlotUnclear):
        change_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)


def test_a_slot_that_does_not_exist_is_not_removed(archive):
    with pytest.raises(SlotNotFound):
        remove_slot(OPERATOR, "0123456789abcdef", archive=archive)


def test_a_ninth_way_in_is_refused_but_a_full_keyring_still_changes(archive, tmp_path):
    for number in range(6):
        add_key_file(OPERATOR, tmp_path / str(number), archive=archive)
    with pytest.raises(TooManyWaysIn):
        add_key_file(OPERATOR, tmp_path / "ninth", archive=archive)
    assert not (tmp_path / "ninth").exists()
    change_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    new_recovery_key(OPERATOR, archive=archive)
    assert len(stored(archive)["slots"]) == 8 and opens(archive, NEW) == "opens"


def test_an_only_slot_can_be_exchanged(archive):
    (recovery,) = of_kind(archive, SlotKind.RECOVERY)
    remove_slot(OPERATOR, recovery.slot_id, archive=archive)
    change_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    assert len(stored(archive)["slots"]) == 1 and opens(archive, NEW) == "opens"


def test_a_keyring_that_cannot_be_stored_stays_as_it_was_and_the_journal_says_nothing(archive):
    before, entries = stored(archive), journaled(archive)
    (archive.home / "keyring.json").rename(archive.home / "moved")
    (archive.home / "keyring.json").mkdir()
    (archive.home / "keyring.json" / "in the way").touch()
    with pytest.raises(KeyringNotChanged):
        add_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    (archive.home / "keyring.json" / "in the way").unlink()
    (archive.home / "keyring.json").rmdir()
    (archive.home / "moved").rename(archive.home / "keyring.json")
    assert stored(archive) == before and journaled(archive) == entries


def test_a_change_made_by_another_process_meanwhile_is_kept(archive):
    other = open_archive(archive.home, PASSPHRASE, clock=archive.clock)
    add_passphrase(OPERATOR, NEW, archive=other, cost=CHEAP)
    other.close()
    add_passphrase(OPERATOR, "a third passphrase", archive=archive, cost=CHEAP)
    assert opens(archive, NEW) == opens(archive, "a third passphrase") == "opens"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda actor, archive, place: list_slots(actor, archive=archive),
        lambda actor, archive, place: add_passphrase(actor, NEW, archive=archive, cost=CHEAP),
        lambda actor, archive, place: change_passphrase(actor, NEW, archive=archive, cost=CHEAP),
        lambda actor, archive, place: new_recovery_key(actor, archive=archive),
        lambda actor, archive, place: add_key_file(actor, place, archive=archive),
        lambda actor, archive, place: add_key_service(actor, ServiceThatForgets(), archive=archive),
        lambda actor, archive, place: add_token(
            actor,
            TokenAddress(module_path="m", token_label="t", key_label="k", pin_source=None),
            "1234",
            archive=archive,
        ),
        lambda actor, archive, place: remove_slot(actor, "0" * 16, archive=archive),
    ],
)
def test_nobody_but_those_who_run_the_archive_may_see_or_change_what_opens_it(archive, attempt, tmp_path):
    before = stored(archive)
    with pytest.raises(ActionForbidden):
        attempt(CLERK, archive, tmp_path / "k")
    assert stored(archive) == before and not (tmp_path / "k").exists()


def test_no_secret_reaches_the_journal(archive, tmp_path):
    add_passphrase(OPERATOR, NEW, archive=archive, cost=CHEAP)
    printed = new_recovery_key(OPERATOR, archive=archive)
    add_key_file(OPERATOR, tmp_path / "k", archive=archive)
    key = KeyFile.read(tmp_path / "k").secret().expose().hex()
    told = str(journaled(archive))
    assert not any(secret in told for secret in (NEW, printed, key, PASSPHRASE))
    assert Passphrase(NEW)
