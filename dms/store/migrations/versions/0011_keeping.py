"""Holds, and the day on which each paper's term ends."""

from alembic import op

revision = "0011"
down_revision = "0010"

TABLES = {
    "hold": """
        CREATE TABLE hold (
            id INTEGER NOT NULL, target TEXT NOT NULL, subject_id INTEGER NOT NULL, reason TEXT NOT NULL,
            authority TEXT NOT NULL, placed_by TEXT NOT NULL, placed_at TEXT NOT NULL, released_by TEXT,
            released_at TEXT, release_reason TEXT, release_authority TEXT, PRIMARY KEY (id)
        )
    """,
    "hold_kept": """
        CREATE TABLE hold_kept (
            hold_id INTEGER NOT NULL, item_key INTEGER NOT NULL, PRIMARY KEY (hold_id, item_key),
            FOREIGN KEY(hold_id) REFERENCES hold (id), FOREIGN KEY(item_key) REFERENCES item ("key")
        )
    """,
    "dispute": """
        CREATE TABLE dispute (
            id INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, parties JSON NOT NULL,
            opened_on DATE NOT NULL, closed_on DATE, outcome TEXT NOT NULL, remark TEXT NOT NULL,
            PRIMARY KEY (id), UNIQUE (number)
        )
    """,
    "dispute_subject": """
        CREATE TABLE dispute_subject (
            id INTEGER NOT NULL, dispute_id INTEGER NOT NULL, contract_id INTEGER, item_key INTEGER,
            added_by TEXT NOT NULL, added_at TEXT NOT NULL, removed_by TEXT NOT NULL, removed_at TEXT,
            PRIMARY KEY (id), CONSTRAINT one_thing_is_in_it CHECK ((contract_id IS NULL) <> (item_key IS NULL)),
            FOREIGN KEY(dispute_id) REFERENCES dispute (id), FOREIGN KEY(contract_id) REFERENCES contract (id),
            FOREIGN KEY(item_key) REFERENCES item ("key")
        )
    """,
    "due_date": """
        CREATE TABLE due_date (
            item_key INTEGER NOT NULL, state TEXT NOT NULL, due_on DATE, rule_code TEXT NOT NULL,
            rule_version INTEGER NOT NULL, basis TEXT NOT NULL, basis_on DATE, PRIMARY KEY (item_key),
            FOREIGN KEY(item_key) REFERENCES item ("key")
        )
    """,
    "due_change": """
        CREATE TABLE due_change (
            id INTEGER NOT NULL, item_key INTEGER NOT NULL, changed_at TEXT NOT NULL, reason TEXT NOT NULL,
            before JSON NOT NULL, after JSON NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(item_key) REFERENCES item ("key")
        )
    """,
    "due_stale": """
        CREATE TABLE due_stale (
            kind TEXT NOT NULL, subject_id INTEGER NOT NULL, PRIMARY KEY (kind, subject_id)
        )
    """,
    "due_run": """
        CREATE TABLE due_run (
            id INTEGER NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT, after_volume_id INTEGER NOT NULL,
            after_item_key INTEGER NOT NULL, examined INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (id)
        )
    """,
    "term_extension": """
        CREATE TABLE term_extension (
            id INTEGER NOT NULL, item_key INTEGER NOT NULL, until_on DATE, for_ever BOOLEAN NOT NULL,
            authority TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, PRIMARY KEY (id),
            CONSTRAINT it_ends_or_it_does_not CHECK ((until_on IS NULL) = for_ever),
            FOREIGN KEY(item_key) REFERENCES item ("key")
        )
    """,
    "retention_schedule": """
        CREATE TABLE retention_schedule (
            version INTEGER NOT NULL, approved_by TEXT NOT NULL, approved_on DATE NOT NULL,
            valid_from_on DATE NOT NULL, remark TEXT NOT NULL, lines JSON NOT NULL, stated_by TEXT NOT NULL,
            stated_at TEXT NOT NULL, PRIMARY KEY (version)
        )
    """,
}
INDEXES = (
    "CREATE INDEX ix_hold_target_subject_id ON hold (target, subject_id)",
    "CREATE INDEX ix_hold_kept_item_key ON hold_kept (item_key)",
    "CREATE INDEX ix_dispute_subject_dispute_id ON dispute_subject (dispute_id)",
    "CREATE INDEX ix_dispute_subject_contract_id ON dispute_subject (contract_id)",
    "CREATE INDEX ix_dispute_subject_item_key ON dispute_subject (item_key)",
    "CREATE INDEX ix_due_date_due_on ON due_date (due_on) WHERE due_on IS NOT NULL",
    "CREATE INDEX ix_due_change_item_key ON due_change (item_key)",
    "CREATE INDEX ix_term_extension_item_key ON term_extension (item_key)",
)
RULE_COLUMNS = (
    "approved_by TEXT DEFAULT '' NOT NULL",
    "approved_on DATE",
    "criterion_zh TEXT DEFAULT '' NOT NULL",
    "equivalent_code TEXT DEFAULT '' NOT NULL",
)
HOLD_FACTS = ("id", "target", "subject_id", "reason", "authority", "placed_by", "placed_at")
SUBJECT_FACTS = ("id", "dispute_id", "contract_id", "item_key", "added_by", "added_at")


