"""Bringing a catalogue to the present schema with Alembic; the scripts are in ``migrations``."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from dms.store.engine import WRITES
from dms.store.errors import CatalogueNewer

SCRIPTS = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine) -> None:
    """Apply every migration that is missing, in one transaction; raises `CatalogueNewer` for an unknown revision."""
    with engine.connect() as connection, connection.begin():
        if _revision_in(connection) == head():
            return
    migrate(engine, "head")


def migrate(engine: Engine, revision: str) -> None:
    """Move the schema up or down to a revision, in one transaction."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        present = _revision_in(connection)
        if present is not None and present not in _known():
            raise CatalogueNewer(present)
        config = _config(connection)
        if _is_behind(present, revision):
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)


def head() -> str:
    """The revision that this program works with."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def _known() -> list[str]:
    """Every revision, oldest first."""
    scripts = ScriptDirectory.from_config(_config(None)).walk_revisions()
    return [script.revision for script in scripts][::-1]


def _is_behind(present: str | None, wanted: str) -> bool:
    if wanted == "head" or present is None:
        return True
    if wanted == "base":
        return False
    return _known().index(present) < _known().index(wanted)


def _revision_in(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
