"""The tables of who may use what: the departments of the company."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text

from dms.store.tables import metadata

department = Table(
    "department",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("parent_id", ForeignKey("department.id")),
    Column("head_id", ForeignKey("user.id")),
    Column("manager_in_charge_id", ForeignKey("user.id")),
    Column("opened_on", Date),
    Column("closed_on", Date),
)
