"""Why a leaver's list cannot be drawn up or signed, and why an account cannot be closed."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind

MOST_NAMED = 5


class HandOverFactInvalid(DmsError):
    """Something stated about a hand-over cannot be used."""

    code: ClassVar[str] = "hand_over_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class SuccessorMayNotSee(DmsError):
    """Something would be entrusted to a person who may not even know of it."""

    code: ClassVar[str] = "successor_may_not_see"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, successor: str, codes: tuple[str, ...]) -> None:
        listed = "、".join(codes[:MOST_NAMED]) + (" …" if len(codes) > MOST_NAMED else "")
        super().__init__(
            Bilingual(
                zh=f"接收人“{successor}”无权查阅以下客户：{listed}。",
                en=f"The successor “{successor}” may not see these customers: {', '.join(codes[:MOST_NAMED])}.",
            ),
            Bilingual(
                zh="请先调整接收人的查阅范围，或换一位接收人。",
                en="Widen what the successor may see first, or choose another one.",
            ),
        )


class HandOverUnderWay(DmsError):
    """A list of this person is drawn up and not signed by everyone."""

    code: ClassVar[str] = "hand_over_under_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, leaver: str, hand_over_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{leaver}”已有一份待签字的交接清单（{hand_over_id} 号）。",
                en=f"A list of “{leaver}” waits for its signatures already (number {hand_over_id}).",
            ),
            Bilingual(zh="请先签完或撤销那一份。", en="Have it signed, or withdraw it, first."),
        )


class HandOverNotFound(DmsError):
    """There is no such hand-over, or the actor has no part in it."""

    code: ClassVar[str] = "hand_over_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, hand_over_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有 {hand_over_id} 号离职交接，或与您无关。",
                en=f"There is no hand-over number {hand_over_id} that concerns you.",
            ),
            Bilingual(zh="请在离职交接列表中核对。", en="Look it up in the list of hand-overs."),
        )


class HandOverEnded(DmsError):
    """The list was signed by everyone, or withdrawn."""

    code: ClassVar[str] = "hand_over_ended"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这份交接清单已经办结或撤销。", en="This list was signed by everyone, or withdrawn."),
            Bilingual(zh="如又有新的事项，请重新开列清单。", en="Draw up another list where more has come up since."),
        )


class ListOutdated(DmsError):
    """What the person holds is not what the list says any more."""

    code: ClassVar[str] = "list_outdated"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="移交人手中的事项有了变化，与清单不符，没有签字。",
                en="What the leaver holds has changed since the list was drawn up; nothing was signed.",
            ),
            Bilingual(zh="请撤销这份清单，重新开列。", en="Withdraw this list and draw it up anew."),
        )


class NotYoursToSign(DmsError):
    """The person has no place under this list, or has signed it already."""

    code: ClassVar[str] = "not_yours_to_sign"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="您不在这份清单的签字人之列，或已经签过字。",
                en="You have no place under this list, or you have signed it already.",
            ),
            Bilingual(
                zh="由移交人、接收人和一名档案员各签一次，三人不得相同；移交人不在时由主管代签。",
                en="Leaver, successor and an archivist sign once each, three different persons; "
                "a manager signs for a leaver who is not there.",
            ),
        )


class HeldThingsLeft(DmsError):
    """The person still holds or owes something; his account stays."""

    code: ClassVar[str] = "held_things_left"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str, things: tuple[Bilingual, ...]) -> None:
        named, more = things[:MOST_NAMED], len(things) - MOST_NAMED
        zh = "；".join(each.zh for each in named) + (f"；另有 {more} 项" if more > 0 else "")
        en = "; ".join(each.en for each in named) + (f"; and {more} more" if more > 0 else "")
        super().__init__(
            Bilingual(
                zh=f"“{name}”手中还有 {len(things)} 项未了结：{zh}。账号没有注销。",
                en=f"“{name}” still holds: {en}. The account was not closed.",
            ),
            Bilingual(
                zh="请先归还、办结，其余列入交接清单移交给接收人。",
                en="Have what was borrowed returned, and the rest handed over to a successor with a signed list.",
            ),
        )