def changed(columns: tuple[str, ...]) -> str:
    """The condition that one of these columns is another than before."""
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


# What the holds in force cover, as hold, kind of subject (item, contract, customer, volume) and its number.
REACH = """
    CREATE VIEW hold_reach (hold_id, kind, subject_id) AS
    WITH RECURSIVE file (hold_id, customer_id) AS (
        SELECT id, subject_id FROM hold WHERE released_at IS NULL AND target = 'customer'
        UNION SELECT file.hold_id, customer.id FROM customer JOIN file ON customer.merged_into_id = file.customer_id
    )
    SELECT id, target, subject_id FROM hold
        WHERE released_at IS NULL AND target IN ('item', 'contract', 'volume')
    UNION ALL SELECT hold_id, 'customer', customer_id FROM file
    UNION ALL SELECT hold.id, 'item', hold_kept.item_key
        FROM hold JOIN hold_kept ON hold_kept.hold_id = hold.id WHERE hold.released_at IS NULL
    UNION ALL SELECT hold.id, iif(contract_id IS NULL, 'item', 'contract'), coalesce(contract_id, item_key)
        FROM hold JOIN dispute_subject ON dispute_id = hold.subject_id AND removed_at IS NULL
        WHERE hold.released_at IS NULL AND hold.target = 'dispute'
"""
GUARDS = {
    "holds_are_only_released": (
        f"BEFORE UPDATE ON hold WHEN OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR {changed(HOLD_FACTS)}"
    ),
    "holds_are_never_forgotten": "BEFORE DELETE ON hold",
    "held_papers_are_never_let_go": "BEFORE DELETE ON hold_kept",
    "disputes_are_never_forgotten": "BEFORE DELETE ON dispute",
    "subjects_of_disputes_are_only_taken_out": (
        "BEFORE UPDATE ON dispute_subject WHEN OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL "
        f"OR {changed(SUBJECT_FACTS)}"
    ),
    "subjects_of_disputes_are_never_forgotten": "BEFORE DELETE ON dispute_subject",
    "changes_of_due_days_are_never_changed": "BEFORE UPDATE ON due_change",
    "changes_of_due_days_are_never_forgotten": "BEFORE DELETE ON due_change",
    "extensions_are_never_changed": "BEFORE UPDATE ON term_extension",
    "extensions_are_never_forgotten": "BEFORE DELETE ON term_extension",
    "schedules_are_never_changed": "BEFORE UPDATE ON retention_schedule",
    "schedules_are_never_forgotten": "BEFORE DELETE ON retention_schedule",
    "retention_rules_are_never_changed": "BEFORE UPDATE ON retention_rule",
    "retention_rules_are_never_forgotten": "BEFORE DELETE ON retention_rule",
}

# A paper that is filed elsewhere does not slip out from under a hold on what it lay in.
STAYS_HELD = """
    AFTER UPDATE OF contract_id, customer_id, volume_id ON item
    WHEN NEW.contract_id IS NOT OLD.contract_id OR NEW.customer_id IS NOT OLD.customer_id
        OR NEW.volume_id IS NOT OLD.volume_id
    BEGIN
        INSERT INTO hold_kept (hold_id, item_key)
        SELECT hold.id, NEW.key FROM hold WHERE hold.released_at IS NULL AND (
            (hold.target = 'contract' AND hold.subject_id = OLD.contract_id
                AND NEW.contract_id IS NOT OLD.contract_id)
            OR (hold.target = 'volume' AND hold.subject_id = OLD.volume_id AND NEW.volume_id IS NOT OLD.volume_id)
            OR (hold.target = 'customer' AND NEW.customer_id IS NOT OLD.customer_id AND hold.subject_id IN (
                WITH RECURSIVE heir (id) AS (
                    SELECT OLD.customer_id
                    UNION SELECT customer.merged_into_id FROM customer JOIN heir ON customer.id = heir.id
                ) SELECT id FROM heir))
            OR (hold.target = 'dispute' AND NEW.contract_id IS NOT OLD.contract_id AND hold.subject_id IN (
                SELECT dispute_id FROM dispute_subject WHERE contract_id = OLD.contract_id AND removed_at IS NULL))
        ) AND NOT EXISTS (SELECT 1 FROM hold_kept WHERE hold_id = hold.id AND item_key = NEW.key);
    END
"""


