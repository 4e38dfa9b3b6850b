"""What a verification can find: every code with its severity, its sentence and its remedy, in both languages.

Invariant: a code says one thing for good; docs/operations.md explains each of them (a test holds the two together).
"""

from dataclasses import dataclass
from enum import StrEnum

from dms.domain.inspection import Finding, Severity
from dms.errors import Bilingual


class FindingCode(StrEnum):
    """Everything that can be found."""

    ARCHIVE_INCOMPLETE = "archive_incomplete"
    KEYRING_MISSING = "keyring_missing"
    KEYRING_DAMAGED = "keyring_damaged"
    KEYRING_EXCHANGED = "keyring_exchanged"
    WRAPPING_KEY_MISSING = "wrapping_key_missing"
    CATALOGUE_DAMAGED = "catalogue_damaged"
    CATALOGUE_UNREADABLE = "catalogue_unreadable"
    JOURNAL_BROKEN = "journal_broken"
    JOURNAL_CUT_OFF = "journal_cut_off"
    ARRIVAL_UNRECORDED = "arrival_unrecorded"
    ARRIVAL_DIFFERS = "arrival_differs"
    ITEM_VANISHED = "item_vanished"
    ITEM_KEY_UNUSABLE = "item_key_unusable"
    ORIGINAL_MISSING = "original_missing"
    PAGES_INCOMPLETE = "pages_incomplete"
    PAGE_PARTS_INCOMPLETE = "page_parts_incomplete"
    CORRECTION_ASTRAY = "correction_astray"
    VOLUME_DIFFERS = "volume_differs"
    VOLUME_SEAL_BROKEN = "volume_seal_broken"
    VOLUME_SEAL_FOREIGN = "volume_seal_foreign"
    NUMBER_UNRECORDED = "number_unrecorded"
    NUMBER_UNBORNE = "number_unborne"
    NUMBER_COUNTER_BEHIND = "number_counter_behind"
    NUMBERS_LEFT_OUT = "numbers_left_out"
    DESTROYED_ITEM_REMAINS = "destroyed_item_remains"
    DESTRUCTION_UNPROVEN = "destruction_unproven"
    DESTRUCTION_UNDONE = "destruction_undone"
    INDEX_DISAGREES = "index_disagrees"
    INDEX_INCOMPLETE = "index_incomplete"
    INDEX_DAMAGED = "index_damaged"
    OBJECT_MISSING = "object_missing"
    OBJECT_DAMAGED = "object_damaged"
    OBJECT_UNREADABLE = "object_unreadable"
    OBJECT_SIZE_DIFFERS = "object_size_differs"
    OBJECT_DIGEST_DIFFERS = "object_digest_differs"
    DUPLICATE_DIGEST_DIFFERS = "duplicate_digest_differs"
    PRINT_LOST = "print_lost"
    VAULT_FOLDER_REDIRECTED = "vault_folder_redirected"
    OBJECT_UNKNOWN = "object_unknown"
    OBJECT_CONDEMNED = "object_condemned"
    LEFTOVER_IN_VAULT = "leftover_in_vault"
    FOREIGN_NAME_IN_VAULT = "foreign_name_in_vault"
    ARCHIVE_EXPOSED = "archive_exposed"
    OWNER_DIFFERS = "owner_differs"
    DISK_NEARLY_FULL = "disk_nearly_full"
    FINDINGS_NOT_LISTED = "findings_not_listed"


OBJECT_CODES = frozenset(
    {
        FindingCode.OBJECT_MISSING,
        FindingCode.OBJECT_DAMAGED,
        FindingCode.OBJECT_UNREADABLE,
        FindingCode.OBJECT_SIZE_DIFFERS,
        FindingCode.OBJECT_DIGEST_DIFFERS,
    }
)
"""Findings whose subject is an object that a backup can give back."""

INDEX_CODES = frozenset({FindingCode.INDEX_DISAGREES, FindingCode.INDEX_INCOMPLETE, FindingCode.INDEX_DAMAGED})
"""Findings that making the index anew heals."""


