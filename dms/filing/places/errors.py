"""Why a place cannot be stated, or nothing be put there."""

from typing import ClassVar

from dms.domain.location import LocationKind
from dms.errors import Bilingual, DmsError, Kind

LOCATION_KIND_NAMES: dict[LocationKind, Bilingual] = {
    LocationKind.ROOM: Bilingual("库房", "room"),
    LocationKind.RACK: Bilingual("架", "rack"),
    LocationKind.SHELF: Bilingual("层", "shelf"),
    LocationKind.BOX: Bilingual("盒", "box"),
    LocationKind.CABINET: Bilingual("柜", "cabinet"),
    LocationKind.SAFE: Bilingual("保险柜", "safe"),
}


class PlaceNotFound(DmsError):
    """No place bears this code or barcode."""

    code: ClassVar[str] = "place_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, place: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有代码或条码为“{place}”的库位。", en=f"No place bears the code or barcode “{place}”."),
            Bilingual(zh="请核对代码，或先登记该库位。", en="Check the code, or register the place first."),
        )


class PlaceCodeTaken(DmsError):
    """A code or barcode leads to one place."""

    code: ClassVar[str] = "place_code_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, place: str, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"“{place}”已是库位“{name}”的代码或条码。", en=f"“{place}” already leads to “{name}”."),
            Bilingual(zh="请换一个。", en="Choose another one."),
        )


class PlaceFactInvalid(DmsError):
    """A stated fact about a place cannot be right."""

    code: ClassVar[str] = "place_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, stated: str) -> None:
        super().__init__(
            Bilingual(zh=f"“{stated}”不能用作库位的代码、条码或名称。", en=f"“{stated}” cannot be used for a place."),
            Bilingual(
                zh="代码和条码用半角字母、数字和 - . · _，最多 40 位；名称不能为空，最多 60 字。",
                en="Codes have letters, digits and - . · _, at most 40; a name is not empty and at most 60 characters.",
            ),
        )


class PlaceCannotStandThere(DmsError):
    """A rack stands in a room and not in a box; nothing stands in itself."""

    code: ClassVar[str] = "place_cannot_stand_there"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, kind: LocationKind, parent: LocationKind) -> None:
        inner, outer = LOCATION_KIND_NAMES[kind], LOCATION_KIND_NAMES[parent]
        super().__init__(
            Bilingual(zh=f"{inner.zh}不能设在该{outer.zh}之下。", en=f"A {inner.en} cannot stand in this {outer.en}."),
            Bilingual(
                zh="顺序为库房、架或柜、层、盒；也不能设在自己之下。",
                en="The order is room, rack or cabinet, shelf, box; and nothing stands in itself.",
            ),
        )


class PlaceInUse(DmsError):
    """What still holds something is not given up."""

    code: ClassVar[str] = "place_in_use"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, place: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"库位“{place}”中还有案卷、权证或下级库位，不能停用或改作他用。",
                en=f"Volumes, title documents or other places still stand in “{place}”; it cannot be given up.",
            ),
            Bilingual(zh="请先把它们移到别处。", en="Move them elsewhere first."),
        )


class VolumesUnknown(DmsError):
    """Some of the volumes that were to be moved do not exist, or the actor may not know of them; none was moved."""

    code: ClassVar[str] = "volumes_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, codes: list[str]) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有档号为“{'”“'.join(codes)}”的案卷，或您无权查看；没有移动任何案卷。",
                en=f"There is no volume {', '.join(codes)}, or you may not see it; none was moved.",
            ),
            Bilingual(zh="请核对档号后重试。", en="Check the codes, then try again."),
        )


class BoxMixed(DmsError):
    """Different years or retention terms never share a box (DA/T 22-2015, 6.4)."""

    code: ClassVar[str] = "box_mixed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, box: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"盒“{box}”中的案卷会有不同的年度或保管期限。",
                en=f"The volumes in the box “{box}” would be of different years or retention terms.",
            ),
            Bilingual(
                zh="不同年度、不同保管期限的案卷不得同盒（DA/T 22-2015）；请另选一盒。",
                en="Years and terms do not share a box (DA/T 22-2015); choose another box.",
            ),
        )
