"""Reports that were handed in, the guide to the fonds, requests about personal data, papers kept in store only."""

from alembic import op

revision = "0016"
down_revision = "0015"

TABLES = (
    """
    CREATE TABLE fonds_guide (
        version INTEGER NOT NULL, creator_history TEXT NOT NULL, custody_history TEXT NOT NULL, contents TEXT NOT NULL,
        "use" TEXT NOT NULL, written_by TEXT NOT NULL, written_at TEXT NOT NULL, PRIMARY KEY (version)
    )
    """,
    """
    CREATE TABLE handed_in_report (
        id INTEGER NOT NULL, name TEXT NOT NULL, first_on DATE NOT NULL, last_on DATE NOT NULL, title TEXT NOT NULL,
        recipient TEXT NOT NULL, figures JSON NOT NULL, pdf BLOB NOT NULL, digest TEXT NOT NULL,
        size_bytes INTEGER NOT NULL, handed_in_at TEXT NOT NULL, handed_in_by TEXT NOT NULL,
        clearance INTEGER NOT NULL, departments JSON, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE subject_request (
        id INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, identity_number TEXT NOT NULL,
        contact TEXT NOT NULL, received_on DATE NOT NULL, identity_checked TEXT NOT NULL, remark TEXT NOT NULL,
        entered_by TEXT NOT NULL, entered_at TEXT NOT NULL, answer TEXT NOT NULL, answered_at TEXT,
        answered_by TEXT NOT NULL, papers JSON NOT NULL, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE restriction (
        id INTEGER NOT NULL, item_key INTEGER NOT NULL, restricted BOOLEAN NOT NULL, reason TEXT NOT NULL,
        request_id INTEGER, "by" TEXT NOT NULL, "at" TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(item_key) REFERENCES item ("key"), FOREIGN KEY(request_id) REFERENCES subject_request (id)
    )
    """,
    "CREATE INDEX ix_restriction_item_key ON restriction (item_key)",
)
NEW = ("restriction", "subject_request", "handed_in_report", "fonds_guide")
ASKED = " OR ".join(
    f"NEW.{column} IS NOT OLD.{column}"
    for column in (
        *("id", "kind", "person", "identity_number", "contact", "received_on", "identity_checked"),
        *("remark", "entered_by", "entered_at"),
    )
)
TRIGGERS = {
    "guides_are_never_changed": "BEFORE UPDATE ON fonds_guide",
    "guides_are_never_forgotten": "BEFORE DELETE ON fonds_guide",
    "reports_are_never_changed": "BEFORE UPDATE ON handed_in_report",
    "reports_are_never_forgotten": "BEFORE DELETE ON handed_in_report",
    "restrictions_are_never_changed": "BEFORE UPDATE ON restriction",
    "restrictions_are_never_forgotten": "BEFORE DELETE ON restriction",
    "subject_requests_are_answered_once": (
        f"BEFORE UPDATE ON subject_request WHEN OLD.answered_at IS NOT NULL OR {ASKED}"
    ),
    "subject_requests_are_never_forgotten": "BEFORE DELETE ON subject_request",
}


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for table in NEW:
        op.execute(f"DROP TABLE {table}")
