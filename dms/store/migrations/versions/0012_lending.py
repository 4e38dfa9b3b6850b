"""Requests for use, their decisions, consultations and loans."""

from alembic import op

revision = "0012"
down_revision = "0011"

TABLES = (
    """
    CREATE TABLE use_request (
        id INTEGER NOT NULL, number TEXT NOT NULL, user_id INTEGER NOT NULL, user_name TEXT NOT NULL,
        display_name TEXT NOT NULL, department TEXT NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL,
        outside_party TEXT NOT NULL, days INTEGER NOT NULL, copies INTEGER NOT NULL, state TEXT NOT NULL,
        is_veiled BOOLEAN NOT NULL, grade INTEGER, route JSON NOT NULL, step INTEGER NOT NULL,
        asked_at TEXT NOT NULL, decide_by_on DATE NOT NULL, decided_at TEXT, use_until_on DATE, ended_at TEXT,
        effect TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_use_request_user_id ON use_request (user_id)",
    "CREATE INDEX ix_use_request_state ON use_request (state)",
    "CREATE INDEX ix_use_request_asked_at ON use_request (asked_at)",
    """
    CREATE TABLE request_line (
        id INTEGER NOT NULL, request_id INTEGER NOT NULL, position INTEGER NOT NULL, item_key INTEGER,
        volume_id INTEGER, described TEXT NOT NULL, added_by TEXT NOT NULL, PRIMARY KEY (id),
        UNIQUE (request_id, position), FOREIGN KEY(request_id) REFERENCES use_request (id),
        FOREIGN KEY(item_key) REFERENCES item ("key"), FOREIGN KEY(volume_id) REFERENCES volume (id)
    )
    """,
    "CREATE INDEX ix_request_line_item_key ON request_line (item_key)",
    "CREATE INDEX ix_request_line_volume_id ON request_line (volume_id)",
    """
    CREATE TABLE request_event (
        id INTEGER NOT NULL, request_id INTEGER NOT NULL, happened_at TEXT NOT NULL, kind TEXT NOT NULL,
        "by" TEXT NOT NULL, on_behalf_of TEXT NOT NULL, step JSON, text TEXT NOT NULL, count INTEGER,
        PRIMARY KEY (id), FOREIGN KEY(request_id) REFERENCES use_request (id)
    )
    """,
    "CREATE INDEX ix_request_event_request_id ON request_event (request_id)",
    """
    CREATE TABLE request_grant (
        request_id INTEGER NOT NULL, grant_id INTEGER NOT NULL, PRIMARY KEY (request_id, grant_id),
        FOREIGN KEY(request_id) REFERENCES use_request (id), FOREIGN KEY(grant_id) REFERENCES access_grant (id)
    )
    """,
    """
    CREATE TABLE deputy (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, deputy_id INTEGER NOT NULL, from_on DATE NOT NULL,
        until_on DATE NOT NULL, stated_by TEXT NOT NULL, stated_at TEXT NOT NULL, ended_at TEXT, PRIMARY KEY (id),
        FOREIGN KEY(user_id) REFERENCES user (id), FOREIGN KEY(deputy_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_deputy_user_id ON deputy (user_id)",
    "CREATE INDEX ix_deputy_deputy_id ON deputy (deputy_id)",
    """
    CREATE TABLE loan (
        id INTEGER NOT NULL, request_id INTEGER NOT NULL, line_id INTEGER NOT NULL, item_key INTEGER,
        volume_id INTEGER, user_id INTEGER NOT NULL, borrower TEXT NOT NULL, department TEXT NOT NULL,
        state TEXT NOT NULL, handed_out_at TEXT NOT NULL, handed_out_by TEXT NOT NULL, condition_out TEXT NOT NULL,
        sheets_out INTEGER, signed_at TEXT, due_on DATE NOT NULL, renewals INTEGER NOT NULL, recalled_at TEXT,
        recall_reason TEXT NOT NULL, returned_at TEXT, returned_to TEXT NOT NULL, condition_in TEXT,
        condition_note TEXT NOT NULL, lost_at TEXT, loss_report TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(request_id) REFERENCES use_request (id), FOREIGN KEY(line_id) REFERENCES request_line (id),
        FOREIGN KEY(item_key) REFERENCES item ("key"), FOREIGN KEY(volume_id) REFERENCES volume (id),
        FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_loan_request_id ON loan (request_id)",
    "CREATE INDEX ix_loan_item_key ON loan (item_key)",
    "CREATE INDEX ix_loan_volume_id ON loan (volume_id)",
    "CREATE INDEX ix_loan_user_id ON loan (user_id)",
    "CREATE INDEX ix_loan_state_due_on ON loan (state, due_on)",
    "CREATE UNIQUE INDEX ix_loan_item_away ON loan (item_key) WHERE state <> 'returned'",
    "CREATE UNIQUE INDEX ix_loan_volume_away ON loan (volume_id) WHERE state <> 'returned'",
)
NEW = ("use_request", "request_line", "request_event", "request_grant", "deputy", "loan")
ENDED = "('refused', 'withdrawn', 'lapsed', 'revoked', 'closed')"
ASKED = ("number", "user_id", "user_name", "department", "kind", "purpose", "outside_party", "asked_at")
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in ASKED)
LENT = ("request_id", "line_id", "item_key", "volume_id", "user_id", "borrower", "handed_out_at", "handed_out_by")
MOVED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in LENT)
TRIGGERS = {
    "requests_are_never_forgotten": "BEFORE DELETE ON use_request",
    "requests_stay_as_asked": f"BEFORE UPDATE ON use_request WHEN {CHANGED}",
    "ended_requests_stay_ended": (
        f"BEFORE UPDATE OF state ON use_request WHEN OLD.state IN {ENDED} AND NEW.state <> OLD.state"
    ),
    "request_lines_are_never_changed": "BEFORE UPDATE ON request_line",
    "request_lines_are_never_forgotten": "BEFORE DELETE ON request_line",
    "request_events_are_never_changed": "BEFORE UPDATE ON request_event",
    "request_events_are_never_forgotten": "BEFORE DELETE ON request_event",
    "deputies_are_never_forgotten": "BEFORE DELETE ON deputy",
    "request_grants_are_never_forgotten": "BEFORE DELETE ON request_grant",
    "loans_are_never_forgotten": "BEFORE DELETE ON loan",
    "loans_stay_as_handed_out": f"BEFORE UPDATE ON loan WHEN {MOVED}",
    "returned_loans_stay_returned": "BEFORE UPDATE ON loan WHEN OLD.state = 'returned'",
}


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(NEW):
        op.execute(f"DROP TABLE {table}")
