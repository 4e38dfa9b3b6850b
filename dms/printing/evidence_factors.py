"""The seven factors by which a court judges whether electronic data is authentic, and what an inspection saw of each.

Source: 最高人民法院关于民事诉讼证据的若干规定（2019 修正）第九十三条第一款. The headings repeat it in short;
the English is ours.
"""

from dms.domain.inspection import Inspection, Severity
from dms.errors import Bilingual

Factor = tuple[Bilingual, tuple[Bilingual, ...]]


_TITLES = (
    Bilingual("（一）硬件、软件环境是否完整、可靠", "1. Whether hardware and software are complete and reliable"),
    Bilingual("（二）是否处于正常运行状态", "2. Whether the system was working normally"),
    Bilingual(
        "（三）是否具备有效的防止出错的监测、核查手段", "3. Whether there is effective monitoring against errors"
    ),
    Bilingual(
        "（四）是否被完整地保存、传输、提取，方法是否可靠",
        "4. Whether data is kept, moved and taken out whole, by reliable methods",
    ),
    Bilingual("（五）是否在正常的往来活动中形成和存储", "5. Whether it was formed and stored in normal dealings"),
    Bilingual("（六）保存、传输、提取的主体是否适当", "6. Whether the proper persons kept and handled it"),
    Bilingual("（七）影响完整性和可靠性的其他因素", "7. Other factors of integrity and reliability"),
)
_NOT_SEEN = Bilingual("档案库未能打开，本次未能查看此项。", "The archive did not open; nothing could be seen of this.")


def evidence_factors(made: Inspection) -> list[Factor]:
    """Heading and observations of each factor, in the order of the article; nothing is said that was not seen."""
    observe = (_environment, _operation, _monitoring, _preservation, _dealings, _persons, _others)
    opened = bool(made.counts)
    unseen: tuple[tuple[Bilingual, ...], ...] = ((_where(made),), *((_NOT_SEEN,) for _ in _TITLES[1:]))
    seen = tuple(each(made) for each in observe) if opened else unseen
    return list(zip(_TITLES, seen, strict=True))


def _where(made: Inspection) -> Bilingual:
    facts = made.facts
    where = f"{facts.get('program', '')}, Python {facts.get('python', '')}, {facts.get('system', '')}"
    return Bilingual(f"运行环境：{where}。", f"Environment: {where}.")


def _environment(made: Inspection) -> tuple[Bilingual, ...]:
    return (
        _where(made),
        Bilingual(
            "目录数据库为 SQLCipher 加密数据库，检查中执行了其加密自检、结构自检和引用自检。",
            "The catalogue is an SQLCipher database; its checks of encryption, structure and references were run.",
        ),
    )


def _operation(made: Inspection) -> tuple[Bilingual, ...]:
    damages = sum(finding.severity is Severity.DAMAGE for finding in made.findings)
    state = (
        Bilingual(
            "检查期间系统正常运行，各项检查均已完成。",
            "The system was working during the inspection; all checks were run.",
        )
        if not damages
        else Bilingual(
            f"检查发现 {damages} 项损坏，见“检查发现”；其余检查项已完成。",
            f"{damages} damages were found, see the findings; the other checks were run.",
        )
    )
    free_mb = made.facts.get("free_disk_mb")
    return (
        (state, Bilingual(f"磁盘可用空间 {free_mb} MB。", f"Free disk space: {free_mb} MB.")) if free_mb else (state,)
    )


def _monitoring(made: Inspection) -> tuple[Bilingual, ...]:
    entries = made.counts.get("journal_entries", 0)
    return (
        Bilingual(
            f"操作日志只增不改，每条带有前一条的 SHA-256 摘要；本次自首条起核对 {entries:,} 条。",
            f"The journal only grows; each entry has the SHA-256 digest of the one before. {entries:,} entries were "
            "followed from the first.",
        ),
        Bilingual(
            "历次检查与备份记下的日志位置一并核对；本报告的摘要亦记入日志。",
            "What earlier inspections and backups noted of the journal was compared with it; the digest of this report "
            "is journaled too.",
        ),
    )


def _preservation(made: Inspection) -> tuple[Bilingual, ...]:
    objects, deep = made.counts.get("objects", 0), made.counts.get("objects_decrypted", 0)
    return (
        Bilingual(
            "原件在接收时逐字节加密封存（带认证的分块加密）并回读核对，此后不再改动；派生件另行封存。",
            "Originals are sealed on arrival by authenticated encryption, read back, and never changed; what is made "
            "from them is sealed separately.",
        ),
        Bilingual(
            f"本次核对封存对象 {objects:,} 个，其中 {deep:,} 个逐字节解密，与登记的 SHA-256 一致。",
            f"{objects:,} sealed objects were checked, {deep:,} of them decrypted whole and equal to their SHA-256 on "
            "record.",
        ),
        _copies(made),
    )


def _copies(made: Inspection) -> Bilingual:
    places, latest = made.facts.get("backup_places", "0"), made.facts.get("latest_backup_at")
    if latest is None:
        return Bilingual(f"备份位置 {places} 个，尚无完整备份。", f"Backup places: {places}; no complete backup yet.")
    return Bilingual(
        f"备份位置 {places} 个，最近一次完整备份 {latest}。",
        f"Backup places: {places}; latest complete backup: {latest}.",
    )


def _dealings(made: Inspection) -> tuple[Bilingual, ...]:
    items, filed = made.counts.get("items", 0), made.facts.get("filed_items", "0")
    return (
        Bilingual(
            f"资料由业务人员在日常工作中收存，接收人、时间和途径记入操作日志；{items:,} 件的原件 SHA-256 "
            f"与日志逐件核对，已归档 {filed} 件。",
            f"Papers are taken in as business goes on; the journal has by whom, when and through which door. The "
            f"SHA-256 of the originals of {items:,} items was compared with it; {filed} are filed.",
        ),
    )


def _persons(made: Inspection) -> tuple[Bilingual, ...]:
    accounts = made.facts.get("accounts", "0")
    return (
        Bilingual(
            f"按角色与密级授权，在用账号 {accounts} 个；查阅、下载、导出均记入操作日志。",
            f"Access goes by role and grade of secrecy (active accounts: {accounts}); looking, downloading and "
            "exporting are journaled.",
        ),
        Bilingual(f"本次检查由 {made.actor} 执行。", f"This inspection was made by {made.actor}."),
    )


def _others(made: Inspection) -> tuple[Bilingual, ...]:
    destroyed = made.facts.get("destroyed_items", "0")
    return (
        Bilingual(
            f"按批准销毁 {destroyed} 件，均留有存根并核对。" if destroyed != "0" else "没有销毁过资料。",
            f"{destroyed} items were destroyed under approved lists; their stubs were checked."
            if destroyed != "0"
            else "No item was ever destroyed.",
        ),
        Bilingual(
            "接收之前资料是否真实，本报告不作判断。",
            "Whether a paper was authentic before it arrived is not for this report to say.",
        ),
    )
