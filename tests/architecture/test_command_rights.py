"""Which commands ask for what: every command stands here, and a person who lacks it is turned away.

The operator of the machine may everything; with ``--as`` a command asks for what the person may.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import click
import pytest
from simulators.archives import PASSPHRASE, PASSWORD, founded_archive
from simulators.command_line import run

from dms.archive import Archive
from dms.cli import EXIT_CODES, dms
from dms.custody import NewAccount, add_user
from dms.domain.actor import OPERATOR, Actor, Origin, Permission, Role
from dms.errors import Kind

NEEDS: dict[tuple[Permission, ...], str] = {
    (Permission.CONSULT,): """
        appraisal list | appraisal print | appraisal report | appraisal show | company show | contract
        export | contract list | contract missing | contract show | customer list | customer show |
        destruction approver | destruction list | destruction print | destruction show | dispute list |
        dispute show | duty done | duty notice | duty rules | hold list | hold of | item original | item pdf
        | item show | item text | location list | location show | numbers gaps | numbers list | numbers
        style | print accession-register | print bound-volume | print box-labels | print carry-forward |
        print contents-list | print contract-ledger | print customer-card | print customer-list | print
        filing-note | print item-list | print missing-papers | print spine-labels | print transfer-list |
        print volume-catalogue | print volume-cover | print volume-sheets | print year | recent clear |
        recent list | retention due | retention explain | retention rules | retention schedule | review
        rhythm | review show | saved list | saved look | saved remove | saved rename | scheme show | search
        | series list | synonyms list | title kinds | title list | title print | title requests | title
        routes | title show | title slip list | title slip show | transfer list | transfer register |
        transfer rules | transfer show | type list | volume list | volume prove | volume public-key | volume
        show | volume statement
    """,
    (Permission.RECEIVE,): """
        ingest | title slip add | title slip begin | title slip hand-over | title slip remove | title slip
        withdraw | transfer add | transfer begin | transfer hand-over | transfer remove | transfer withdraw
    """,
    (Permission.CONFIRM,): """
        item correct | item describe | item relate | item unrelate | title slip confirm | transfer tie |
        volume check | volume note
    """,
    (Permission.MANAGE_CUSTOMERS,): """
        contract import | contract state | customer add | customer change | customer merge | duty recurring
        | duty remind | location add | location change | location move | location retire | numbers check |
        numbers explain | scheme adopt | synonyms set | transfer accept | transfer check | transfer extend |
        transfer return | volume bind | volume catalogue | volume hand-over | volume seal | volume shelve |
        volume take-over
    """,
    (Permission.REQUEST_USE,): """
        loan list | loan renew | loan show | loan sign | request ask | request effect | request list |
        request remind | request rules | request show | request withdraw | title request | title withdraw
    """,
    (Permission.DECIDE_REQUESTS,): """
        request decide | request deputy | request revoke | title decide
    """,
    (Permission.LEND,): """
        loan hand-out | loan lose | loan recall | loan return | request copies | request find | request
        lapse
    """,
    (Permission.KEEP_TITLES,): """
        title bring-back | title exchange | title lost | title move | title put-in | title safe close |
        title safe list | title safe open | title slip check | title slip take-over | title stock-take begin
        | title stock-take cancel | title stock-take count | title stock-take explain | title stock-take
        list | title stock-take plan | title stock-take show | title stock-take sign | title take-out
    """,
    (Permission.KEEP_TITLES, Permission.CONFIRM): """
        title slip return
    """,
    (Permission.REVIEW_CUSTOMERS,): """
        review list | review record | review report
    """,
    (Permission.OVERSEE_DUTIES,): """
        duty overview
    """,
    (Permission.HOLD,): """
        dispute add | dispute close | dispute put | dispute reopen | dispute take-out | hold place | hold
        release
    """,
    (Permission.MANAGE_RETENTION,): """
        appraisal add | appraisal begin | appraisal submit | appraisal withdraw | destruction draw-up |
        destruction submit | destruction withdraw | retention recompute | retention state
    """,
    (Permission.CARRY_OUT_DESTRUCTION,): """
        destruction carry-out
    """,
    (Permission.READ_REPORTS,): """
        report archive | report contracts | report customer-classes | report customer-years | report
        fonds-guide | report hand-in | report handed-in | report inspection | request register
    """,
    (Permission.MANAGE_PERSONAL_DATA,): """
        personal-data answer | personal-data find | personal-data lift | personal-data restrict |
        personal-data restricted
    """,
    (Permission.MANAGE_PERSONAL_DATA, Permission.READ_REPORTS): """
        personal-data requests
    """,
    (Permission.READ_JOURNAL,): """
        verify
    """,
    (Permission.MANAGE_USERS,): """
        department add | department change | department close | department list | title safe keeper | user
        add | user belongs | user clearance | user close | user departments | user email | user end-grant |
        user grant | user grants | user hand-over | user hand-over-list | user hand-overs | user held | user
        invite | user list | user openid-secret | user reset-second-factor | user revoke | user roles | user
        rules | user sessions | user unlock | user withdraw-hand-over
    """,
    (Permission.OPERATE,): """
        backup | backup-place add | backup-place list | backup-place remove | backup-place set | company
        name | drill | duty mail-server | duty mail-test | duty round | export | import | keys add-key-file
        | keys add-passphrase | keys add-token | keys change-passphrase | keys change-root | keys list |
        keys new-recovery-key | keys remove | keys retire | keys rotate | keys status | repair | series set
        | type set
    """,
}
"""By what is needed, one of several being enough; names are parted by ``|``."""

OF_THE_MACHINE = frozenset(
    {
        "access-policy",
        "bench backup",
        "bench custody",
        "bench filing",
        "bench reading",
        "bench rotation",
        "bench search",
        "bench vault",
        "demo",
        "init",
        "restore",
        "serve",
    }
)
"""What does not act for a person: it founds, serves, restores, measures, or tells what is no secret."""
FOR_EVERYONE = frozenset({"duty feed", "duty list"})
"""What everyone who has an account may ask, for it is about himself."""
ASKS_FIRST = frozenset(
    {
        "appraisal add",
        "appraisal submit",
        "backup",
        "backup-place set",
        "contract import",
        "contract state",
        "customer change",
        "destruction carry-out",
        "destruction submit",
        "destruction withdraw",
        "ingest",
        "item correct",
        "item describe",
        "keys add-passphrase",
        "keys add-token",
        "keys change-passphrase",
        "location change",
        "repair",
        "request decide",
        "scheme adopt",
        "search",
        "synonyms set",
        "title decide",
        "title lost",
        "title safe close",
        "title safe open",
        "title slip check",
        "title slip confirm",
        "title slip hand-over",
        "title slip return",
        "title slip take-over",
        "title stock-take sign",
        "transfer accept",
        "transfer add",
        "transfer extend",
        "transfer withdraw",
        "user hand-over-list",
        "user hand-overs",
        "user held",
    }
)
"""What looks for its subject, a file or a signature before it asks who acts; it gives nothing away either."""
_TURNED_AWAY = (Kind.USAGE, Kind.REFUSED_INPUT, Kind.NOT_FOUND, Kind.FORBIDDEN)
SHARE = int(os.environ.get("DMS_TEST_COMMANDS", "8"))
"""One command in so many is tried with a person; 1 for all of them (``make nightly``)."""


def walked(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from walked(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


COMMANDS = dict(walked(dms))
ASKED = {" ".join(name.split()): needed for needed, names in NEEDS.items() for name in names.split("|")}


def test_every_command_says_whom_it_is_for():
    assert set(COMMANDS) == set(ASKED) | OF_THE_MACHINE | FOR_EVERYONE


def test_no_command_is_said_to_be_for_two():
    named = [name for names in NEEDS.values() for name in names.split("|")]
    assert len(named) == len(ASKED)
    assert not set(ASKED) & (OF_THE_MACHINE | FOR_EVERYONE)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an archive with one person in every role."""
    folder = tmp_path_factory.mktemp("commands")
    archive = founded_archive(folder / "archive")
    for role in Role:
        _add(role, archive)
    archive.close()
    (folder / "passphrase").write_text(PASSPHRASE)
    (folder / "anything").write_text(PASSWORD)
    yield folder