def finding(code: FindingCode, subject: str, **facts: str | int | Bilingual) -> Finding:
    """The finding with its sentences, in which the facts stand; a missing fact is a programming error."""
    words = WORDS[code]
    return Finding(
        code=code.value,
        severity=words.severity,
        subject=subject,
        what=_filled(words.what, subject, facts),
        remedy=_filled(words.remedy, subject, facts),
    )


def _filled(text: Bilingual, subject: str, facts: dict[str, str | int | Bilingual]) -> Bilingual:
    return Bilingual(
        zh=text.zh.format(subject=subject, **{name: _said(fact, "zh") for name, fact in facts.items()}),
        en=text.en.format(subject=subject, **{name: _said(fact, "en") for name, fact in facts.items()}),
    )


def _said(fact: str | int | Bilingual, language: str) -> str:
    return fact.in_language(language) if isinstance(fact, Bilingual) else str(fact)


@dataclass(frozen=True, slots=True)
class Words:
    """What one finding says; names in braces are its facts."""

    severity: Severity
    what: Bilingual
    remedy: Bilingual


def _damage(zh: str, en: str, remedy: Bilingual) -> Words:
    return Words(Severity.DAMAGE, Bilingual(zh, en), remedy)


def _notice(zh: str, en: str, remedy: Bilingual) -> Words:
    return Words(Severity.NOTICE, Bilingual(zh, en), remedy)


_FROM_BACKUP = Bilingual(
    "请从备份取回该对象：dms repair --from 备份文件夹。",
    "Fetch the object from a backup: dms repair --from BACKUP_FOLDER.",
)
_RESTORE = Bilingual(
    "请停止写入，保留现场，用最近一次完好的备份恢复（dms restore），并查明原因。",
    "Stop writing, keep everything as it is, restore the latest sound backup (dms restore), and find the cause.",
)
_ASK_WHY = Bilingual(
    "请保留现场，查看操作日志和该件，由管理员与档案员共同查明原因后再处理。",
    "Keep everything as it is; administrator and archivist should look at the journal and the item together first.",
)
_READ_AGAIN = Bilingual(
    "原件不受此影响。请查看该件；必要时从备份恢复后再比对。",
    "The original is not affected. Look at the item; where needed, restore a backup and compare.",
)
_INDEX = Bilingual("请重建检索索引：dms repair --rebuild-index。", "Make the index anew: dms repair --rebuild-index.")
_NOTHING = Bilingual("无需处理；下次启动会自动清理。", "Nothing to do; the next start tidies it up.")
_KEYRING = Bilingual(
    "请用备份中的 keyring.json 替换，再重新检查；在此之前不要更换口令或密钥。",
    "Put keyring.json back from a backup and verify again; change no passphrase and no key before that.",
)

