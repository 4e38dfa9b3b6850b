"""Segments of the index lie in sealed files beside the catalogue; it keeps their names and keys alone. What waits to be
confirmed is counted without looking at all that is filed.

The index that was there is thrown away, and made anew from the catalogue: at once where it is small, by the service
otherwise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    # One segment at a time: what a statement changes is held in memory until it ends.
    for (segment,) in op.get_bind().exec_driver_sql("SELECT id FROM index_segment").all():
        for name, bits in (("index_run", 36), ("index_text", 40)):
            bounds = (segment << bits, (segment + 1) << bits)
            op.get_bind().exec_driver_sql(f"DELETE FROM {name} WHERE key >= ? AND key < ?", bounds)  # noqa: S608
    for name in ("index_run", "index_text", "index_segment"):
        op.drop_table(name)
    op.create_table(
        "index_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "index_text",
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item_key"),
    )
    op.execute("ALTER TABLE index_state RENAME COLUMN built_to TO built")
    op.add_column("index_state", sa.Column("made_of", sa.Integer(), nullable=False, server_default="0"))
    _forget_documents("built")
    covering = ["state", "grade", "storage_only", "customer_id", "items", "pages"]
    op.create_index("held_count_by_state", "held_count", covering)


def downgrade() -> None:
    op.drop_index("held_count_by_state", "held_count")
    op.drop_column("index_state", "made_of")
    op.execute("ALTER TABLE index_state RENAME COLUMN built TO built_to")
    for name in ("index_text", "index_segment"):
        op.drop_table(name)
    op.create_table(
        "index_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("index_run", "index_text"):
        op.create_table(
            name,
            sa.Column("key", sa.Integer(), nullable=False),
            sa.Column("data", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("key"),
        )
    _forget_documents("built_to")


def _forget_documents(built: str) -> None:
    op.execute("DELETE FROM index_document")
    op.execute(
        f"UPDATE index_state SET building = NULL, {built} = 0, "  # noqa: S608  # our own words
        "complete = NOT EXISTS (SELECT 1 FROM item WHERE state IN ('review', 'filed'))"
    )
