"""Reviews of customers, duties and the reminders that were sent of them."""

from alembic import op

revision = "0014"
down_revision = "0013"

TABLES = (
    """
    CREATE TABLE customer_review (
        id INTEGER NOT NULL, customer_id INTEGER NOT NULL, reviewed_on DATE NOT NULL, reviewed_at TEXT NOT NULL,
        "by" TEXT NOT NULL, grade TEXT NOT NULL, former_grade TEXT NOT NULL, outlook TEXT NOT NULL,
        risks JSON NOT NULL, is_watched BOOLEAN NOT NULL, opinion TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_customer_review_customer_id_id ON customer_review (customer_id, id)",
    "CREATE INDEX ix_customer_review_reviewed_on ON customer_review (reviewed_on)",
    """
    CREATE TABLE reminder (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        owner TEXT NOT NULL, due_on DATE NOT NULL, step TEXT NOT NULL, told_on DATE NOT NULL, told_at TEXT NOT NULL,
        what_zh TEXT NOT NULL, what_en TEXT NOT NULL, read_at TEXT, PRIMARY KEY (id),
        UNIQUE (user_id, kind, subject, owner, due_on, step), FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_reminder_user_id_read_at ON reminder (user_id, read_at)",
    "CREATE INDEX ix_reminder_told_on ON reminder (told_on)",
    "CREATE INDEX ix_reminder_kind_subject ON reminder (kind, subject)",
    """
    CREATE TABLE mail (
        id INTEGER NOT NULL, user_id INTEGER NOT NULL, address TEXT NOT NULL, occasion TEXT NOT NULL,
        subject TEXT NOT NULL, body TEXT NOT NULL, queued_at TEXT NOT NULL, state TEXT NOT NULL,
        tries INTEGER NOT NULL, next_try_at TEXT, sent_at TEXT, problem_zh TEXT NOT NULL, problem_en TEXT NOT NULL,
        PRIMARY KEY (id), UNIQUE (user_id, occasion), FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_mail_next_try_at ON mail (next_try_at)",
    """
    CREATE TABLE mail_server (
        id INTEGER NOT NULL, host TEXT NOT NULL, port INTEGER NOT NULL, security TEXT NOT NULL, sender TEXT NOT NULL,
        user_name TEXT NOT NULL, password TEXT NOT NULL, page_address TEXT NOT NULL, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE duty_done (
        subject TEXT NOT NULL, "by" TEXT NOT NULL, done_at TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (subject)
    )
    """,
    """
    CREATE TABLE notice_wish (
        user_id INTEGER NOT NULL, by_mail BOOLEAN NOT NULL, feed_digest TEXT,
        feed_made_at TEXT, feed_read_on DATE, PRIMARY KEY (user_id), FOREIGN KEY(user_id) REFERENCES user (id),
        UNIQUE (feed_digest)
    )
    """,
    """
    CREATE TABLE missing_owed (
        id INTEGER NOT NULL, customer_id INTEGER NOT NULL, contract_id INTEGER, department TEXT NOT NULL,
        requirements JSON NOT NULL, found_on DATE NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(customer_id) REFERENCES customer (id), FOREIGN KEY(contract_id) REFERENCES contract (id)
    )
    """,
    "CREATE INDEX ix_missing_owed_customer_id_contract_id ON missing_owed (customer_id, contract_id)",
    "CREATE INDEX ix_missing_owed_department_found_on ON missing_owed (department, found_on)",
    "CREATE INDEX ix_item_validity ON item (customer_id, type_code, contract_id, valid_to_on, state) "
    "WHERE valid_to_on IS NOT NULL",
)
NEW = ("customer_review", "reminder", "mail", "mail_server", "duty_done", "notice_wish", "missing_owed")
TOLD = " OR ".join(
    f"NEW.{column} IS NOT OLD.{column}"
    for column in ("user_id", "kind", "subject", "owner", "due_on", "step", "told_on", "told_at", "what_zh", "what_en")
)
TRIGGERS = {
    "reviews_are_never_changed": "BEFORE UPDATE ON customer_review",
    "reviews_are_never_forgotten": "BEFORE DELETE ON customer_review",
    "what_was_done_is_never_changed": "BEFORE UPDATE ON duty_done",
    "what_was_done_is_never_forgotten": "BEFORE DELETE ON duty_done",
    "reminders_are_only_read": f"BEFORE UPDATE ON reminder WHEN {TOLD}",
    "reminders_are_never_forgotten": "BEFORE DELETE ON reminder",
}


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP INDEX ix_item_validity")
    for table in reversed(NEW):
        op.execute(f"DROP TABLE {table}")
