"""Why somebody is not let in, or cannot be invited."""

from datetime import datetime
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SignInPaused(DmsError):
    """What was given with this name did not fit too often in a row; the pause outlives a restart."""

    code: ClassVar[str] = "sign_in_paused"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, until: datetime, *, wait_seconds: int) -> None:
        self.until_at, self.wait_seconds = until, wait_seconds
        at = until.astimezone().strftime("%m-%d %H:%M")
        minutes = max(1, -(-wait_seconds // 60))
        super().__init__(
            Bilingual(
                zh="这个用户名连续登录失败次数过多，已暂停登录。",
                en="Signing in under this name failed too often in a row and is paused.",
            ),
            Bilingual(
                zh=f"请在 {at} 之后再试（约 {minutes} 分钟），或请管理员解除暂停。",
                en=f"Try again after {at} (about {minutes} min), or ask the administrator to end the pause.",
            ),
        )


class SecondFactorNeeded(DmsError):
    """The password fits; the account asks for the code of its owner's telephone as well."""

    code: ClassVar[str] = "second_factor_needed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, user_id: int, epoch: int) -> None:
        self.user_id, self.epoch = user_id, epoch
        super().__init__(
            Bilingual(
                zh="该账号启用了两步验证，还需要验证码。",
                en="This account asks for a second factor; its code is needed as well.",
            ),
            Bilingual(
                zh="请在密码后面空一格，再输入手机上的 6 位验证码。",
                en="Type the six digits of the telephone after the password, with a space between.",
            ),
        )


class SecondFactorWrong(DmsError):
    """The code does not fit, was used before, or is too old."""

    code: ClassVar[str] = "second_factor_wrong"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="验证码不正确，或已经用过。",
                en="The code is wrong, or it was used before.",
            ),
            Bilingual(
                zh="请等手机上出现下一个验证码再输入；手机时间须准确。手机不在身边时可以输入一个恢复码。",
                en="Wait for the next code and see that the telephone's clock is right; "
                "without the telephone, type a recovery code.",
            ),
        )


class SecondFactorAbsent(DmsError):
    """There is no second factor to confirm, to renew or to take away."""

    code: ClassVar[str] = "second_factor_absent"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="该账号没有启用两步验证。", en="This account has no second factor."),
            Bilingual(zh="请先在账号安全页设置。", en="Set one up on the page of the account first."),
        )


class SecondFactorPresent(DmsError):
    """A second factor that is in use is taken away before another is set up."""

    code: ClassVar[str] = "second_factor_present"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="该账号已经启用两步验证。", en="This account has a second factor already."),
            Bilingual(
                zh="换手机时，请先停用，再重新设置。", en="To change the telephone, take it away and set it up anew."
            ),
        )


class SecondFactorRequired(DmsError):
    """A person in such a role may exchange his second factor, but not go without."""

    code: ClassVar[str] = "second_factor_required"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="您的角色必须使用两步验证，不能停用。",
                en="Your role asks for a second factor; it cannot be taken away.",
            ),
            Bilingual(
                zh="换手机时，请管理员重置两步验证后重新设置。",
                en="To change the telephone, let the administrator reset it and set it up anew.",
            ),
        )


class InvitationNotOpen(DmsError):
    """The code opens nothing: mistyped, used, withdrawn or too old; which of them is not said to strangers."""

    code: ClassVar[str] = "invitation_not_open"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="邀请码不正确，或者已经用过、过期、作废。",
                en="This code is wrong, or it was used, withdrawn or has lapsed.",
            ),
            Bilingual(
                zh="请核对邀请码，或请管理员重新邀请。", en="Check the code, or ask the administrator for a new one."
            ),
        )


class AccountNotOpen(DmsError):
    """The account is locked or closed."""

    code: ClassVar[str] = "account_not_open"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"账号“{name}”已停用或已注销。", en=f"The account “{name}” is locked or closed."),
            Bilingual(zh="请先启用账号，再办理。", en="Unlock the account first."),
        )


class SessionUnknown(DmsError):
    """There is no such session of this account, or it has ended."""

    code: ClassVar[str] = "session_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, session_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有编号为 {session_id} 的登录，或它已经结束。",
                en=f"There is no session number {session_id}, or it has ended.",
            ),
            Bilingual(zh="请刷新登录列表后再试。", en="Reload the list of sessions."),
        )


class EmailUnusable(DmsError):
    """What was stated is no address, or belongs to another account."""

    code: ClassVar[str] = "email_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, email: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"邮箱“{email}”不合规，或已属于另一个账号。",
                en=f"The address “{email}” cannot be used, or another account has it.",
            ),
            Bilingual(zh="请核对邮箱；每个账号各用一个。", en="Check it; every account has an address of its own."),
        )


class SignInRuleInvalid(DmsError):
    """A rule of signing in lies outside of what makes sense."""

    code: ClassVar[str] = "sign_in_rule_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class IdentityUnknown(DmsError):
    """The company's sign-in service named somebody who has no account here."""

    code: ClassVar[str] = "identity_unknown"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="统一登录认出了您，但这里没有与之对应的账号。",
                en="The company's sign-in knows you, but no account here belongs to you.",
            ),
            Bilingual(
                zh="请管理员为您新增账号，并填写与统一登录相同的邮箱。",
                en="Ask the administrator for an account with the address that the company's sign-in has of you.",
            ),
        )
