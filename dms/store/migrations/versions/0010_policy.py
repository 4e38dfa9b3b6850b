"""Where rights are decided: departments with those who head them, what a grant lets one do, and papers kept in store
only."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

DEPARTMENT = """
    CREATE TABLE department (
        id INTEGER NOT NULL, name TEXT NOT NULL, parent_id INTEGER, head_id INTEGER, manager_in_charge_id INTEGER,
        opened_on DATE, closed_on DATE, PRIMARY KEY (id), UNIQUE (name),
        FOREIGN KEY(parent_id) REFERENCES department (id), FOREIGN KEY(head_id) REFERENCES user (id),
        FOREIGN KEY(manager_in_charge_id) REFERENCES user (id)
    )
"""
# Departments that customers and accounts were given as words become entries of the register.
NAMED = """
    INSERT INTO department (name)
    SELECT department FROM customer WHERE department <> ''
    UNION SELECT each.value FROM user, json_each(user.departments) AS each WHERE each.value <> ''
"""
COUNTED = ("state", "grade", "customer_id")
GRANT_COLUMNS = (
    "id", "user_id", "customer_id", "item_key", "reason", "until_on", "granted_by", "granted_at",
)  # fmt: skip
NEW_GRANT_COLUMNS = ("uses", "until_at")


def upgrade() -> None:
    op.execute(DEPARTMENT)
    op.execute(NAMED)
    _forbid("departments_are_never_deleted", "BEFORE DELETE ON department")
    op.add_column("user", sa.Column("home_department", sa.Text(), nullable=False, server_default=""))
    op.add_column("access_grant", sa.Column("uses", sa.Text(), nullable=False, server_default="look"))
    op.add_column("access_grant", sa.Column("until_at", sa.Text(), nullable=True))
    _only_end_grants((*GRANT_COLUMNS, *NEW_GRANT_COLUMNS))
    op.add_column("item", sa.Column("storage_only", sa.Boolean(), nullable=False, server_default="0"))
    op.drop_index("ix_item_state_grade_customer", "item")
    op.create_index("ix_item_state_grade_customer", "item", [*COUNTED, "storage_only"])


def downgrade() -> None:
    op.drop_index("ix_item_state_grade_customer", "item")
    op.create_index("ix_item_state_grade_customer", "item", list(COUNTED))
    op.drop_column("item", "storage_only")
    _only_end_grants(GRANT_COLUMNS)
    op.drop_column("access_grant", "until_at")
    op.drop_column("access_grant", "uses")
    op.drop_column("user", "home_department")
    op.execute("DROP TRIGGER departments_are_never_deleted")
    op.drop_table("department")


def _only_end_grants(kept: tuple[str, ...]) -> None:
    op.execute("DROP TRIGGER grants_are_only_ended")
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in kept)
    _forbid(
        "grants_are_only_ended",
        f"BEFORE UPDATE ON access_grant WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR {changed}",
    )


def _forbid(name: str, event: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")
