"""离职交接: what a person holds, the list that passes it on under three signatures, and the closing of the account."""

from dms.custody.leaving.closing import close_account
from dms.custody.leaving.collecting import held_things
from dms.custody.leaving.errors import (
    HandOverEnded,
    HandOverFactInvalid,
    HandOverNotFound,
    HandOverUnderWay,
    HeldThingsLeft,
    ListOutdated,
    NotYoursToSign,
    SuccessorMayNotSee,
)
from dms.custody.leaving.handing_over import (
    HandOverShown,
    HandOverWish,
    LeaverStanding,
    draw_up_hand_over,
    duties,
    leaver_standing,
    list_hand_overs,
    show_hand_over,
    sign_hand_over,
    withdraw_hand_over,
)
from dms.custody.leaving.printing_out import leaver_list

__all__ = [
    "HandOverEnded",
    "HandOverFactInvalid",
    "HandOverNotFound",
    "HandOverShown",
    "HandOverUnderWay",
    "HandOverWish",
    "HeldThingsLeft",
    "LeaverStanding",
    "ListOutdated",
    "NotYoursToSign",
    "SuccessorMayNotSee",
    "close_account",
    "draw_up_hand_over",
    "duties",
    "held_things",
    "leaver_list",
    "leaver_standing",
    "list_hand_overs",
    "show_hand_over",
    "sign_hand_over",
    "withdraw_hand_over",
]