def _add(role: Role, archive: Archive) -> None:
    account = NewAccount(name=_name(role), password=PASSWORD, roles=frozenset({role}), clearance=1)
    add_user(OPERATOR, account, archive=archive)


def _name(role: Role) -> str:
    return f"person-{role.value.replace('_', '-')}"


def lacking(command: str) -> Role:
    """Somebody who may not what the command needs; another one for every command."""
    barred = [role for role in Role if not any(_may(role, permission) for permission in ASKED[command])]
    return barred[crc32(command.encode()) % len(barred)]


def _may(role: Role, permission: Permission) -> bool:
    person = Actor(user_id=1, name="甲", roles=frozenset({role}), clearance=1, origin=Origin.COMMAND_LINE)
    return person.may(permission)


TRIED = [command for command in sorted(ASKED) if crc32(command.encode()) % SHARE == 0]


@pytest.mark.parametrize("command", TRIED)
def test_whoever_lacks_it_is_turned_away(people, command, monkeypatch):
    monkeypatch.setenv("DMS_LANG", "en")
    monkeypatch.setenv("DMS_MIN_FREE_DISK_MB", "0")
    monkeypatch.setenv("DMS_READING_PROCESSES", "1")
    given = [*arguments(COMMANDS[command], people), "--as", _name(lacking(command))]
    shared = ["--home", people / "archive", "--passphrase-file", people / "passphrase"]
    done = run(*command.split(), *given, *shared)
    if command in ASKS_FIRST:
        assert done.exit_code in {EXIT_CODES[kind] for kind in _TURNED_AWAY}
    else:
        assert done.exit_code == EXIT_CODES[Kind.FORBIDDEN], done.messages


def arguments(command: click.Command, folder: Path) -> list[str]:
    """Something for everything that the command wants stated, and consent."""
    stated: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name == "yes":
            stated.append("--yes")
        elif parameter.required and parameter.name not in {"home"}:
            words = [parameter.opts[-1]] if isinstance(parameter, click.Option) else []
            stated += [*words, *[value_for(parameter, folder)] * max(parameter.nargs, 1)]
    return stated


def value_for(parameter: click.Parameter, folder: Path) -> str:
    match parameter.type:
        case click.Choice(choices=choices):
            return str(next(iter(choices)))
        case click.IntRange(min=least):
            return str(int(least or 1))
        case click.DateTime():
            return "2026-03-02"
        case click.Path() as path:
            return str(folder / ("anything" if path.exists else "nothing.pdf"))
        case _ if parameter.type is click.INT:
            return "1"
        case _:
            return "1"
