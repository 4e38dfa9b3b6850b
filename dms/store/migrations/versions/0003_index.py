"""The index in segments, and what has changed since it was last looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "index_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "index_document",
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_key"),
    )
    for name in ("index_run", "index_text"):
        op.create_table(
            name,
            sa.Column("key", sa.Integer(), nullable=False),
            sa.Column("data", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("key"),
        )
    op.create_table(
        "index_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("building", sa.Integer(), nullable=True),
        sa.Column("built_to", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO index_state (id, generation, complete, building, built_to) "
        "SELECT 1, 1, count(*) = 0, NULL, 0 FROM item WHERE state IN ('review', 'filed')"
    )
    # A number is never given twice, so whoever remembers the last one knows what has changed since.
    op.execute("CREATE TABLE item_change (seq INTEGER PRIMARY KEY AUTOINCREMENT, item_key INTEGER NOT NULL UNIQUE)")
    for event in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER item_{event.lower()}_is_a_change AFTER {event} ON item "
            "BEGIN INSERT OR REPLACE INTO item_change (item_key) VALUES (NEW.key); END"
        )


def downgrade() -> None:
    for event in ("insert", "update"):
        op.execute(f"DROP TRIGGER item_{event}_is_a_change")
    for name in ("item_change", "index_state", "index_text", "index_run", "index_document", "index_segment"):
        op.drop_table(name)
