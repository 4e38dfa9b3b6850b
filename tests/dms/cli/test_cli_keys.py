"""What opens the archive, at the command line."""

import json

import pytest
from simulators.archives import PASSPHRASE
from simulators.command_line import run

NEW = "紫气东来 2026"


@pytest.fixture
def secret_file(tmp_path):
    def written(text, name="new"):
        place = tmp_path / name
        place.write_text(text + "\n")
        return place

    return written


def slots():
    return run("keys", "list", "--json").answer["slots"]


def the(kind):
    (slot,) = (slot for slot in slots() if slot["kind"] == kind)
    return slot


def test_the_slots_are_listed_for_people_and_for_programs(archive):
    done = run("keys", "list", "--json")
    assert done.exit_code == 0 and done.answer["suite"] == "aes-256-gcm"
    assert [slot["kind"] for slot in done.answer["slots"]] == ["passphrase", "recovery"]
    lines = run("keys", "list").text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(done.answer["slots"][0]["id"]) and "passphrase" in lines[0]


def test_one_more_passphrase_opens_the_archive(archive, secret_file):
    place = secret_file(NEW)
    done = run("keys", "add-passphrase", "--label", "夜班", "--new-passphrase-file", place, "--json")
    assert (done.exit_code, done.answer["kind"], done.answer["label"]) == (0, "passphrase", "夜班")
    assert run("keys", "list", "--passphrase-file", place).exit_code == 0


def test_a_changed_passphrase_opens_the_archive_and_the_old_one_does_not(archive, secret_file):
    place = secret_file(NEW)
    done = run("keys", "change-passphrase", "--new-passphrase-file", place)
    assert done.exit_code == 0 and "back up now" in done.messages
    assert run("keys", "list", "--passphrase-file", place).exit_code == 0
    assert run("keys", "list").exit_code == 5


def test_a_new_recovery_key_is_printed_once_and_opens_the_archive(archive, secret_file):
    printed = run("keys", "new-recovery-key", "--json").answer["recovery_key"]
    assert len(printed.split("-")) == 14
    place = secret_file(printed.lower(), "recovery")
    assert run("keys", "list", "--recovery-key-file", place).exit_code == 0
    told = run("keys", "new-recovery-key")
    assert told.text.startswith("Recovery key: ") and "only this once" in told.messages
    assert run("keys", "list", "--recovery-key-file", place).exit_code == 5


def test_a_key_file_starts_the_archive_without_a_person(archive, tmp_path, environment):
    place = tmp_path / "start.key"
    assert run("keys", "add-key-file", place, "--label", "night", "--json").answer["kind"] == "key_file"
    environment.delenv("DMS_PASSPHRASE_FILE")
    environment.setenv("DMS_KEY_FILE", str(place))
    assert the("key_file")["label"] == "night"
    place.chmod(0o644)
    assert run("keys", "list").exit_code != 0


def test_a_token_is_added_and_its_key_made_on_it(archive, tmp_path, soft_token, secret_file):
    address = f"pkcs11:token={soft_token.label};object=cli?module-path={soft_token.module}"
    pin = secret_file(soft_token.pin, "pin")
    done = run("keys", "add-token", f"{address}&pin-source={pin}", "--label", "机房", "--json")
    assert done.exit_code == 0, done.messages
    assert (done.answer["provider"], done.answer["key_name"]) == ("pkcs11", f"{soft_token.label}/cli")
    again = run("keys", "add-token", f"{address}&pin-source={pin}", "--json")
    assert (again.exit_code, again.answer["error"]["code"]) == (6, "token_in_use")
    wrong = secret_file("0000-nobody", "wrong pin")
    refused = run("keys", "add-token", f"{address}&pin-source={wrong}".replace(" ", "%20"), "--json")
    assert refused.exit_code == 5, refused.messages
    assert refused.answer["error"]["code"] == "token_pin_wrong"


def test_a_token_starts_the_archive_without_a_person(archive, environment, soft_token, secret_file):
    address = f"pkcs11:token={soft_token.label};object=start?module-path={soft_token.module}"
    whole = f"{address}&pin-source={secret_file(soft_token.pin, 'pin')}"
    assert run("keys", "add-token", whole).exit_code == 0
    environment.delenv("DMS_PASSPHRASE_FILE")
    environment.setenv("DMS_TOKEN_URI", whole)
    assert [slot["kind"] for slot in slots()] == ["passphrase", "recovery", "key_service"]
    for unusable in (address, "pkcs11:nothing"):
        environment.setenv("DMS_TOKEN_URI", unusable)
        refused = run("keys", "list", "--json")
        assert (refused.exit_code, refused.answer["error"]["code"]) == (2, "token_unnamed")


