"""Why the web itself refuses, before any use case is asked."""

from datetime import datetime
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SignInRequired(DmsError):
    """Nobody is signed in, or the session has ended."""

    code: ClassVar[str] = "sign_in_required"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="您还没有登录，或登录已经失效。", en="You are not signed in, or your session has ended."),
            Bilingual(zh="请重新登录后再试。", en="Sign in again, then repeat what you did."),
        )


class SecondFactorToSetUp(DmsError):
    """The person's role asks for a second factor, which the account does not have yet."""

    code: ClassVar[str] = "second_factor_to_set_up"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="您的角色必须使用两步验证，设置之前不能使用其他功能。",
                en="Your role asks for a second factor; until it is set up nothing else is open to you.",
            ),
            Bilingual(zh="请先在账号安全页设置两步验证。", en="Set it up on the page of your account first."),
        )


class CodeNotAwaited(DmsError):
    """No sign-in waits for a code in this browser, or it has waited too long."""

    code: ClassVar[str] = "code_not_awaited"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="登录等待的时间过长，请从头再来。", en="The sign-in waited too long; begin anew."),
            Bilingual(zh="请重新输入用户名和密码。", en="Type name and password again."),
        )


class OpenIdNotConfigured(DmsError):
    """Nobody said where the company's sign-in service is."""

    code: ClassVar[str] = "openid_not_configured"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有配置统一登录。", en="No sign-in service of the company is configured."),
            Bilingual(zh="请用用户名和密码登录。", en="Sign in with name and password."),
        )


class OpenIdFailed(DmsError):
    """The sign-in service did not answer, or what it said cannot be believed; nobody was let in."""

    code: ClassVar[str] = "openid_failed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, part: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"统一登录没有成功（{part}）。",
                en=f"Signing in through the company's service failed ({part}).",
            ),
            Bilingual(
                zh="请从登录页重新开始；若仍不成功，请用用户名和密码登录，并告诉管理员。",
                en="Begin anew from the sign-in page; if it fails again, use the password and tell the administrator.",
            ),
        )


class TooManyAttempts(DmsError):
    """Sign-in was tried too often from here or for this account."""

    code: ClassVar[str] = "too_many_attempts"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, until: datetime, *, wait_seconds: int) -> None:
        self.until_at, self.wait_seconds = until, wait_seconds
        at = until.astimezone().strftime("%H:%M")
        minutes = max(1, -(-wait_seconds // 60))
        super().__init__(
            Bilingual(zh="登录失败次数过多，已暂停登录。", en="Sign-in failed too often and is paused."),
            Bilingual(
                zh=f"请在 {at} 之后再试（约 {minutes} 分钟）；忘记密码请联系管理员。",
                en=f"Try again after {at} (about {minutes} min); ask the administrator if you forgot the password.",
            ),
        )


class FormExpired(DmsError):
    """The form's token is missing, old, or belongs to another session; a forged request looks the same."""

    code: ClassVar[str] = "form_expired"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="页面已过期，刚才的操作没有执行。", en="The page had expired; what you asked for was not done."
            ),
            Bilingual(zh="请返回上一页，刷新后重试。", en="Go back, reload the page and try again."),
        )


class AddressUnknown(DmsError):
    """No page has this address."""

    code: ClassVar[str] = "address_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有这个页面。", en="There is no such page."),
            Bilingual(zh="请检查网址，或从首页重新进入。", en="Check the address, or start again from the home page."),
        )


class ContractUnknown(DmsError):
    """The customer has no contract of this number of which the actor may see a paper; the two are never told apart."""

    code: ClassVar[str] = "contract_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"该客户名下没有编号为“{number}”的合同，或您无权查看。",
                en=f"This customer has no contract with the number “{number}”, or you may not see it.",
            ),
            Bilingual(zh="请从客户页的合同台账进入。", en="Go there from the contract ledger on the customer's page."),
        )


class RequestTooLarge(DmsError):
    """More bytes were sent than one request may carry."""

    code: ClassVar[str] = "request_too_large"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, max_bytes: int) -> None:
        megabytes = max_bytes // (1024 * 1024)
        super().__init__(
            Bilingual(zh="一次发送的内容过大，没有接收。", en="Too much was sent at once; nothing was received."),
            Bilingual(
                zh=f"单个文件不超过 {megabytes} MB，请逐个上传或拆分后再传。",
                en=f"One file may have {megabytes} MB at most; upload them one by one, or split it.",
            ),
        )


class RequestMalformed(DmsError):
    """The request cannot be understood: a bad method, a bad value in the address, a broken body."""

    code: ClassVar[str] = "request_malformed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="无法理解这个请求，未做任何改动。", en="The request was not understood; nothing was changed."),
            Bilingual(zh="请返回上一页重试。", en="Go back and try again."),
        )


