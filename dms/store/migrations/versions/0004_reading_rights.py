"""Departments of customers and of people, and access granted beyond them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TRIGGERS = {
    "grants_are_never_deleted": "BEFORE DELETE ON access_grant",
    "grants_are_only_ended": "BEFORE UPDATE ON access_grant WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL "
    "OR NEW.id IS NOT OLD.id OR NEW.user_id IS NOT OLD.user_id OR NEW.customer_id IS NOT OLD.customer_id "
    "OR NEW.item_key IS NOT OLD.item_key OR NEW.reason IS NOT OLD.reason OR NEW.until_on IS NOT OLD.until_on "
    "OR NEW.granted_by IS NOT OLD.granted_by OR NEW.granted_at IS NOT OLD.granted_at",
}


def upgrade() -> None:
    op.add_column("customer", sa.Column("department", sa.Text(), nullable=False, server_default=""))
    op.add_column("user", sa.Column("departments", sa.JSON(), nullable=True))
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("item_key", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint("(customer_id IS NULL) <> (item_key IS NULL)", name="one_thing_is_granted"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.ForeignKeyConstraint(["item_key"], ["item.key"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_access_grant_user_id", "access_grant", ["user_id"])
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("access_grant")
    op.drop_column("user", "departments")
    op.drop_column("customer", "department")