WORDS: dict[FindingCode, Words] = {
    FindingCode.ARCHIVE_INCOMPLETE: _damage(
        "档案库文件夹不完整，缺少：{missing}。",
        "The archive folder is incomplete; missing: {missing}.",
        Bilingual(
            "请先确认磁盘已全部挂载，再从备份恢复缺少的部分；不要在此重新建库。",
            "Check that every disk is mounted, then restore what is missing; do not found a new archive here.",
        ),
    ),
    FindingCode.KEYRING_MISSING: _damage("密钥环 keyring.json 不存在。", "The keyring keyring.json is gone.", _KEYRING),
    FindingCode.KEYRING_DAMAGED: _damage(
        "密钥环 keyring.json 已损坏（{reason}）。", "The keyring keyring.json is damaged ({reason}).", _KEYRING
    ),
    FindingCode.KEYRING_EXCHANGED: _damage(
        "磁盘上的密钥环不是本档案库正在使用的那一份（{reason}）。",
        "The keyring on the disk is not the one this archive is working with ({reason}).",
        _KEYRING,
    ),
    FindingCode.WRAPPING_KEY_MISSING: _damage(
        "密钥环缺少{grade}级第{epoch}代包装密钥，有 {items} 件资料依赖它，无法打开。",
        "The keyring lacks the wrapping key of grade {grade}, epoch {epoch}, which {items} items need.",
        _KEYRING,
    ),
    FindingCode.CATALOGUE_DAMAGED: _damage(
        "目录数据库 catalogue.db 自检发现损坏：{detail}。",
        "The catalogue's own check found damage: {detail}.",
        _RESTORE,
    ),
    FindingCode.CATALOGUE_UNREADABLE: _damage(
        "目录数据库 catalogue.db 有内容读不出来（检查“{stage}”时，{reason}）。",
        "Parts of the catalogue cannot be read (while checking {stage}: {reason}).",
        _RESTORE,
    ),
    FindingCode.JOURNAL_BROKEN: _damage(
        "操作日志第 {seq} 条与其摘要或前一条不符，日志被改动过。",
        "Journal entry {seq} does not fit its digest or the entry before it: the journal was altered.",
        _RESTORE,
    ),
    FindingCode.JOURNAL_CUT_OFF: _damage(
        "{witness}记下的操作日志第 {seq} 条已不在或已不同：目录可能被换成了较早的版本，或日志被截短。",
        "Journal entry {seq}, as noted by {witness}, is gone or another one: the catalogue may have been replaced by "
        "an older one, or the journal was cut off.",
        _RESTORE,
    ),
    FindingCode.ARRIVAL_UNRECORDED: _damage(
        "件 {subject} 在操作日志中没有接收记录。",
        "The journal has no entry of the arrival of item {subject}.",
        _ASK_WHY,
    ),
    FindingCode.ARRIVAL_DIFFERS: _damage(
        "件 {subject} 原件的 SHA-256 与接收时记入操作日志的不一致。",
        "The SHA-256 of the original of item {subject} is not the one journaled on arrival.",
        _ASK_WHY,
    ),
    FindingCode.ITEM_VANISHED: _damage(
        "操作日志记有件 {subject} 的接收，目录中却没有这一件。",
        "The journal tells of the arrival of item {subject}, but the catalogue has no such item.",
        _RESTORE,
    ),
    FindingCode.ITEM_KEY_UNUSABLE: _damage(
        "件 {subject} 的密钥打不开（{reason}），该件的全部内容无法读取。",
        "The key of item {subject} does not open ({reason}); nothing of the item can be read.",
        _RESTORE,
    ),
    FindingCode.ORIGINAL_MISSING: _damage(
        "件 {subject} 在目录中应有且仅有一份原件，实有 {count} 份。",
        "Item {subject} must have exactly one original in the catalogue; it has {count}.",
        _ASK_WHY,
    ),
    FindingCode.PAGES_INCOMPLETE: _damage(
        "件 {subject} 共 {total} 页，目录中的页不齐（{present} 页）。",
        "Item {subject} has {total} pages, but the catalogue does not hold exactly these ({present} found).",
        _READ_AGAIN,
    ),
    FindingCode.PAGE_PARTS_INCOMPLETE: _damage(
        "件 {subject} 第 {page} 页的页面图像、缩略图、版面三者不齐或多余。",
        "Page {page} of item {subject} does not have exactly its image, its thumbnail and its layout.",
        _READ_AGAIN,
    ),
    FindingCode.CORRECTION_ASTRAY: _damage(
        "件 {subject} 没有第 {page} 页，却有该页的文字更正。",
        "Item {subject} has no page {page}, but a correction of its text.",
        _ASK_WHY,
    ),
    FindingCode.VOLUME_DIFFERS: _damage(
        "已归档的件 {subject} 不在与其客户、类目、年度相符的案卷中。",
        "Item {subject} is filed, but not in the volume of its customer, series and year.",
        _ASK_WHY,
    ),
    FindingCode.NUMBER_UNRECORDED: _damage(
        "{subject} 标有档号 {reference_code}，编号登记中却没有给它的这个号，或该号已作废。",
        "{subject} bears the code {reference_code}, but the register of numbers did not give it, or has it as void.",
        _ASK_WHY,
    ),
    FindingCode.NUMBER_UNBORNE: _damage(
        "编号登记中的档号 {subject} 没有案卷或件使用，也没有作废原因。",
        "The code {subject} was given, but nothing bears it, and the register does not say why.",
        _ASK_WHY,
    ),
    FindingCode.NUMBER_COUNTER_BEHIND: _damage(
        "{subject} 的流水号计数落后于已给出的号，可能重复给号。",
        "The counter of {subject} stands before a number that was given; a number could be given twice.",
        _RESTORE,
    ),
    FindingCode.NUMBERS_LEFT_OUT: _notice(
        "有 {count} 个空号没有说明原因。",
        "{count} numbers were left out, and nobody has said why.",
        Bilingual(
            "请档案员逐个说明（dms numbers gaps，dms numbers explain）。",
            "Let the archivist explain each (dms numbers gaps, dms numbers explain).",
        ),
    ),
    FindingCode.VOLUME_SEAL_BROKEN: _damage(
        "已封案卷 {subject} 与其封印不符：{detail}。",
        "The sealed volume {subject} is not as it was sealed: {detail}.",
        Bilingual(
            "请保留现场，与备份和操作日志比对，查明是谁在何时改动；查明之前不要重新封卷。",
            "Keep everything as it is, compare with a backup and the journal, find out who changed it and when; seal "
            "nothing anew before that.",
        ),
    ),
    FindingCode.VOLUME_SEAL_FOREIGN: _notice(
        "案卷 {subject} 的封印由另一个档案库的密钥签署：{detail}。",
        "The seals of volume {subject} were signed by another archive: {detail}.",
        Bilingual(
            "由别处导入的案卷属正常，请用原档案库的公钥核对；否则请查明是谁签署的。",
            "Where the volume was imported, check it with the public key of the archive it came from; else find out "
            "who signed it.",
        ),
    ),
    FindingCode.DESTROYED_ITEM_REMAINS: _damage(
        "已销毁的件 {subject} 仍留有：{remains}。",
        "Item {subject} was destroyed, but this of it remains: {remains}.",
        _ASK_WHY,
    ),
    FindingCode.DESTRUCTION_UNPROVEN: _damage(
        "件 {subject} 标为已销毁，却缺少：{missing}。",
        "Item {subject} is marked as destroyed, but this is missing: {missing}.",
        _ASK_WHY,
    ),
    FindingCode.DESTRUCTION_UNDONE: _damage(
        "件 {subject} 有销毁存根，目录中却未标为已销毁。",
        "There is a proof that item {subject} was destroyed, but the catalogue does not have it as destroyed.",
        _ASK_WHY,
    ),
    FindingCode.INDEX_DISAGREES: _damage(
        "检索索引与目录不符：缺 {missing} 件，多 {surplus} 件。",
        "Index and catalogue disagree: {missing} items missing, {surplus} too many.",
        _INDEX,
    ),
    FindingCode.INDEX_INCOMPLETE: _notice(
        "检索索引尚未建成：还缺 {missing} 件。资料没有损失。",
        "The full-text index is not whole yet: {missing} items are missing. Nothing is lost.",
        Bilingual(
            "服务运行时会自动建成；也可运行 dms repair --rebuild-index。",
            "The running service makes it by itself; or run dms repair --rebuild-index.",
        ),
    ),
    FindingCode.INDEX_DAMAGED: _damage("检索索引自身已损坏。", "The full-text index is damaged in itself.", _INDEX),
    FindingCode.OBJECT_MISSING: _damage(
        "件 {item} 的{part}不在封存库中（对象 {subject}）。",
        "The {part} of item {item} is not in the vault (object {subject}).",
        _FROM_BACKUP,
    ),
    FindingCode.OBJECT_DAMAGED: _damage(
        "件 {item} 的{part}已损坏：{reason}（对象 {subject}）。",
        "The {part} of item {item} is damaged: {reason} (object {subject}).",
        _FROM_BACKUP,
    ),
    FindingCode.OBJECT_UNREADABLE: _damage(
        "件 {item} 的{part}读不出来：{reason}（对象 {subject}）。",
        "The {part} of item {item} cannot be read: {reason} (object {subject}).",
        Bilingual(
            "请先检查磁盘、挂载和权限；确属损坏时从备份取回：dms repair --from 备份文件夹。",
            "Check the disk, its mounting and permissions; if it is lost, fetch it: dms repair --from BACKUP_FOLDER.",
        ),
    ),
    FindingCode.OBJECT_SIZE_DIFFERS: _damage(
        "件 {item} 的{part}为 {found} 字节，目录记为 {recorded} 字节（对象 {subject}）。",
        "The {part} of item {item} has {found} bytes, the catalogue says {recorded} (object {subject}).",
        _FROM_BACKUP,
    ),
    FindingCode.OBJECT_DIGEST_DIFFERS: _damage(
        "件 {item} 的{part}的 SHA-256 与目录不一致（对象 {subject}）。",
        "The SHA-256 of the {part} of item {item} is not the one in the catalogue (object {subject}).",
        _FROM_BACKUP,
    ),
    FindingCode.DUPLICATE_DIGEST_DIFFERS: _damage(
        "件 {subject} 的查重摘要与其原件不符，相同文件再来时会认不出。",
        "The digest by which doubles of item {subject} are known is not that of its original.",
        _ASK_WHY,
    ),
    FindingCode.PRINT_LOST: _notice(
        "打印任务 {job} 的结果“{name}”打不开：{reason}（对象 {subject}）。它只是复制件，档案不受影响。",
        "“{name}”, printed by job {job}, does not open: {reason} (object {subject}). It is a copy; the papers are "
        "not affected.",
        Bilingual("请清除该打印任务，需要时重新打印。", "Remove that print job, and print again where it is needed."),
    ),
    FindingCode.VAULT_FOLDER_REDIRECTED: _damage(
        "封存库中的文件夹 {subject} 被换成了链接，不会被读取。",
        "The folder {subject} of the vault was replaced by a link; it is not read.",
        Bilingual(
            "请查明是谁换的；把真正的文件夹移回原处后再检查。",
            "Find out who did that; move the real folder back to its place, then verify again.",
        ),
    ),
    FindingCode.OBJECT_UNKNOWN: _notice(
        "封存库中有一个目录不认识的对象 {subject}（{hours} 小时前写入），通常是中断的接收留下的，无害。",
        "The catalogue does not know object {subject} (written {hours} hours ago); usually the harmless remainder of "
        "an interrupted intake.",
        Bilingual(
            "确认日志完好后可以清除：dms repair --remove-unknown-objects。",
            "Where the journal is whole it can be removed: dms repair --remove-unknown-objects.",
        ),
    ),
    FindingCode.OBJECT_CONDEMNED: _notice(
        "已销毁资料的对象 {subject} 尚未从磁盘移除（其密钥已毁，内容不可读）。",
        "Object {subject} of a destroyed item is still on the disk (its key is gone; nobody can read it).",
        _NOTHING,
    ),
    FindingCode.LEFTOVER_IN_VAULT: _notice(
        "封存库中有一个没有写完的临时文件 {subject}。",
        "The vault holds something that was never finished: {subject}.",
        _NOTHING,
    ),
    FindingCode.FOREIGN_NAME_IN_VAULT: _notice(
        "封存库中有不属于它的名称：{subject}。",
        "Something in the vault does not belong there: {subject}.",
        Bilingual("请查明来历并移走。", "Find out where it came from, and move it away."),
    ),
    FindingCode.ARCHIVE_EXPOSED: _notice(
        "档案库文件夹 {subject} 的权限为 {mode}，本机其他账号可以访问。",
        "The archive folder {subject} has mode {mode}: other accounts of this machine can reach it.",
        Bilingual(
            "请改为仅限本账号（文件夹 0700，文件 0600）。", "Restrict it to its account (folders 0700, files 0600)."
        ),
    ),
    FindingCode.OWNER_DIFFERS: _notice(
        "{subject} 与档案库文件夹不属于同一个账号。",
        "{subject} does not belong to the same account as the archive folder.",
        Bilingual("请改为运行服务的账号。", "Give it to the account that runs the service."),
    ),
    FindingCode.DISK_NEARLY_FULL: _notice(
        "磁盘仅余 {free_mb} MB。",
        "Only {free_mb} MB are left on the disk.",
        Bilingual("请尽快扩容；空间不足时会拒绝接收资料。", "Add space soon; papers are refused when it runs out."),
    ),
    FindingCode.FINDINGS_NOT_LISTED: _damage(
        "另有 {count} 项损坏未逐一列出。",
        "{count} more damages are not listed one by one.",
        Bilingual("请先处理已列出的，再检查一次。", "Deal with those that are listed, then verify again."),
    ),
}
