"""The tables of accounts that are hard to take over, and of those who leave.

Invariant: a list that a leaver hands over, and the signatures under it, are only added (triggers hold this).
"""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, Table, Text

from dms.store.tables import Moment, metadata

invitation = Table(
    "invitation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("code_digest", Text, nullable=False, unique=True),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("withdrawn_at", Moment),
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("user_id", ForeignKey("user.id"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", Integer, nullable=False),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("used_at", Moment),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("failed_at", Moment, nullable=False, index=True),
    Column("waits_until_at", Moment),
)

web_session = Table(
    "web_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("token_digest", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("address", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Text, nullable=False),
)

user_identity = Table(
    "user_identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("linked_at", Moment, nullable=False),
)

custody_hand_over = Table(
    "custody_hand_over",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leaver", Text, nullable=False, index=True),
    Column("successor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("leaves_on", Date, nullable=False),
    Column("drawn_up_by", Text, nullable=False),
    Column("drawn_up_at", Moment, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("things", JSON, nullable=False),
    Column("list_digest", Text, nullable=False),
)

custody_hand_over_signature = Table(
    "custody_hand_over_signature",
    metadata,
    Column("hand_over_id", ForeignKey("custody_hand_over.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("signed_at", Moment, nullable=False),
)
