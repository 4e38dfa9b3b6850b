"""How the facts of a restore drill are called and written, wherever they are shown."""

from datetime import datetime

from dms.errors import Bilingual

DRILL_FACT_NAMES: dict[str, Bilingual] = {
    "made_at": Bilingual("快照时间", "Snapshot made"),
    "items_restored": Bilingual("恢复的资料（件）", "Items restored"),
    "items_now": Bilingual("现用库的资料（件）", "Items in the archive now"),
    "objects": Bilingual("恢复的封存对象", "Sealed objects restored"),
    "bytes": Bilingual("恢复的字节数", "Bytes restored"),
    "objects_opened": Bilingual("逐字节解密核对的对象", "Objects decrypted and compared with their digests"),
    "journal_seq": Bilingual("快照中的末条日志", "Last journal entry of the snapshot"),
    "journal_continues": Bilingual("日志与现用库衔接", "Journal continues in the archive"),
    "originals_compared": Bilingual("与现用库比对的原件", "Originals compared with the archive"),
    "originals_equal": Bilingual("其中逐字节一致", "… of these, equal byte for byte"),
    "destroyed_again": Bilingual("重新销毁的资料（件）", "Items destroyed again"),
    "seconds": Bilingual("用时（秒）", "Seconds"),
    "megabytes_per_second": Bilingual("速度（MB/秒）", "MB a second"),
    "problem": Bilingual("未通过的原因代码", "Code of the problem"),
}
"""What is told of a drill, in this order; `problem_zh` and `problem_en` are the sentence that goes with `problem`."""
_ANSWERS = {"yes": Bilingual("是", "yes"), "no": Bilingual("否", "no")}


def drill_fact(name: str, value: str) -> Bilingual:
    """The value of a fact as a person reads it: moments by this machine's clock, thousands set apart."""
    if name == "made_at":
        local = datetime.fromisoformat(value).astimezone()
        return Bilingual(f"{local:%Y-%m-%d %H:%M:%S %z}", f"{local:%Y-%m-%d %H:%M:%S %z}")
    if value.isdecimal():
        return Bilingual(f"{int(value):,}", f"{int(value):,}")
    return _ANSWERS.get(value, Bilingual(value, value))
