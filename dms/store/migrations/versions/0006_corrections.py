"""What persons corrected in the texts of pages."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

STATE = "(SELECT state FROM item WHERE key = {row}.item_key)"
TRIGGERS = {
    "corrections_are_never_changed": "BEFORE UPDATE ON page_correction",
    # IS NOT, for an item that does not exist has no state that could be compared.
    "corrections_are_never_forgotten": (
        f"BEFORE DELETE ON page_correction WHEN {STATE.format(row='OLD')} IS NOT 'destroyed'"
    ),
    "no_correction_of_a_destroyed_item": (
        f"BEFORE INSERT ON page_correction WHEN {STATE.format(row='NEW')} = 'destroyed'"
    ),
}


def upgrade() -> None:
    op.create_table(
        "page_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_key"],
            ["item.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_page_correction_item_key", "page_correction", ["item_key"], unique=False)
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("page_correction")
