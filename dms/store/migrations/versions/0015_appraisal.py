"""Appraisals and destruction lists."""

from alembic import op

revision = "0015"
down_revision = "0014"

TABLES = (
    """
    CREATE TABLE appraisal_case (
        id INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, chair TEXT NOT NULL,
        members JSON NOT NULL, begun_by TEXT NOT NULL, begun_at TEXT NOT NULL, decided_at TEXT, report TEXT NOT NULL,
        PRIMARY KEY (id), UNIQUE (number)
    )
    """,
    "CREATE INDEX ix_appraisal_case_state ON appraisal_case (state)",
    """
    CREATE TABLE appraisal_line (
        id INTEGER NOT NULL, case_id INTEGER NOT NULL, position INTEGER NOT NULL, item_key INTEGER NOT NULL,
        due_on DATE NOT NULL, term_code TEXT NOT NULL, verdict TEXT, years INTEGER, reason TEXT NOT NULL,
        PRIMARY KEY (id), UNIQUE (case_id, item_key), FOREIGN KEY(case_id) REFERENCES appraisal_case (id),
        FOREIGN KEY(item_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_appraisal_line_item_key ON appraisal_line (item_key)",
    """
    CREATE TABLE appraisal_opinion (
        id INTEGER NOT NULL, case_id INTEGER NOT NULL, line_id INTEGER, member TEXT NOT NULL, verdict TEXT NOT NULL,
        years INTEGER, reason TEXT NOT NULL, given_at TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(case_id) REFERENCES appraisal_case (id)
    )
    """,
    "CREATE INDEX ix_appraisal_opinion_case_id ON appraisal_opinion (case_id)",
    """
    CREATE TABLE destruction_list (
        id INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, turn INTEGER NOT NULL,
        method TEXT NOT NULL, place TEXT NOT NULL, appointed JSON NOT NULL, digest TEXT NOT NULL,
        begun_by TEXT NOT NULL, begun_at TEXT NOT NULL, executed_at TEXT, paper_destroyed_on DATE,
        remark TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (number)
    )
    """,
    "CREATE INDEX ix_destruction_list_state ON destruction_list (state)",
    """
    CREATE TABLE destruction_line (
        id INTEGER NOT NULL, list_id INTEGER NOT NULL, position INTEGER NOT NULL, item_key INTEGER NOT NULL,
        case_number TEXT NOT NULL, reference_code TEXT NOT NULL, title TEXT NOT NULL, volume_code TEXT NOT NULL,
        pages INTEGER, sheets INTEGER, year INTEGER, term TEXT NOT NULL, due_on DATE NOT NULL, kept_years INTEGER,
        grade INTEGER NOT NULL, medium TEXT NOT NULL, reason TEXT NOT NULL, outcome TEXT NOT NULL, spared TEXT,
        settled_at TEXT, PRIMARY KEY (id), UNIQUE (list_id, item_key),
        FOREIGN KEY(list_id) REFERENCES destruction_list (id), FOREIGN KEY(item_key) REFERENCES item ("key")
    )
    """,
    "CREATE INDEX ix_destruction_line_list_id ON destruction_line (list_id)",
    "CREATE INDEX ix_destruction_line_item_key ON destruction_line (item_key)",
    """
    CREATE TABLE destruction_act (
        id INTEGER NOT NULL, list_id INTEGER NOT NULL, turn INTEGER NOT NULL, kind TEXT NOT NULL, office TEXT,
        name TEXT NOT NULL, digest TEXT NOT NULL, remark TEXT NOT NULL, acted_at TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(list_id) REFERENCES destruction_list (id)
    )
    """,
    "CREATE INDEX ix_destruction_act_list_id ON destruction_act (list_id)",
)
NEW = (
    "destruction_act", "destruction_line", "destruction_list", "appraisal_opinion", "appraisal_line",
    "appraisal_case",
)  # fmt: skip
OPEN_CASES = "('open', 'considering')"
CHANGEABLE_LISTS = "('draft', 'returned')"
SAID = (
    "list_id", "position", "item_key", "case_number", "reference_code", "title", "volume_code", "pages", "sheets",
    "year", "term", "due_on", "kept_years", "grade", "medium", "reason",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in SAID)
TRIGGERS = {
    "appraisals_are_never_forgotten": "BEFORE DELETE ON appraisal_case",
    "decided_appraisals_never_change": (
        "BEFORE UPDATE ON appraisal_case WHEN OLD.state NOT IN ('open', 'considering') OR NEW.number IS NOT OLD.number"
    ),
    "appraised_papers_stay_listed": (
        "BEFORE DELETE ON appraisal_line WHEN EXISTS "  # ours
        "(SELECT * FROM appraisal_case WHERE id = OLD.case_id AND state != 'open')"
    ),
    "verdicts_never_change": (
        "BEFORE UPDATE ON appraisal_line WHEN NEW.case_id IS NOT OLD.case_id OR NEW.item_key IS NOT OLD.item_key "  # noqa: S608  # ours
        f"OR EXISTS (SELECT * FROM appraisal_case WHERE id = OLD.case_id AND state NOT IN {OPEN_CASES})"
    ),
    "opinions_are_never_changed": "BEFORE UPDATE ON appraisal_opinion",
    "opinions_are_never_forgotten": "BEFORE DELETE ON appraisal_opinion",
    "destruction_lists_are_never_forgotten": "BEFORE DELETE ON destruction_list",
    "ended_destruction_lists_never_change": (
        "BEFORE UPDATE ON destruction_list WHEN OLD.state IN ('closed', 'withdrawn') "
        "OR NEW.number IS NOT OLD.number OR NEW.turn < OLD.turn"
    ),
    "signed_destruction_lists_keep_their_lines": (
        "BEFORE DELETE ON destruction_line WHEN EXISTS "  # noqa: S608  # ours
        f"(SELECT * FROM destruction_list WHERE id = OLD.list_id AND state NOT IN {CHANGEABLE_LISTS})"
    ),
    "signed_destruction_lists_take_no_line": (
        "BEFORE INSERT ON destruction_line WHEN EXISTS "  # noqa: S608  # ours
        f"(SELECT * FROM destruction_list WHERE id = NEW.list_id AND state NOT IN {CHANGEABLE_LISTS})"
    ),
    "destruction_lines_only_gain_an_outcome": (
        f"BEFORE UPDATE ON destruction_line WHEN OLD.outcome != 'pending' OR {CHANGED}"
    ),
    "signatures_are_never_changed": "BEFORE UPDATE ON destruction_act",
    "signatures_are_never_forgotten": "BEFORE DELETE ON destruction_act",
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
