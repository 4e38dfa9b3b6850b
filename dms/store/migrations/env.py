"""Runs the migrations on the connection that `dms.store.migrating` hands over."""

from alembic import context

from dms.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
