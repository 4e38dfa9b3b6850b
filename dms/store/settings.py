"""What the company set for its archive, by name: plain JSON values."""

from typing import Any

from sqlalchemy import Connection, select

from dms.store.filing_tables import setting

_ALL = select(setting).order_by(setting.c.name)


class Settings:
    """Settings, read once for a transaction; one that nobody stated has the value that the asker takes for granted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Any] | None = None

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  # any JSON value
        """The value stated under a name, else `default`."""
        if self._known is None:
            self._known = self.all()
        return self._known.get(name, default)

    def number(self, name: str, default: int) -> int:
        """The whole number stated under a name, else `default`."""
        return int(self.get(name, default))

    def text(self, name: str, default: str = "") -> str:
        """The text stated under a name, else `default`."""
        return str(self.get(name, default))

    def state(self, name: str, value: Any) -> None:  # noqa: ANN401  # any JSON value
        """Set a value, replacing the one before."""
        self._known = None
        changed = self._connection.execute(setting.update().where(setting.c.name == name).values(value=value))
        if not changed.rowcount:
            self._connection.execute(setting.insert().values(name=name, value=value))

    def all(self) -> dict[str, Any]:
        """Everything that was stated, by name."""
        return {row.name: row.value for row in self._connection.execute(_ALL)}
