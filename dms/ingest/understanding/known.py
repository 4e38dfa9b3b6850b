"""What the archive already knows when a paper comes in, as plain values."""

from dataclasses import dataclass, field

from dms.ingest.understanding.directory import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beforehand about one paper; an empty one is fine, everything is then concluded from the paper.

    The claims are what the person said who handed the paper in. They decide between readings, never against one.
    """

    own_names: tuple[str, ...] = ()
    """The names of the company that keeps the archive (the names of its fonds), present and former."""
    directory: Directory = field(default_factory=Directory)
    claimed_customer_code: str | None = None
    claimed_contract_no: str | None = None
    claimed_type: str | None = None


NOTHING_KNOWN = Known()