class Unexpected(DmsError):
    """A fault of the program itself; `incident` is what the log calls it."""

    code: ClassVar[str] = "unexpected"
    kind: ClassVar[Kind] = Kind.UNEXPECTED

    def __init__(self, incident: str) -> None:
        super().__init__(
            Bilingual(
                zh="系统出现意外故障，本次操作没有完成；已收到的资料不受影响。",
                en="Something went wrong inside the system and this was not completed; received papers are safe.",
            ),
            Bilingual(
                zh=f"请稍后重试；如仍出现，请把故障编号 {incident} 告诉管理员。",
                en=f"Try again later; if it persists, give the incident number {incident} to the administrator.",
            ),
        )


class PasswordsDiffer(DmsError):
    """The new password was typed in two different ways."""

    code: ClassVar[str] = "passwords_differ"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="两次输入的新密码不一致，密码没有修改。", en="The two new passwords differ; nothing was changed."
            ),
            Bilingual(zh="请重新输入两次新密码。", en="Type the new password twice again."),
        )


class StillSealed(DmsError):
    """The service holds no key until somebody unlocks it."""

    code: ClassVar[str] = "service_sealed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="档案库已锁定，现在不能使用。", en="The archive is sealed and cannot be used now."),
            Bilingual(
                zh="请持有口令或恢复密钥的人在解锁页面解锁后再试。",
                en="Try again once somebody with the passphrase or the recovery key has unlocked it.",
            ),
        )


class UnlockRefused(DmsError):
    """What was typed is neither a passphrase nor the recovery key of this archive."""

    code: ClassVar[str] = "unlock_refused"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="口令或恢复密钥不正确，档案库没有打开。",
                en="The passphrase or recovery key is wrong; the archive was not opened.",
            ),
            Bilingual(
                zh="请检查大小写和输入法后重试；口令遗失时可以输入恢复密钥。",
                en="Check the case and the keyboard, then try again; if the passphrase is lost, use the recovery key.",
            ),
        )


class UnlockPaused(DmsError):
    """Unlocking was tried too often from here, or too often from everywhere."""

    code: ClassVar[str] = "unlock_paused"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, until: datetime, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        at = until.astimezone().strftime("%H:%M")
        minutes = max(1, -(-wait_seconds // 60))
        super().__init__(
            Bilingual(zh="输错次数过多，解锁已暂停。", en="Too many wrong entries; unlocking is paused."),
            Bilingual(
                zh=f"请在 {at} 之后再试（约 {minutes} 分钟）；急用时可在服务器上用口令文件或密钥文件重新启动服务。",
                en=f"Try again after {at} (about {minutes} min), or restart the service with a passphrase or key file.",
            ),
        )


class ArchiveNotOpened(DmsError):
    """The secret may be right, but the archive cannot be opened; strangers are told the code only."""

    code: ClassVar[str] = "archive_not_opened"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(zh=f"档案库无法打开（{reason}）。", en=f"The archive cannot be opened ({reason})."),
            Bilingual(
                zh="请管理员在服务器上查看日志，并按运行维护手册处理。",
                en="Ask the administrator to look into the log on the server and follow the operations manual.",
            ),
        )


class NothingBeside(DmsError):
    """The pages are served without the service that keeps the archive up."""

    code: ClassVar[str] = "no_service_beside"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="当前页面没有连接后台服务，不能执行维护操作。", en="These pages run without the upkeep service."
            ),
            Bilingual(zh="请用 dms serve 启动服务后再试。", en="Start the service with dms serve, then try again."),
        )


class AddressClosed(DmsError):
    """Whoever made the view did not say whom it is for, so it is for nobody."""

    code: ClassVar[str] = "address_closed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这个页面没有声明对谁开放，因此不开放。", en="It was not stated whom this page is for."),
            Bilingual(zh="请联系系统管理员。", en="Tell the administrator of the system."),
        )


class SheetNotChosen(DmsError):
    """A form that takes a spreadsheet was sent without one."""

    code: ClassVar[str] = "sheet_not_chosen"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="还没有选择表格。", en="No spreadsheet was chosen."),
            Bilingual(zh="请选择一份 .xlsx 工作簿后再试。", en="Choose an .xlsx workbook, then try again."),
        )


class PreviewForgotten(DmsError):
    """The table that was looked at is not at hand any more."""

    code: ClassVar[str] = "preview_forgotten"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="预览已经失效（超过 30 分钟、已导入过，或服务重新启动过），没有导入任何一行。",
                en="The preview is no longer at hand (after 30 minutes, once imported, or after a restart); "
                "no row was imported.",
            ),
            Bilingual(zh="请重新选择表格，预览后再导入。", en="Choose the spreadsheet again, look at it, then import."),
        )
