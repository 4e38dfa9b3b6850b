"""How the archive is arranged at this moment, for pages and the command line."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.document_type import DocumentType, Series
from dms.domain.retention import RetentionRule
from dms.domain.scheme import ClassScheme, ready_made_schemes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The class scheme with everything that it stands on."""

    scheme: ClassScheme
    """The one in force, its series as they are today."""
    series: tuple[Series, ...]
    """All of them, those of former schemes and the company's own included."""
    types: tuple[DocumentType, ...]
    retention_rules: tuple[RetentionRule, ...]
    ready_made: tuple[ClassScheme, ...]
    adopted: tuple[ClassScheme, ...]
    """Every version that was ever adopted, the latest first; its series as they are today."""

    def retention(self, code: str) -> RetentionRule | None:
        """The rule in force with this code; None where there is none."""
        return next((rule for rule in self.retention_rules if rule.code == code), None)

    def types_of(self, series_code: str) -> tuple[DocumentType, ...]:
        """The document types that are filed in a series today."""
        return tuple(kind for kind in self.types if kind.series == series_code)


def arrangement(actor: Actor, *, archive: Archive) -> Arrangement:
    """The arrangement as it is."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return Arrangement(
            scheme=view.scheme.current(),
            series=tuple(view.scheme.all_series()),
            types=tuple(view.scheme.all_types()),
            retention_rules=tuple(view.retention.all()),
            ready_made=tuple(ready_made_schemes().values()),
            adopted=tuple(reversed(view.scheme.adopted())),
        )
