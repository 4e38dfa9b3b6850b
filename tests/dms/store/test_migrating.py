"""Every migration goes up, down and up again, and what it leads to is exactly what the program works with."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from store_parts import KEY, NOW, add_customer, add_filed_item, state_frame

from dms.domain.actor import OPERATOR
from dms.store import CatalogueNewer, Store, UnitOfWork
from dms.store.engine import WRITES, open_engine
from dms.store.migrating import SCRIPTS, bring_up_to_date, head, migrate
from dms.store.tables import metadata

REVISIONS = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]


@pytest.fixture
def engine(catalogue):
    opened = open_engine(catalogue, KEY)
    yield opened
    opened.dispose()


def schema(engine: Engine) -> dict[str, str]:
    """Every table, index and trigger with the statement that made it, but for Alembic's own."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {row.name: row.sql for row in rows if "alembic" not in row.name and not row.name.startswith("sqlite_")}


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@pytest.mark.parametrize("step", range(len(REVISIONS)), ids=REVISIONS)
def test_every_migration_goes_up_down_and_up_again(engine, step):
    before, after = ["base", *REVISIONS][step], REVISIONS[step]
    if before != "base":
        migrate(engine, before)
    schema_before = schema(engine)
    migrate(engine, after)
    schema_after = schema(engine)
    migrate(engine, before)
    assert schema(engine) == schema_before
    migrate(engine, after)
    assert schema(engine) == schema_after
    assert revision(engine) == after


def test_there_is_one_line_of_migrations():
    assert head() == REVISIONS[-1]
    assert len(set(REVISIONS)) == len(REVISIONS)


def test_the_migrations_lead_to_the_tables_that_the_program_knows(engine):
    bring_up_to_date(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    tables = [difference for difference in differences if not of_the_index(difference)]
    assert tables == []


def of_the_index(difference: tuple) -> bool:
    """The tables of FTS5, which SQLAlchemy does not know."""
    return difference[0] == "remove_table" and difference[1].name.startswith("fulltext")


def test_the_first_migration_brings_index_and_triggers_and_takes_them_away_again(engine):
    migrate(engine, "0001")
    assert {"fulltext", "journal_is_never_changed", "journal_is_never_shortened", "items_are_never_deleted"} <= set(
        schema(engine)
    )
    migrate(engine, "base")
    assert schema(engine) == {}


def test_the_first_migration_goes_down_even_where_papers_are_filed_and_journaled(catalogue, engine):
    filled = Store.open(catalogue, KEY)
    with filled.begin() as work:
        state_frame(work)
        add_filed_item(work, customer_id=add_customer(work))
        work.journal.record(OPERATOR, "item_filed", "x", at=NOW, details={})
    filled.close()
    migrate(engine, "base")
    assert schema(engine) == {}


def test_opening_an_up_to_date_catalogue_changes_nothing(store, catalogue):
    with store.begin() as work:
        add_customer(work)
    store.close()
    again = Store.open(catalogue, KEY)
    with again.looking() as view:
        assert [customer.code for customer in view.customers.all()] == ["C0001"]
    again.close()


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(store, catalogue, engine):
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = schema(engine)
    with pytest.raises(CatalogueNewer) as caught:
        Store.open(catalogue, KEY)
    assert "9999" in caught.value.message.zh
    assert "9999" in caught.value.message.en
    assert schema(engine) == before
    assert revision(engine) == "9999"


def test_a_migration_that_breaks_off_leaves_the_catalogue_as_it_was(engine):
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("CREATE TABLE volume (id INTEGER)"))  # in the way of the first migration
    with pytest.raises(Exception, match="volume"):
        migrate(engine, "head")
    assert set(schema(engine)) == {"volume"}
    assert revision(engine) is None


def test_a_new_catalogue_opened_by_several_at_once_is_made_once(catalogue):
    start, opened = threading.Barrier(4), []

    def open_catalogue():
        start.wait()
        opened.append(Store.open(catalogue, KEY))

    threads = [threading.Thread(target=open_catalogue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for store in opened:
        with store.looking() as view:
            assert isinstance(view, UnitOfWork)
        store.close()