def test_a_slot_is_removed_after_the_question_is_answered(archive, secret_file):
    slot_id = run("keys", "add-passphrase", "--new-passphrase-file", secret_file(NEW), "--json").answer["id"]
    unanswered = run("keys", "remove", slot_id)
    assert unanswered.exit_code == 2 and "consent_needed" in unanswered.messages and len(slots()) == 3
    done = run("keys", "remove", slot_id, "--yes", "--json")
    assert (done.exit_code, done.answer["id"]) == (0, slot_id)
    assert [slot["kind"] for slot in slots()] == ["passphrase", "recovery"]


@pytest.mark.parametrize("command", ["retire", "change-root"])
def test_what_cannot_be_undone_is_refused_where_nobody_can_be_asked(archive, command):
    refused = run("keys", command, "--json")
    assert (refused.exit_code, refused.answer["error"]["code"]) == (2, "consent_needed")
    assert "--yes" in refused.messages
    assert len(slots()) == 2


def test_the_last_way_in_for_people_stays(archive):
    assert run("keys", "remove", the("recovery")["id"], "--yes").exit_code == 0
    refused = run("keys", "remove", the("passphrase")["id"], "--yes", "--json")
    assert (refused.exit_code, refused.answer["error"]["code"]) == (6, "slot_needed")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("add-passphrase",), 2, "new_secret_needed"),
        (("change-passphrase",), 2, "new_secret_needed"),
        (("add-passphrase", "--new-passphrase-file", "missing"), 2, "passphrase_unusable"),
        (("change-passphrase", "--slot", "f" * 16, "--new-passphrase-file", "good"), 4, "slot_not_found"),
        (("add-passphrase", "--new-passphrase-file", "weak"), 3, "passphrase_too_weak"),
        (("add-passphrase", "--new-passphrase-file", "same"), 6, "passphrase_in_use"),
        (("add-passphrase", "--label", "x" * 65, "--new-passphrase-file", "good"), 3, "slot_label_invalid"),
        (("add-key-file", "good"), 6, "key_file_not_made"),
        (("add-key-file", "archive/inside"), 3, "key_file_inside_archive"),
        (("add-token", "https://example.org"), 2, "token_address_invalid"),
        (("add-token", "pkcs11:token=a;object=b?module-path=m&pin-value=1234"), 2, "token_address_invalid"),
        (("add-token", "pkcs11:token=a;object=b?module-path=/nowhere.so"), 2, "new_secret_needed"),
        (("add-token", "pkcs11:token=a;object=b?module-path=/nowhere.so&pin-source=good"), 6, "token_not_at_work"),
        (("remove", "f" * 16, "--yes"), 4, "slot_not_found"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    archive, tmp_path, environment, secret_file, arguments, exit_code, code
):
    environment.chdir(tmp_path)
    for name, text in (("good", NEW), ("weak", "1234567"), ("same", PASSPHRASE)):
        secret_file(text, name)
    before = (archive.home / "keyring.json").read_text()
    done = run("keys", *arguments, "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (exit_code, code)
    assert (archive.home / "keyring.json").read_text() == before


def test_only_those_who_run_the_archive_see_its_slots(archive, secret_file):
    password = secret_file("四海之内皆兄弟 2026", "password")
    run("user", "add", "li", "--role", "clerk", "--password-file", password)
    for arguments in (("list",), ("new-recovery-key",), ("remove", "0" * 16, "--yes")):
        assert run("keys", *arguments, "--as", "li").exit_code == 5


def test_every_change_is_in_the_journal_without_a_secret(archive, secret_file):
    run("keys", "add-passphrase", "--new-passphrase-file", secret_file(NEW))
    with archive.looking() as view:
        entry = next(iter(view.journal.entries(newest_first=1)))
    assert (entry.action, entry.actor) == ("slot_added", "operator")
    assert NEW not in json.dumps(dict(entry.details), ensure_ascii=False)
