"""The fonds, the class schemes with their series, and the document types: the frame that a company seldom changes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.checklist import Requirement, RequirementScope
from dms.domain.document_type import DocumentType, Series
from dms.domain.scheme import CATALOGUE_COLUMNS, DEFAULT_SCHEME, ClassScheme, YearRule, ready_made_schemes
from dms.store.filing_tables import class_scheme
from dms.store.tables import document_type, fonds, series

_SERIES = select(series).order_by(series.c.position, series.c.code)
_TYPES = select(document_type).order_by(document_type.c.position)


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
        """The parts of a customer file, those of former schemes included, in order."""
        return [_series(row) for row in self._connection.execute(_SERIES)]

    def series_in_use(self) -> list[Series]:
        """The parts in which papers are filed today, in order."""
        return [each for each in self.all_series() if not each.retired]

    def series(self, code: str) -> Series | None:
        """The part with this code, retired or not; None where there is none."""
        row = self._connection.execute(select(series).where(series.c.code == code)).first()
        return _series(row) if row else None

    def state_series(self, stated: Series) -> None:
        """Add a series with its rules, or rename and move the one with this code, whose rules stay as they are."""
        names = {"zh": stated.zh, "en": stated.en, "position": stated.position}
        changed = self._connection.execute(series.update().where(series.c.code == stated.code).values(**names))
        if not changed.rowcount:
            self._connection.execute(series.insert().values(code=stated.code, **names, **_rules(stated)))

    def state_series_rules(self, stated: Series) -> None:
        """Replace the rules of the series with this code: year, retention, grade, checklist, columns, retirement."""
        self._connection.execute(series.update().where(series.c.code == stated.code).values(**_rules(stated)))

    def all_types(self) -> list[DocumentType]:
        """The document types, in order."""
        return [_type(row) for row in self._connection.execute(_TYPES)]

    def state_type(self, stated: DocumentType) -> None:
        """Add a document type, or rename the one with this code or move it to another series.

        The year rule of one that is known stays as it is, see `state_type_rule`.
        """
        values = {"code": stated.code, "zh": stated.zh, "en": stated.en, "series_code": stated.series}
        same = document_type.c.code == stated.code
        if self._connection.execute(select(document_type.c.code).where(same)).first():
            self._connection.execute(document_type.update().where(same).values(**values))
            return
        last = self._connection.execute(select(func.coalesce(func.max(document_type.c.position), 0))).scalar_one()
        rule = stated.year_rule.value if stated.year_rule else None
        self._connection.execute(document_type.insert().values(**values, position=last + 1, year_rule=rule))

    def state_type_rule(self, type_code: str, year_rule: YearRule | None) -> None:
        """Set by which year papers of a type are filed; None for the rule of their series."""
        rule = year_rule.value if year_rule else None
        statement = document_type.update().where(document_type.c.code == type_code)
        self._connection.execute(statement.values(year_rule=rule))

    def adopt(self, stated: ClassScheme, *, at: datetime) -> ClassScheme:
        """The scheme as it is in force from now on, under the next version number of its code.

        Its series are added, or come back into use; those of every other scheme are retired, and document types are
        filed by its mapping. What was filed before stays where it is.
        """
        scheme = replace(stated, version=self._next_version(stated.code))
        for each in scheme.series:
            self.state_series(each)
            self.state_series_rules(replace(each, scheme_code=scheme.code, retired=False))
        codes = [each.code for each in scheme.series]
        others = series.c.code.not_in(codes) & (series.c.scheme_code != "")
        self._connection.execute(series.update().where(others).values(retired=True))
        for type_code, series_code in scheme.types.items():
            same = document_type.c.code == type_code
            self._connection.execute(document_type.update().where(same).values(series_code=series_code))
        self._connection.execute(class_scheme.insert().values(**_scheme_columns(scheme), adopted_at=at))
        return scheme

    def current(self) -> ClassScheme:
        """The scheme in force, its series as they are today; the default one where none was ever adopted."""
        newest = select(class_scheme).order_by(class_scheme.c.adopted_at.desc(), class_scheme.c.version.desc())
        row = self._connection.execute(newest).first()
        shipped = ready_made_schemes()[DEFAULT_SCHEME]
        codes = row.series_codes if row else [each.code for each in shipped.series]
        known = tuple(each for each in self.all_series() if each.code in codes)
        return _scheme(row, known) if row else replace(shipped, series=known or shipped.series)

    def adopted(self) -> list[ClassScheme]:
        """Every scheme that was ever adopted, in that order, its series as they are today."""
        known = {each.code: each for each in self.all_series()}
        rows = self._connection.execute(
            select(class_scheme).order_by(class_scheme.c.adopted_at, class_scheme.c.version)
        )
        return [_scheme(row, tuple(known[code] for code in row.series_codes if code in known)) for row in rows]

    def _next_version(self, code: str) -> int:
        query = select(func.coalesce(func.max(class_scheme.c.version), 0)).where(class_scheme.c.code == code)
        return int(self._connection.execute(query).scalar_one()) + 1


def _rules(stated: Series) -> dict[str, Any]:
    own_columns = None if stated.columns == CATALOGUE_COLUMNS else list(stated.columns)
    return {
        "scheme_code": stated.scheme_code,
        "year_rule": stated.year_rule.value,
        "retention_code": stated.retention_code,
        "grade": stated.grade,
        "checklist": [_requirement_json(each) for each in stated.checklist],
        "columns": own_columns,
        "retired": stated.retired,
    }


def _requirement_json(stated: Requirement) -> dict[str, Any]:
    return {
        "types": sorted(stated.types),
        "when": sorted(stated.when),
        "code": stated.code,
        "zh": stated.zh,
        "en": stated.en,
        "scope": stated.scope.value,
        "expires": stated.expires,
    }


def _requirement(stated: dict[str, Any]) -> Requirement:
    kinds = {
        "types": frozenset(stated["types"]),
        "when": frozenset(stated["when"]),
        "scope": RequirementScope(stated["scope"]),
    }
    return Requirement(**stated | kinds)


def _series(row: Row[Any]) -> Series:
    return Series(
        code=row.code,
        zh=row.zh,
        en=row.en,
        position=row.position,
        scheme_code=row.scheme_code,
        year_rule=YearRule(row.year_rule),
        retention_code=row.retention_code,
        grade=row.grade,
        checklist=tuple(_requirement(each) for each in row.checklist),
        columns=tuple(row.columns) if row.columns else CATALOGUE_COLUMNS,
        retired=row.retired,
    )


def _type(row: Row[Any]) -> DocumentType:
    rule = YearRule(row.year_rule) if row.year_rule else None
    return DocumentType(code=row.code, zh=row.zh, en=row.en, series=row.series_code, year_rule=rule)


def _scheme_columns(scheme: ClassScheme) -> dict[str, Any]:
    return {
        "code": scheme.code,
        "version": scheme.version,
        "zh": scheme.zh,
        "en": scheme.en,
        "valid_from_on": scheme.valid_from_on,
        "approved_by": scheme.approved_by,
        "series_codes": [each.code for each in scheme.series],
        "types": dict(scheme.types),
    }


def _scheme(row: Row[Any], known: tuple[Series, ...]) -> ClassScheme:
    return ClassScheme(
        code=row.code,
        version=row.version,
        zh=row.zh,
        en=row.en,
        valid_from_on=row.valid_from_on,
        approved_by=row.approved_by,
        series=known,
        types=row.types,
    )
