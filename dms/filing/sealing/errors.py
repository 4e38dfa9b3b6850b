"""Why something cannot be done to a volume."""

from typing import ClassVar

from dms.domain.volume import VolumeState
from dms.errors import Bilingual, DmsError, Kind

STATE_NAMES: dict[VolumeState, Bilingual] = {
    VolumeState.OPEN: Bilingual("活页", "open"),
    VolumeState.CLEANING: Bilingual("清理中", "being put in order"),
    VolumeState.CATALOGUED: Bilingual("已编目", "catalogued"),
    VolumeState.CHECKING: Bilingual("待检查", "waiting to be checked"),
    VolumeState.SEALED: Bilingual("已封卷", "sealed"),
    VolumeState.SHELVED: Bilingual("在库", "on the shelf"),
    VolumeState.EXPIRED: Bilingual("到期鉴定", "due for appraisal"),
    VolumeState.DESTROYED: Bilingual("已销毁", "destroyed"),
}


class VolumeNotFound(DmsError):
    """No such volume, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "volume_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, volume: str) -> None:
        super().__init__(
            Bilingual(f"没有案卷“{volume}”，或您无权查看。", f"There is no volume “{volume}”, or you may not see it."),
            Bilingual("请核对档号。", "Check its reference code."),
        )


class VolumeStateUnfit(DmsError):
    """A volume in its present state does not allow it."""

    code: ClassVar[str] = "volume_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: VolumeState) -> None:
        name = STATE_NAMES[state]
        super().__init__(
            Bilingual(
                f"案卷当前的状态是“{name.zh}”，不能这样处理，可能已有人先处理了。",
                f"This cannot be done to a volume that is {name.en}; somebody may have been first.",
            ),
            Bilingual("请刷新页面，查看当前状态。", "Look at its present state."),
        )


class VolumePartlyHidden(DmsError):
    """Whoever vouches for a whole volume must be allowed to see every paper in it."""

    code: ClassVar[str] = "volume_partly_hidden"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                "卷内有您无权查看的资料，您不能为整卷签署。",
                "Some papers of this volume are not for you to see, so you cannot vouch for all of it.",
            ),
            Bilingual("请由可查阅全卷的人员办理。", "Let somebody do it who may see all of it."),
        )


class VolumeEmpty(DmsError):
    """There is nothing in the volume that could be checked or sealed."""

    code: ClassVar[str] = "volume_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("卷内没有资料，不能封卷。", "There is no paper in this volume to be sealed."),
            Bilingual("请退回清理。", "Send it back to be put in order."),
        )


class PapersNotInOrder(DmsError):
    """Papers of a volume that is to be checked have no place or no number yet."""

    code: ClassVar[str] = "papers_not_in_order"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, count: int) -> None:
        super().__init__(
            Bilingual(
                f"卷内有 {count} 件资料还没有排定位置或编号。",
                f"{count} papers of this volume have no place or no number yet.",
            ),
            Bilingual("请退回清理，编目后再检查。", "Send it back, catalogue it, then check it again."),
        )


class SamePersonTwice(DmsError):
    """Two different persons must do this, one of them looking at what the other has done."""

    code: ClassVar[str] = "same_person_twice"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(f"“{name}”不能既是第一人又是第二人。", f"“{name}” cannot be both of the two persons."),
            Bilingual("请由另一位同事检查、签署。", "Let a colleague check and sign it."),
        )


class CheckIncomplete(DmsError):
    """The person who checks has not compared everything."""

    code: ClassVar[str] = "check_incomplete"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, missing: list[Bilingual]) -> None:
        super().__init__(
            Bilingual(
                f"尚未核对：{'、'.join(each.zh for each in missing)}。",
                f"Not compared yet: {', '.join(each.en for each in missing)}.",
            ),
            Bilingual("请逐项核对后再签署；不符的请退回清理。", "Compare all of it, or send the volume back."),
        )


class NotChecked(DmsError):
    """A volume is sealed after a second person has checked it."""

    code: ClassVar[str] = "volume_not_checked"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("这一卷还没有经第二人检查。", "No second person has checked this volume yet."),
            Bilingual("请由立卷人以外的人员检查后再封卷。", "Let somebody else than its compiler check it first."),
        )


class ReasonMissing(DmsError):
    """What is done to a finished volume needs its reason in the filing note."""

    code: ClassVar[str] = "reason_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("没有写明原因。", "No reason was given."),
            Bilingual("请写明原因，它将记入备考表。", "Give the reason; it will stand in the filing note."),
        )


class PaperNotInVolume(DmsError):
    """The paper does not lie in a sealed volume."""

    code: ClassVar[str] = "paper_not_in_sealed_volume"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, item_id: str) -> None:
        super().__init__(
            Bilingual(f"资料 {item_id} 不在已封的案卷中。", f"The paper {item_id} does not lie in a sealed volume."),
            Bilingual(
                "未封卷的资料请直接更正归档信息。", "A paper that is not sealed in is corrected where it is filed."
            ),
        )


class NothingToAmend(DmsError):
    """What was stated is what the catalogue says already."""

    code: ClassVar[str] = "nothing_to_amend"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("没有任何改动。", "Nothing would change."),
            Bilingual("请改正需要更正的内容。", "State what is to be corrected."),
        )


class ScanUnusable(DmsError):
    """The paper that was named cannot give the page that is to be added."""

    code: ClassVar[str] = "supplementary_scan_unusable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, item_id: str) -> None:
        super().__init__(
            Bilingual(
                f"{item_id} 不是一份已识别、待核对的单页扫描件。",
                f"{item_id} is not a scan of one page that was read and waits in the tray.",
            ),
            Bilingual(
                "请先上传补扫的那一页，识别完成后再补入。", "Upload the page by itself, and add it when it is read."
            ),
        )


class LegacyCatalogueUnusable(DmsError):
    """Rows of an older catalogue cannot be taken over; none of them was."""

    code: ClassVar[str] = "legacy_catalogue_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, problems: list[Bilingual]) -> None:
        told = problems[:20]
        super().__init__(
            Bilingual(
                f"旧案卷目录有 {len(problems)} 处不能导入：{'；'.join(each.zh for each in told)}。",
                f"{len(problems)} places of the older catalogue cannot be taken over: "
                f"{'; '.join(each.en for each in told)}.",
            ),
            Bilingual(
                "请改正后重新导入；本次一行也没有导入。", "Correct them and try again; not a row was taken over."
            ),
        )


class LocationNotFound(DmsError):
    """There is no such place in use."""

    code: ClassVar[str] = "volume_location_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, code: str) -> None:
        super().__init__(
            Bilingual(f"没有在用的存放位置“{code}”。", f"There is no place “{code}” in use."),
            Bilingual("请先登记位置，或核对其代码、条码。", "Register the place first, or check its code or barcode."),
        )


class RetentionUnknown(DmsError):
    """There is no such retention rule."""

    code: ClassVar[str] = "volume_retention_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, code: str) -> None:
        super().__init__(
            Bilingual(f"没有保管期限“{code}”。", f"There is no retention rule “{code}”."),
            Bilingual("请选择保管期限表中的代码。", "Choose a code of the retention table."),
        )


class SealNotFound(DmsError):
    """The volume bears no seal of this version."""

    code: ClassVar[str] = "volume_seal_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, version: int) -> None:
        super().__init__(
            Bilingual(f"这一卷没有第 {version} 版封印。", f"The volume bears no seal of version {version}."),
            Bilingual("请查看案卷页上列出的封印。", "See the seals listed on the page of the volume."),
        )
