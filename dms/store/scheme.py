"""The fonds, the series and the document types: the frame that a company sets once and seldom changes."""

from sqlalchemy import Connection, func, select

from dms.domain.document_type import DocumentType, Series
from dms.store.tables import document_type, fonds, series


class Scheme:
    """The frame into which every paper is filed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own_names(self) -> tuple[str, ...]:
        """The company's present name and its former ones; empty until someone has stated it."""
        row = self._connection.execute(select(fonds)).first()
        return tuple(name for name in (row.name, *row.former_names) if name) if row else ()

    def fonds_code(self) -> str:
        """The code of the fonds, e.g. ``Q001``."""
        return str(self._connection.execute(select(fonds.c.code)).scalar_one())

    def state_fonds(self, *, code: str, name: str, former_names: tuple[str, ...] = ()) -> None:
        """Set whose archive this is, replacing what was stated before."""
        values = {"code": code, "name": name, "former_names": list(former_names)}
        known = self._connection.execute(select(fonds.c.id)).scalar()
        statement = fonds.update() if known else fonds.insert()
        self._connection.execute(statement.values(**values))

    def all_series(self) -> list[Series]:
        """The parts of a customer file, in order."""
        rows = self._connection.execute(select(series).order_by(series.c.position))
        return [Series(code=row.code, zh=row.zh, en=row.en, position=row.position) for row in rows]

    def state_series(self, stated: Series) -> None:
        """Add a series, or rename the one with this code."""
        known = self._connection.execute(select(series.c.code).where(series.c.code == stated.code)).first()
        values = {"code": stated.code, "zh": stated.zh, "en": stated.en, "position": stated.position}
        if known:
            self._connection.execute(series.update().where(series.c.code == stated.code).values(**values))
        else:
            self._connection.execute(series.insert().values(**values))

    def all_types(self) -> list[DocumentType]:
        """The document types, in order."""
        rows = self._connection.execute(select(document_type).order_by(document_type.c.position))
        return [DocumentType(code=row.code, zh=row.zh, en=row.en, series=row.series_code) for row in rows]

    def state_type(self, stated: DocumentType) -> None:
        """Add a document type, or rename the one with this code or move it to another series."""
        values = {"code": stated.code, "zh": stated.zh, "en": stated.en, "series_code": stated.series}
        same = document_type.c.code == stated.code
        if self._connection.execute(select(document_type.c.code).where(same)).first():
            self._connection.execute(document_type.update().where(same).values(**values))
            return
        last = self._connection.execute(select(func.coalesce(func.max(document_type.c.position), 0))).scalar_one()
        self._connection.execute(document_type.insert().values(**values, position=last + 1))
