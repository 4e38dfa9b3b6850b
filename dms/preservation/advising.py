"""What is missing for three copies on two kinds of media, one of them elsewhere (GB/T 18894-2016), in words."""

from datetime import datetime

from dms.domain.copies import COPIES_WANTED, FRESH_WITHIN, MEDIA_WANTED
from dms.errors import Bilingual
from dms.preservation.places import BackupsStanding, PlaceStanding


def what_is_missing(standing: BackupsStanding, *, now: datetime) -> tuple[Bilingual, ...]:
    """What a person should do, the most important first; empty where everything is as it should be."""
    copies = standing.copies
    told = [_about(each, now) for each in standing.places]
    if not copies.enough:
        lacking = COPIES_WANTED - copies.count
        told.append(
            Bilingual(
                zh=f"还缺 {lacking} 份：请再登记备份位置并完成一次备份。",
                en=f"{lacking} more {'copy' if lacking == 1 else 'copies'} needed: add a place and back up to it.",
            )
        )
    if not copies.on_enough_media:
        told.append(
            Bilingual(
                zh=f"只有 {len(copies.media)} 种介质：请有一份放在移动硬盘、磁带、光盘或对象存储上。",
                en=f"Only {len(copies.media)} of {MEDIA_WANTED} kinds of media: keep one copy on a removable disk, "
                "tape, optical disc or in an object store.",
            )
        )
    if not copies.one_elsewhere:
        told.append(
            Bilingual(
                zh="没有异地的一份：火灾、被盗时会全部丢失。",
                en="No copy lies at another site: a fire or a theft would take all of them.",
            )
        )
    return tuple(sentence for sentence in told if sentence is not None)


def _about(standing: PlaceStanding, now: datetime) -> Bilingual | None:
    name, latest = standing.place.name, standing.latest_complete
    if standing.shares_disk:
        return Bilingual(
            zh=f"“{name}”与档案库在同一块磁盘上，磁盘损坏时会一起丢失。",
            en=f"“{name}” lies on the archive's own disk and would be lost with it.",
        )
    if latest is None:
        return Bilingual(zh=f"“{name}”还没有完成过备份。", en=f"Nothing has been backed up to “{name}” yet.")
    passed = now - latest.ended_at
    if passed > FRESH_WITHIN:
        return Bilingual(
            zh=f"“{name}”已有 {passed.days} 天没有完成备份，不再计入。",
            en=f"The last complete backup to “{name}” is {passed.days} days old and no longer counts.",
        )
    return None
