"""The ``dms`` command. Exit codes are assigned here and nowhere else."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from dms.cli import binding as _binding  # noqa: F401 -- adds its command to the group of volumes
from dms.cli import customers as _customers  # noqa: F401 -- adds its commands to the group of customers
from dms.cli import duty_settings as _duty_settings  # noqa: F401 -- adds its commands to the group of duties
from dms.cli import item_particulars as _item_particulars  # noqa: F401 -- adds its commands to the group of items
from dms.cli import key_rotation as _key_rotation  # noqa: F401 -- adds its commands to the group of keys
from dms.cli import leaving as _leaving  # noqa: F401 -- adds its commands to the group of accounts
from dms.cli import (  # noqa: F401 -- add their commands to the group
    measuring_backups,
    measuring_custody,
    measuring_filing,
    measuring_rotation,
    measuring_search,
    measuring_vault,
)
from dms.cli import positions as _positions  # noqa: F401 -- adds its commands to the group of accounts
from dms.cli import rights as _rights  # noqa: F401 -- adds its commands to the group of accounts
from dms.cli import securing as _securing  # noqa: F401 -- adds its commands to the group of accounts
from dms.cli import title_counting as _title_counting  # noqa: F401 -- adds its commands to the group of title documents
from dms.cli import title_steps as _title_steps  # noqa: F401 -- adds its commands to the group of title documents
from dms.cli import transfer_lists as _transfer_lists  # noqa: F401 -- adds its commands to the group of hand-overs
from dms.cli import volumes as _volumes  # noqa: F401 -- adds its commands to the group of volumes
from dms.cli.appraising import appraisal_group
from dms.cli.arranging import numbers_group, scheme_group
from dms.cli.backing_up import backup_command, place_group
from dms.cli.contracts import contract_group
from dms.cli.demonstrating import demo_command
from dms.cli.departments import department_group
from dms.cli.destroying import destruction_group
from dms.cli.duties import duty_group
from dms.cli.errors import AfterTheAnswer, Interrupted
from dms.cli.exchanging import export_command, import_command
from dms.cli.founding import init_command
from dms.cli.framing import company_group, series_group, type_group
from dms.cli.holds import dispute_group, hold_group
from dms.cli.ingesting import ingest_command
from dms.cli.items import item_group
from dms.cli.keys import keys_group
from dms.cli.loans import loan_group
from dms.cli.locations import location_group
from dms.cli.measuring import bench_group
from dms.cli.personal_data import personal_data_group
from dms.cli.positions import access_policy_command
from dms.cli.printing import print_group
from dms.cli.registers import customer_group, user_group, volume_group
from dms.cli.reporting import report_group
from dms.cli.requests import request_group
from dms.cli.restoring import drill_command, restore_command
from dms.cli.retention import retention_group
from dms.cli.reviewing import review_group
from dms.cli.saved_searches import recent_group, saved_group
from dms.cli.searching import search_command
from dms.cli.serving import serve_command
from dms.cli.session import answer
from dms.cli.synonyms import synonyms_group
from dms.cli.titles import title_group
from dms.cli.transferring import transfer_group
from dms.cli.usage import usage_hint, usage_told
from dms.cli.verifying import repair_command, verify_command
from dms.config import language_in
from dms.errors import DmsError, Kind
from dms.process import guard_memory

__all__ = ["main"]

EXIT_CODES: dict[Kind, int] = {
    Kind.UNEXPECTED: 1,
    Kind.USAGE: 2,
    Kind.REFUSED_INPUT: 3,
    Kind.NOT_FOUND: 4,
    Kind.FORBIDDEN: 5,
    Kind.CONFLICT: 6,
    Kind.DAMAGE: 7,
}
INTERRUPTED = 130
PRIVATE_UMASK = 0o077
"""What we write, the catalogue and papers taken out of the archive alike, is for this account's eyes only."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="anjuan")
def dms() -> None:
    """Anjuan 案卷: an encrypted, searchable archive of original contract materials 客户档案原始资料."""


for _command in (
    init_command,
    demo_command,
    serve_command,
    ingest_command,
    search_command,
    saved_group,
    recent_group,
    synonyms_group,
    customer_group,
    contract_group,
    item_group,
    volume_group,
    print_group,
    report_group,
    duty_group,
    review_group,
    personal_data_group,
    transfer_group,
    retention_group,
    hold_group,
    dispute_group,
    appraisal_group,
    destruction_group,
    title_group,
    request_group,
    loan_group,
    location_group,
    user_group,
    department_group,
    access_policy_command,
    company_group,
    series_group,
    type_group,
    scheme_group,
    numbers_group,
    keys_group,
    verify_command,
    repair_command,
    backup_command,
    place_group,
    restore_command,
    drill_command,
    export_command,
    import_command,
    bench_group,
):
    dms.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code; a refusal says what happened, why, and what to do."""
    os.umask(PRIVATE_UMASK)
    guard_memory()
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_with_any_terminal()
    try:
        dms.main(given, prog_name="dms", standalone_mode=False)
    except DmsError as error:
        _tell(error, as_json="--json" in given and not isinstance(error, AfterTheAnswer))
        sys.exit(EXIT_CODES[error.kind])
    except click.ClickException as error:
        _tell_usage(error, as_json="--json" in given)
        sys.exit(EXIT_CODES[Kind.USAGE])
    except (click.Abort, KeyboardInterrupt):
        _tell(Interrupted(), as_json="--json" in given)
        sys.exit(INTERRUPTED)


def _speak_with_any_terminal() -> None:
    """A character that the terminal cannot show becomes a question mark and never the end of the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _tell_usage(error: click.ClickException, *, as_json: bool) -> None:
    language, told = language_in(os.environ), usage_told(error)
    click.echo(f"dms: {told.in_language(language)} {usage_hint(error).in_language(language)}".rstrip(), err=True)
    if as_json:
        said = {"message": told.in_language(language), "message_zh": told.zh, "message_en": told.en}
        answer({"error": {"code": "usage", **said}})


def _tell(error: DmsError, *, as_json: bool) -> None:
    message = error.message
    text = message.in_language(language_in(os.environ))
    click.echo(f"dms: {text} [{error.code}]", err=True)
    if as_json:
        answer({"error": {"code": error.code, "message": text, "message_zh": message.zh, "message_en": message.en}})
