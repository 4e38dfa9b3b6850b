"""Why something cannot be shown or taken."""

from typing import ClassVar

from dms.domain.item import STATE_NAMES, ItemState
from dms.errors import Bilingual, DmsError, Kind


class PageNotFound(DmsError):
    """The item has no such page, or it has not been read yet."""

    code: ClassVar[str] = "page_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, number: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有第 {number} 页，或尚未识别。", en=f"There is no page {number}, or it is not read yet."),
            Bilingual(zh="请核对页号，或稍后再试。", en="Check the page number, or try again later."),
        )


class ItemDestroyed(DmsError):
    """The content was destroyed by an approved order; nothing of it can be given out any more."""

    code: ClassVar[str] = "item_destroyed"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这件资料已经按批准销毁，内容不复存在。",
                en="This paper was destroyed by an approved order; its content is gone.",
            ),
            Bilingual(
                zh="登记信息和销毁记录仍可在资料页上查看。",
                en="What was registered and the record of the destruction are still shown on its page.",
            ),
        )


class NotReadable(DmsError):
    """The paper has not been read to its end; half of it is not given out as if it were the whole."""

    code: ClassVar[str] = "not_readable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: ItemState) -> None:
        name = STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这件资料还没有完整的识别结果（{name.zh}）。",
                en=f"This paper has not been read to its end ({name.en}).",
            ),
            Bilingual(
                zh="请等待识别完成；原件可以随时下载。",
                en="Wait until it is read; the original can be taken at any time.",
            ),
        )


class SignInRefused(DmsError):
    """Name and password do not fit, or the account is locked; which of them is not said to strangers."""

    code: ClassVar[str] = "sign_in_refused"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="用户名或密码不正确，或账号已停用。",
                en="The name or the password is wrong, or the account is locked.",
            ),
            Bilingual(
                zh="请检查输入法和大小写后重试；忘记密码请联系管理员重置。",
                en="Check the keyboard and try again; the administrator can set a new password.",
            ),
        )


class CurrentPasswordWrong(DmsError):
    """Whoever changes a password must know the present one."""

    code: ClassVar[str] = "current_password_wrong"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="当前密码不正确，密码没有修改。", en="The current password is wrong; nothing was changed."),
            Bilingual(zh="请重新输入当前密码。", en="Type the current password again."),
        )


class PasswordUnsuitable(DmsError):
    """The password is too short, too long or too easy to guess."""

    code: ClassVar[str] = "password_unsuitable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class AccountFactInvalid(DmsError):
    """A stated fact about an account cannot be used."""

    code: ClassVar[str] = "account_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class OwnRights(DmsError):
    """Nobody decides on what he himself may see."""

    code: ClassVar[str] = "own_rights"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="不能更改自己的角色、密级、查阅范围和查阅授权。",
                en="Nobody can change what he himself is and may see.",
            ),
            Bilingual(zh="请由另一位管理员办理。", en="Let another administrator do it."),
        )


class GrantFactInvalid(DmsError):
    """What was stated about a grant of access cannot be used."""

    code: ClassVar[str] = "grant_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class AccessAlreadyGranted(DmsError):
    """The very same is granted and in force."""

    code: ClassVar[str] = "access_already_granted"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"用户“{name}”已有这项授权。", en=f"This is granted to “{name}” already."),
            Bilingual(
                zh="如需更改期限，请先终止原授权，再重新授权。",
                en="To change its last day, end the grant and give a new one.",
            ),
        )


class GrantNotFound(DmsError):
    """There is no grant with this number."""

    code: ClassVar[str] = "grant_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, grant_id: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有编号为 {grant_id} 的查阅授权。", en=f"There is no grant number {grant_id}."),
            Bilingual(zh="请在用户的查阅权限中核对编号。", en="Look it up among the user's grants."),
        )


class UserNameTaken(DmsError):
    """Sign-in names are unique and never reused."""

    code: ClassVar[str] = "user_name_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"用户名“{name}”已经有人使用。", en=f"The user name “{name}” is taken."),
            Bilingual(
                zh="请换一个用户名；停用的账号也保留其用户名。", en="Choose another; locked accounts keep their names."
            ),
        )


class UserNotFound(DmsError):
    """No account has this name."""

    code: ClassVar[str] = "user_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有用户“{name}”。", en=f"There is no user “{name}”."),
            Bilingual(zh="请核对用户名。", en="Check the name."),
        )


class OwnAccount(DmsError):
    """Nobody locks his own account."""

    code: ClassVar[str] = "own_account"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="不能停用自己的账号。", en="You cannot lock your own account."),
            Bilingual(zh="请由另一位管理员操作。", en="Ask another administrator to do it."),
        )


class LastAdministrator(DmsError):
    """Without an administrator nobody could let people in again."""

    code: ClassVar[str] = "last_administrator"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这是最后一位管理员，不能停用，也不能取消其管理员角色。",
                en="This is the last administrator, who can neither be locked nor lose that role.",
            ),
            Bilingual(zh="请先新增另一位管理员。", en="Add another administrator first."),
        )


class KeysStillNeeded(DmsError):
    """Item keys or the catalogue are still under older keys; without those they could not be opened."""

    code: ClassVar[str] = "keys_still_needed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, items: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"还有 {items} 件资料的密钥由旧密钥保护，旧密钥尚不能停用。",
                en=f"The keys of {items} items are still wrapped under older keys, which cannot be retired yet.",
            )
            if items
            else Bilingual(
                zh="轮换尚未完成（目录数据库可能仍由旧密钥加密），旧密钥尚不能停用。",
                en="The rotation is not finished (the catalogue may still be under its older key); "
                "older keys cannot be retired yet.",
            ),
            Bilingual(
                zh="请先完成轮换（dms keys rotate --finish）；若仍有剩余，请用 dms verify 查明损坏的件。",
                en="Finish the rotation first (dms keys rotate --finish); if some remain, dms verify names them.",
            ),
        )


class OldKeysInTheWay(DmsError):
    """The keyring has no room for further keys as long as it holds so many old ones."""

    code: ClassVar[str] = "old_keys_in_the_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="密钥环中的旧密钥太多，容不下新密钥；没有轮换。",
                en="The keyring holds too many old keys to take new ones; nothing was rotated.",
            ),
            Bilingual(zh="请先停用旧密钥（dms keys retire）。", en="Retire the old ones first (dms keys retire)."),
        )


class CopiesWouldBeLost(DmsError):
    """Some backup places hold nothing newer than the rotation; retiring the old keys would make them useless."""

    code: ClassVar[str] = "copies_would_be_lost"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(
            Bilingual(
                zh=f"以下备份位置还没有轮换之后的备份：{'、'.join(places)}。停用旧密钥后，那里的备份将无法打开。",
                en=f"These places hold no backup made since the rotation: {', '.join(places)}. "
                "Without the old keys nothing there could be opened.",
            ),
            Bilingual(
                zh="请先备份到这些位置（dms backup --all），或确认放弃它们（--despite-places）。",
                en="Back up to them first (dms backup --all), or give them up on purpose (--despite-places).",
            ),
        )
