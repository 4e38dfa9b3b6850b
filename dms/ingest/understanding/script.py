"""Traditional characters of labels and titles, character by character, so that offsets keep.

Only the vocabulary of the cue tables is needed here; values such as names stay as they were printed.
"""

_TRADITIONAL = (
    "來係倉個備傢傳債價億儘償優儲兌內冊凈別劃動務匯區協參叄員問單噹嚮國圍圖團埰執報場夥奬寀實審寫專對導屬"
    "師帳帶幣庫廠強彆彔彙後復憑應戰戶採換損摺撥擔據攬數於時曏書會朮東査條業榮構標機檔檢權決況淨測準溝滙滯"
    "潤濟為營爭爲牴狀獎獲現產産異當發盡監眞確碼礎禮稅稱穫筆箇範簽籤糰紀約紅納級細紹終組結給統經網編緻總績"
    "織繫續罰義聯聲職脩與舉茲華萬蓆蓋蔘處號術衕補裝製複覈見規覽觀訂計訊託記訟訪設許訴註証評詢試話認說説調"
    "談請論諾謝證識議護譽變讓負財貨責貳貴買費賃資賠賣質賬購贈踰車輸轉辦辯農迴連進運過達違遲還郵釦銀銷錄録"
    "錶鑑鑒長門開間閤關陸隨險雙電項順頌預頒領題額願類風餘駕駛驗體髮麪麫麵點齣"
)
_SIMPLIFIED = (
    "来系仓个备家传债价亿尽偿优储兑内册净别划动务汇区协参叁员问单当向国围图团采执报场伙奖采实审写专对导属"
    "师帐带币库厂强别录汇后复凭应战户采换损折拨担据揽数于时向书会术东查条业荣构标机档检权决况净测准沟汇滞"
    "润济为营争为抵状奖获现产产异当发尽监真确码础礼税称获笔个范签签团纪约红纳级细绍终组结给统经网编致总绩"
    "织系续罚义联声职修与举兹华万席盖参处号术同补装制复核见规览观订计讯托记讼访设许诉注证评询试话认说说调"
    "谈请论诺谢证识议护誉变让负财货责贰贵买费赁资赔卖质账购赠逾车输转办辩农回连进运过达违迟还邮扣银销录录"
    "表鉴鉴长门开间合关陆随险双电项顺颂预颁领题额愿类风余驾驶验体发面面面点出"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with the traditional characters of the table replaced; same length."""
    return text.translate(_TO_SIMPLIFIED)
