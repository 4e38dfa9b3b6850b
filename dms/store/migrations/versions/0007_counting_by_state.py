"""Counting what waits without reading the items: every page of the web shows that number."""

from alembic import op

revision = "0007"
down_revision = "0006"

NAME = "ix_item_state_grade_customer"


def upgrade() -> None:
    op.create_index(NAME, "item", ["state", "grade", "customer_id"])


def downgrade() -> None:
    op.drop_index(NAME, "item")
