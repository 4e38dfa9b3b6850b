"""Reports that were handed in, the guide to the fonds, requests about personal data, papers kept in store only, and
counts of papers that keep themselves."""

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
    """
    CREATE TABLE held_count (
        customer_id INTEGER NOT NULL, state TEXT NOT NULL, grade INTEGER NOT NULL, storage_only BOOLEAN NOT NULL,
        items INTEGER NOT NULL, pages INTEGER NOT NULL, PRIMARY KEY (customer_id, state, grade, storage_only)
    ) WITHOUT ROWID
    """,
)
COUNTED = """
    INSERT INTO held_count (customer_id, state, grade, storage_only, items, pages)
    SELECT coalesce(customer_id, 0), state, grade, storage_only, count(*), sum(
        (SELECT count(*) FROM page WHERE page.item_key = item.key AND page.blank = 0)
    ) FROM item GROUP BY coalesce(customer_id, 0), state, grade, storage_only
"""
WRITTEN = "(SELECT count(*) FROM page WHERE item_key = NEW.key AND blank = 0)"
OF_NEW = "coalesce(NEW.customer_id, 0), NEW.state, NEW.grade, NEW.storage_only"
OF_OLD = (
    "customer_id = coalesce(OLD.customer_id, 0) AND state = OLD.state AND grade = OLD.grade "
    "AND storage_only = OLD.storage_only"
)
OF_PAGE = (
    "(customer_id, state, grade, storage_only) = "
    "(SELECT coalesce(customer_id, 0), state, grade, storage_only FROM item WHERE key = {row}.item_key)"
)
MORE = (
    "INSERT INTO held_count (customer_id, state, grade, storage_only, items, pages) VALUES ({of}, 1, {pages}) "
    "ON CONFLICT (customer_id, state, grade, storage_only) DO UPDATE SET items = items + 1, pages = pages + {pages};"
)
COUNTING = {
    "items_are_counted": ("AFTER INSERT ON item", MORE.format(of=OF_NEW, pages="0")),
    "items_are_counted_anew": (
        "AFTER UPDATE OF customer_id, state, grade, storage_only ON item WHEN NEW.customer_id IS NOT OLD.customer_id "
        "OR NEW.state <> OLD.state OR NEW.grade <> OLD.grade OR NEW.storage_only <> OLD.storage_only",
        f"UPDATE held_count SET items = items - 1, pages = pages - {WRITTEN} WHERE {OF_OLD}; "  # noqa: S608  # ours
        + MORE.format(of=OF_NEW, pages=WRITTEN),
    ),
    "pages_are_counted": (
        "AFTER INSERT ON page WHEN NEW.blank = 0",
        f"UPDATE held_count SET pages = pages + 1 WHERE {OF_PAGE.format(row='NEW')};",  # noqa: S608  # ours
    ),
    "pages_are_uncounted": (
        "AFTER DELETE ON page WHEN OLD.blank = 0",
        f"UPDATE held_count SET pages = pages - 1 WHERE {OF_PAGE.format(row='OLD')};",  # noqa: S608  # ours
    ),
}
"""What keeps the counts true, so that no start page has to go through a million papers."""
NEW = ("held_count", "restriction", "subject_request", "handed_in_report", "fonds_guide")
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
    op.execute(COUNTED)
    for name, (event, act) in COUNTING.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN {act} END")


def downgrade() -> None:
    for name in (*TRIGGERS, *COUNTING):
        op.execute(f"DROP TRIGGER {name}")
    for table in NEW:
        op.execute(f"DROP TABLE {table}")
