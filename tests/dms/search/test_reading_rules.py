"""What an index holds was read by the rules of its day; where they change, every index has to be made anew."""

from hashlib import sha256

from dms.search.analysis import fold_pages
from dms.search.mentioning import mentions, mentions_across
from dms.store.migrating import SCRIPTS

READ_SINCE = "0019"
DIGEST = "41a362e29ca72cf42952a6ed12eba76c5fc882623473b9850c174ccb8fea3a67"
PAGES = [
    "買賣合同（編號：ＨＴ－２０２３－０５１８）\n甲方：江苏华信化工有限公司  乙 方：安徽 皖江 机械 厂",
    "签订日期：二〇二三年五月十八日（2023-5-18，May 18, 2023，18/05/2023，23年5月18日）至次年6月1日止；2023年第二季度",
    "合同总价：人民币肆拾叁万捌仟元整（￥438,000.00，43.8万元，RMB 438 thousand），⊗佰⊗拾⊗万叁仟伍佰元整",
    "签于【2023】年__5__月1\n8日，帳號：人民币____肆拾叁万8000____元，应于2023-0\n5-18前付43万8仟元，EUR43,800.00，总价4,",
    "380.00元\n单位：万元\n设备 43.80\n邮编 225300 电话 0512-88886666 规格 5×3\n己方／已方／巳方 ０Ｏ〇 ㎡ ﬁ Ⅳ ①",
]


def test_what_is_read_off_a_page_changes_only_with_a_migration_that_has_every_index_made_anew():
    named = sorted((one.kind.value, one.low, one.high, one.start, one.end) for page in PAGES for one in mentions(page))
    across = [(one.kind.value, one.low, one.high) for one in mentions_across(PAGES)]
    read = sha256(f"{fold_pages(PAGES).text}{named}{across}".encode()).hexdigest()
    assert read == DIGEST, "write a migration like the one named here, name it here, and state the new digest"
    assert list((SCRIPTS / "versions").glob(f"{READ_SINCE}_*.py"))
