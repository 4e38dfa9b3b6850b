"""Bringing a catalogue to the present schema with Alembic; the scripts are in ``migrations``, numbered in their order.

Invariant: a catalogue that is up to date is opened without loading Alembic, since every command opens one.
"""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from dms.store.engine import WRITES
from dms.store.errors import CatalogueNewer

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
_one_at_a_time = Lock()
"""Alembic keeps the catalogue that it is working on under global names."""


def bring_up_to_date(engine: Engine) -> None:
    """Apply every migration that is missing, in one transaction; raises `CatalogueNewer` for an unknown revision."""
    with engine.connect() as connection, connection.begin():
        if _revision_in(connection) == head():
            return
    migrate(engine, "head")


def migrate(engine: Engine, revision: str) -> None:
    """Move the schema up or down to a revision, in one transaction."""
    from alembic import command

    with _one_at_a_time, engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        present = _revision_in(connection)
        if present is not None and present not in revisions():
            raise CatalogueNewer(present)
        config = _config(connection)
        if _is_behind(present, revision):
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)


def revisions() -> list[str]:
    """Every revision that this program knows, oldest first; a script is named after its own, ``0001_…``."""
    return sorted(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """The revision that this program works with."""
    return revisions()[-1]


def _is_behind(present: str | None, wanted: str) -> bool:
    if wanted == "head" or present is None:
        return True
    if wanted == "base":
        return False
    return revisions().index(present) < revisions().index(wanted)


def _revision_in(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