def stale(kind: str, subject: str) -> str:
    """The statement that notes a subject as changed, once."""
    return (
        f"INSERT INTO due_stale (kind, subject_id) SELECT '{kind}', {subject} "  # noqa: S608  # ours
        f"WHERE {subject} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM due_stale WHERE kind = '{kind}' AND subject_id = {subject});"
    )


def stale_subjects(dispute: str) -> str:
    """The statements that note what is in a dispute as changed."""
    return " ".join(
        f"INSERT INTO due_stale (kind, subject_id) SELECT DISTINCT '{kind}', {column} FROM dispute_subject "  # noqa: S608
        f"WHERE dispute_id = {dispute} AND {column} IS NOT NULL "
        f"AND {column} NOT IN (SELECT subject_id FROM due_stale WHERE kind = '{kind}');"
        for kind, column in (("contract", "contract_id"), ("item", "item_key"))
    )


ITEM_FACTS = ("state", "doc_on", "year", "contract_id", "series_code", "volume_id", "retention_code")
CONTRACT_FACTS = ("state", "ends_on", "performed_on", "settled_on", "warranty_ends_on", "terminated_on")
STALE = {
    "a_filed_arrival_has_no_due_day_yet": (
        f"AFTER INSERT ON item WHEN NEW.state = 'filed' BEGIN {stale('item', 'NEW.key')} END"
    ),
    "a_changed_paper_may_be_due_on_another_day": (
        f"AFTER UPDATE OF {', '.join(ITEM_FACTS)} ON item "
        f"WHEN (NEW.state = 'filed' OR OLD.state = 'filed') AND ({changed(ITEM_FACTS)}) "
        f"BEGIN {stale('item', 'NEW.key')} {stale('volume', 'OLD.volume_id')} END"
    ),
    "a_changed_contract_may_move_due_days": (
        f"AFTER UPDATE OF {', '.join(CONTRACT_FACTS)} ON contract WHEN {changed(CONTRACT_FACTS)} "
        f"BEGIN {stale('contract', 'NEW.id')} END"
    ),
    "a_changed_volume_may_move_due_days": (
        f"AFTER UPDATE OF retention_code, state ON volume WHEN {changed(('retention_code', 'state'))} "
        f"BEGIN {stale('volume', 'NEW.id')} END"
    ),
    "a_new_rule_may_move_due_days": f"AFTER INSERT ON retention_rule BEGIN {stale('all', '0')} END",
    "a_changed_series_may_move_due_days": (
        "AFTER UPDATE OF retention_code ON series WHEN NEW.retention_code IS NOT OLD.retention_code "
        f"BEGIN {stale('all', '0')} END"
    ),
    "a_relation_may_move_due_days": (
        f"AFTER INSERT ON item_relation BEGIN {stale('item', 'NEW.item_key')} {stale('item', 'NEW.other_key')} END"
    ),
    "a_relation_that_ends_may_move_due_days": (
        f"AFTER DELETE ON item_relation BEGIN {stale('item', 'OLD.item_key')} {stale('item', 'OLD.other_key')} END"
    ),
    "a_dispute_that_ends_may_move_due_days": (
        "AFTER UPDATE OF closed_on ON dispute WHEN NEW.closed_on IS NOT OLD.closed_on "
        f"BEGIN {stale_subjects('NEW.id')} END"
    ),
    "a_dispute_may_move_due_days": (
        "AFTER INSERT ON dispute_subject "
        f"BEGIN {stale('contract', 'NEW.contract_id')} {stale('item', 'NEW.item_key')} END"
    ),
    "what_leaves_a_dispute_may_be_due_on_another_day": (
        "AFTER UPDATE OF removed_at ON dispute_subject "
        f"BEGIN {stale('contract', 'NEW.contract_id')} {stale('item', 'NEW.item_key')} END"
    ),
    "an_extension_moves_a_due_day": f"AFTER INSERT ON term_extension BEGIN {stale('item', 'NEW.item_key')} END",
}


def upgrade() -> None:
    for statement in (*TABLES.values(), *INDEXES):
        op.execute(statement)
    for column in RULE_COLUMNS:
        op.execute(f"ALTER TABLE retention_rule ADD COLUMN {column}")
    for name, event in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")
    op.execute(REACH)
    op.execute(f"CREATE TRIGGER papers_stay_held {STAYS_HELD}")
    for name, event in STALE.items():
        op.execute(f"CREATE TRIGGER {name} {event}")
    # What was filed before has no due day yet.
    op.execute("INSERT INTO due_stale (kind, subject_id) VALUES ('all', 0)")


def downgrade() -> None:
    for name in (*GUARDS, "papers_stay_held", *STALE):
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP VIEW hold_reach")
    for column in RULE_COLUMNS:
        op.execute(f"ALTER TABLE retention_rule DROP COLUMN {column.split()[0]}")
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
