"""What an inspection is asked to look at."""

from dataclasses import dataclass
from typing import Self

from dms.domain.inspection import InspectionScope
from dms.evidence.errors import SampleUnusable

FEWEST_PARTS, MOST_PARTS = 2, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRequest:
    """How deep to look; a sample may leave open which part it takes."""

    scope: InspectionScope = InspectionScope.QUICK
    part: int | None = None
    """From 1; None for the part that was looked at longest ago."""
    parts: int | None = None
    """Into how many parts the objects are divided; only for a sample."""

    @classmethod
    def sample(cls, stated: str) -> Self:
        """The request for ``1/30``, one thirtieth; raises `SampleUnusable`."""
        numerator, _, denominator = stated.strip().partition("/")
        if numerator.strip() != "1" or not denominator.strip().isdecimal():
            raise SampleUnusable(stated)
        return cls(scope=InspectionScope.SAMPLE, parts=int(denominator))

    def checked(self) -> Self:
        """The same request, known to make sense; raises `SampleUnusable`."""
        is_sample = self.scope is InspectionScope.SAMPLE
        possible = self.parts is not None and FEWEST_PARTS <= self.parts <= MOST_PARTS
        known_part = self.part is None or (self.parts is not None and 1 <= self.part <= self.parts)
        if is_sample != (self.parts is not None) or (is_sample and not (possible and known_part)):
            raise SampleUnusable(f"{self.part or 1}/{self.parts}")
        return self
