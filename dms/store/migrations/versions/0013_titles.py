"""Title documents: what lies in the safes, who put it in and who took it out.

The ledger of movements drives the balance: a line whose balance does not follow from the one before is refused, and no
other way leads to a balance. What was signed or decided is never changed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TABLES = {
    "title_kind": "code TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, position INTEGER NOT NULL, "
    "retired BOOLEAN NOT NULL, PRIMARY KEY (code)",
    "title_slip": "id INTEGER NOT NULL, number TEXT NOT NULL, customer_id INTEGER NOT NULL, contract_id INTEGER, "
    "from_department TEXT NOT NULL, begun_on DATE NOT NULL, begun_by TEXT NOT NULL, due_on DATE NOT NULL, "
    "state TEXT NOT NULL, signatures JSON NOT NULL, list_digest TEXT NOT NULL, remark TEXT NOT NULL, "
    "PRIMARY KEY (id), FOREIGN KEY(customer_id) REFERENCES customer (id), "
    "FOREIGN KEY(contract_id) REFERENCES contract (id)",
    "title_slip_line": "id INTEGER NOT NULL, slip_id INTEGER NOT NULL, position INTEGER NOT NULL, "
    "kind_code TEXT NOT NULL, name TEXT NOT NULL, certificate_no TEXT NOT NULL, right_holder TEXT NOT NULL, "
    "quantity INTEGER NOT NULL, value INTEGER, issuer TEXT NOT NULL, issued_on DATE, remark TEXT NOT NULL, "
    "item_key INTEGER, checker JSON, custodian JSON, PRIMARY KEY (id), UNIQUE (slip_id, position), "
    "FOREIGN KEY(slip_id) REFERENCES title_slip (id), FOREIGN KEY(kind_code) REFERENCES title_kind (code), "
    'FOREIGN KEY(item_key) REFERENCES item ("key")',
    "title_document": "id INTEGER NOT NULL, number TEXT NOT NULL, kind_code TEXT NOT NULL, name TEXT NOT NULL, "
    "certificate_no TEXT NOT NULL, right_holder TEXT NOT NULL, quantity INTEGER NOT NULL, value INTEGER, "
    "issuer TEXT NOT NULL, issued_on DATE, remark TEXT NOT NULL, customer_id INTEGER NOT NULL, contract_id INTEGER, "
    "item_key INTEGER, slip_id INTEGER, location_id INTEGER NOT NULL, balance INTEGER NOT NULL, state TEXT NOT NULL, "
    "replaces_id INTEGER, PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(kind_code) REFERENCES title_kind (code), "
    "FOREIGN KEY(customer_id) REFERENCES customer (id), FOREIGN KEY(contract_id) REFERENCES contract (id), "
    'FOREIGN KEY(item_key) REFERENCES item ("key"), FOREIGN KEY(slip_id) REFERENCES title_slip (id), '
    "FOREIGN KEY(location_id) REFERENCES location (id), FOREIGN KEY(replaces_id) REFERENCES title_document (id)",
    "safe_opening": "id INTEGER NOT NULL, number TEXT NOT NULL, location_id INTEGER NOT NULL, purpose TEXT NOT NULL, "
    "opened_at TEXT NOT NULL, custodian TEXT NOT NULL, witness TEXT NOT NULL, closed_at TEXT, "
    "closed_by TEXT NOT NULL, closing_witness TEXT NOT NULL, remark TEXT NOT NULL, PRIMARY KEY (id), "
    "UNIQUE (number), CONSTRAINT two_persons_open_a_safe CHECK (custodian <> witness), "
    "FOREIGN KEY(location_id) REFERENCES location (id)",
    "title_request": "id INTEGER NOT NULL, number TEXT NOT NULL, title_id INTEGER NOT NULL, use TEXT NOT NULL, "
    "quantity INTEGER NOT NULL, purpose TEXT NOT NULL, recipient TEXT NOT NULL, due_on DATE, "
    "asked_by TEXT NOT NULL, asked_at TEXT NOT NULL, decides TEXT NOT NULL, state TEXT NOT NULL, "
    "decided_by TEXT NOT NULL, decided_at TEXT, opinion TEXT NOT NULL, valid_to_on DATE, PRIMARY KEY (id), "
    "UNIQUE (number), CONSTRAINT nobody_decides_for_himself CHECK (decided_by <> asked_by), "
    "FOREIGN KEY(title_id) REFERENCES title_document (id)",
    "title_movement": "id INTEGER NOT NULL, title_id INTEGER NOT NULL, moved_at TEXT NOT NULL, kind TEXT NOT NULL, "
    "change INTEGER NOT NULL, balance INTEGER NOT NULL, opening_id INTEGER, location_id INTEGER NOT NULL, "
    "custodian TEXT NOT NULL, witness TEXT NOT NULL, other_party TEXT NOT NULL, request_id INTEGER, "
    "condition TEXT, remark TEXT NOT NULL, PRIMARY KEY (id), "
    "CONSTRAINT a_balance_is_never_negative CHECK (balance >= 0), "
    "CONSTRAINT two_persons_move_a_title CHECK (custodian <> witness), "
    "FOREIGN KEY(title_id) REFERENCES title_document (id), FOREIGN KEY(opening_id) REFERENCES safe_opening (id), "
    "FOREIGN KEY(location_id) REFERENCES location (id), FOREIGN KEY(request_id) REFERENCES title_request (id)",
    "stock_take": "id INTEGER NOT NULL, number TEXT NOT NULL, location_id INTEGER NOT NULL, planned_on DATE NOT NULL, "
    "planned_by TEXT NOT NULL, state TEXT NOT NULL, opening_id INTEGER, counted_at TEXT, counter TEXT NOT NULL, "
    "witness TEXT NOT NULL, closed_at TEXT, remark TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (number), "
    "FOREIGN KEY(location_id) REFERENCES location (id), FOREIGN KEY(opening_id) REFERENCES safe_opening (id)",
    "stock_take_line": "id INTEGER NOT NULL, take_id INTEGER NOT NULL, position INTEGER NOT NULL, title_id INTEGER, "
    "name TEXT NOT NULL, certificate_no TEXT NOT NULL, expected INTEGER NOT NULL, counted INTEGER, "
    "explanation TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (take_id, position), "
    "FOREIGN KEY(take_id) REFERENCES stock_take (id), FOREIGN KEY(title_id) REFERENCES title_document (id)",
}
INDEXED = {
    "title_slip": ("number", "customer_id", "state"),
    "title_document": (
        *("certificate_no", "customer_id", "contract_id", "item_key", "slip_id", "location_id", "state"),
    ),
    "safe_opening": ("location_id",),
    "title_request": ("title_id", "asked_by", "state"),
    "title_movement": ("title_id", "moved_at", "opening_id", "request_id"),
    "stock_take": ("location_id", "state"),
}
LATEST = "(SELECT balance FROM title_movement WHERE title_id = {title} ORDER BY id DESC LIMIT 1)"
REFUSING = {
    "title_movements_are_never_changed": "BEFORE UPDATE ON title_movement",
    "title_movements_are_never_forgotten": "BEFORE DELETE ON title_movement",
    "title_balances_follow_from_the_ledger": (
        "BEFORE INSERT ON title_movement WHEN NEW.balance < 0 "
        f"OR NEW.balance <> NEW.change + coalesce({LATEST.format(title='NEW.title_id')}, 0)"
    ),
    "title_balances_are_the_ledgers": (
        f"BEFORE UPDATE OF balance ON title_document WHEN NEW.balance <> coalesce({LATEST.format(title='NEW.id')}, 0)"
    ),
    "titles_come_without_a_balance": "BEFORE INSERT ON title_document WHEN NEW.balance <> 0",
    "titles_are_never_deleted": "BEFORE DELETE ON title_document",
    "title_slips_are_never_deleted": "BEFORE DELETE ON title_slip",
    "accepted_slips_never_change": "BEFORE UPDATE ON title_slip WHEN OLD.state = 'accepted'",
    "title_requests_are_never_deleted": "BEFORE DELETE ON title_request",
    "title_decisions_never_change": (
        "BEFORE UPDATE ON title_request WHEN NEW.asked_by <> OLD.asked_by OR NEW.title_id <> OLD.title_id "
        "OR NEW.quantity <> OLD.quantity OR NEW.use <> OLD.use OR (OLD.decided_at IS NOT NULL "
        "AND (NEW.decided_at IS NOT OLD.decided_at OR NEW.decided_by <> OLD.decided_by "
        "OR NEW.opinion <> OLD.opinion OR NEW.due_on IS NOT OLD.due_on))"
    ),
    "openings_are_never_deleted": "BEFORE DELETE ON safe_opening",
    "openings_are_closed_and_nothing_else": (
        "BEFORE UPDATE ON safe_opening WHEN OLD.closed_at IS NOT NULL OR NEW.number <> OLD.number "
        "OR NEW.location_id <> OLD.location_id OR NEW.purpose <> OLD.purpose OR NEW.opened_at <> OLD.opened_at "
        "OR NEW.custodian <> OLD.custodian OR NEW.witness <> OLD.witness"
    ),
    "stock_takes_are_never_deleted": "BEFORE DELETE ON stock_take",
    "signed_stock_takes_never_change": "BEFORE UPDATE ON stock_take WHEN OLD.state = 'closed'",
    "signed_counts_never_change": (
        "BEFORE UPDATE ON stock_take_line "
        "WHEN (SELECT state FROM stock_take WHERE id = OLD.take_id) IN ('closed', 'cancelled')"
    ),
    "counts_are_never_deleted": "BEFORE DELETE ON stock_take_line",
}
DRIVING = "title_balances_are_driven_by_the_ledger"
KINDS = (
    ("customer_property", "客户财产权属证明", "Proof of the customer's property"),
    ("guarantor_property", "保证人财产权属证明", "Proof of the guarantor's property"),
    ("other_right", "他项权证", "Certificate of encumbrance"),
    ("chattel_mortgage", "动产抵押登记通知书", "Registration of a chattel mortgage"),
    ("equity_pledge", "股权出质设立登记通知书", "Registration of an equity pledge"),
    ("other", "其他权属证明", "Other proof of title"),
)


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE {table} ({columns})")
    for table, indexed in INDEXED.items():
        for column in indexed:
            op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
    op.execute("CREATE UNIQUE INDEX one_opening_a_safe ON safe_opening (location_id) WHERE closed_at IS NULL")
    for name, event in REFUSING.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{name}'); END")
    op.execute(
        f"CREATE TRIGGER {DRIVING} AFTER INSERT ON title_movement "  # noqa: S608  # ours
        "BEGIN UPDATE title_document SET balance = NEW.balance WHERE id = NEW.title_id; END"
    )
    statement = sa.text("INSERT INTO title_kind VALUES (:code, :zh, :en, :position, 0)")
    for position, (code, zh, en) in enumerate(KINDS, start=1):
        op.get_bind().execute(statement, {"code": code, "zh": zh, "en": en, "position": position})


def downgrade() -> None:
    for name in (DRIVING, *REFUSING):
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP INDEX one_opening_a_safe")
    for table, indexed in reversed(INDEXED.items()):
        for column in indexed:
            op.execute(f"DROP INDEX ix_{table}_{column}")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
