"""Accounts that are hard to take over: invitations, second factors, sessions, lock-out; and those who leave."""

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = (
    """
    CREATE TABLE invitation (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, code_digest TEXT NOT NULL, made_by TEXT NOT NULL,
        made_at TEXT NOT NULL, ends_at TEXT NOT NULL, used_at TEXT, withdrawn_at TEXT, PRIMARY KEY (id),
        FOREIGN KEY(user_id) REFERENCES user (id), UNIQUE (code_digest)
    )
    """,
    "CREATE INDEX ix_invitation_user_id ON invitation (user_id)",
    """
    CREATE TABLE second_factor (
        user_id INTEGER NOT NULL, secret TEXT NOT NULL, begun_at TEXT NOT NULL, confirmed_at TEXT,
        last_step INTEGER NOT NULL, PRIMARY KEY (user_id), FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    """
    CREATE TABLE recovery_code (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, digest TEXT NOT NULL, used_at TEXT, PRIMARY KEY (id),
        FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_recovery_code_user_id ON recovery_code (user_id)",
    """
    CREATE TABLE sign_in_failure (
        name TEXT NOT NULL, count INTEGER NOT NULL, failed_at TEXT NOT NULL, waits_until_at TEXT, PRIMARY KEY (name)
    )
    """,
    "CREATE INDEX ix_sign_in_failure_failed_at ON sign_in_failure (failed_at)",
    """
    CREATE TABLE web_session (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, token_digest TEXT NOT NULL, epoch INTEGER NOT NULL,
        began_at TEXT NOT NULL, seen_at TEXT NOT NULL, address TEXT NOT NULL, device TEXT NOT NULL,
        means TEXT NOT NULL, ended_at TEXT, ended_by TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(user_id) REFERENCES user (id), UNIQUE (token_digest)
    )
    """,
    "CREATE INDEX ix_web_session_user_id ON web_session (user_id)",
    """
    CREATE TABLE user_identity (
        issuer TEXT NOT NULL, subject TEXT NOT NULL, user_id INTEGER NOT NULL, linked_at TEXT NOT NULL,
        PRIMARY KEY (issuer, subject), FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_user_identity_user_id ON user_identity (user_id)",
    """
    CREATE TABLE custody_hand_over (
        id INTEGER NOT NULL, leaver TEXT NOT NULL, successor TEXT NOT NULL, reason TEXT NOT NULL,
        leaves_on DATE NOT NULL, drawn_up_by TEXT NOT NULL, drawn_up_at TEXT NOT NULL, state TEXT NOT NULL,
        things JSON NOT NULL, list_digest TEXT NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_custody_hand_over_leaver ON custody_hand_over (leaver)",
    "CREATE INDEX ix_custody_hand_over_state ON custody_hand_over (state)",
    """
    CREATE TABLE custody_hand_over_signature (
        hand_over_id INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, signed_at TEXT NOT NULL,
        PRIMARY KEY (hand_over_id, role), FOREIGN KEY(hand_over_id) REFERENCES custody_hand_over (id)
    )
    """,
)
NEW = (
    "invitation", "second_factor", "recovery_code", "sign_in_failure", "web_session", "user_identity",
    "custody_hand_over", "custody_hand_over_signature",
)  # fmt: skip
COLUMNS = ("email TEXT DEFAULT '' NOT NULL", "closed_at TEXT")
FIXED = ("id", "leaver", "successor", "reason", "leaves_on", "drawn_up_by", "drawn_up_at", "things", "list_digest")
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)
TRIGGERS = {
    "hand_overs_of_leavers_are_never_forgotten": "BEFORE DELETE ON custody_hand_over",
    "hand_overs_of_leavers_only_change_state": (
        f"BEFORE UPDATE ON custody_hand_over WHEN OLD.state <> 'drawn_up' OR {CHANGED}"
    ),
    "signatures_of_leavers_are_never_changed": "BEFORE UPDATE ON custody_hand_over_signature",
    "signatures_of_leavers_are_never_forgotten": "BEFORE DELETE ON custody_hand_over_signature",
}


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for column in COLUMNS:
        op.execute(f"ALTER TABLE user ADD COLUMN {column}")
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE user DROP COLUMN {column.split()[0]}")
    for table in reversed(NEW):
        op.execute(f"DROP TABLE {table}")
