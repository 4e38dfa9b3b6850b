"""What a stranger reads first when the bag is opened, in thirty years perhaps, without our program."""

TEXT = """\
案卷 · 整库导出包（BagIt 1.0，RFC 8493）
全宗：{fonds}    导出时间：{at}

重要：本包中的全部内容都是明文，任何拿到它的人都能阅读。请像保管纸质原件一样保管，用完及时销毁副本。

  data/items/编号/original.*      原件，与当初收到的文件逐字节相同
  data/items/编号/text.txt        识别出的文字，页与页之间用换页符分开
  data/items/编号/pages.json      逐页文字、尺寸、旋转角度、置信度
  data/items/编号/corrections.json  人对页面文字的更正（有更正才有；以最后一次为准，null 表示撤销更正）
  data/items/编号/metadata.json   著录、状态、档号和卷内位置、识别建议、校验值、有关这一件的操作日志
  data/items/编号/pages/          页面图像和字符位置（仅在导出时选择了 --with-images 才有；
                                  *.layout.json.zlib 是用 zlib 压缩的 JSON）
  data/catalogue/items.csv        全部资料一览，可用电子表格打开；customers.csv、contracts.csv 同
  data/catalogue/archive.json     全宗、件数、档号编写规则、本单位自定的检索同义词（没有自定则为 null）
  data/catalogue/*.jsonl          每行一个 JSON 对象：客户、合同、类目及其规则、分类方案（schemes）、保管期限
                                  （retention）、资料类型、操作日志
  data/catalogue/volumes.jsonl    案卷及其备考表、封印、互见；number_in_bag 只在本包内有意义，资料和档号用它指明案卷
  data/catalogue/numbers.jsonl    已经用过的全部档号，作废的注明原因；导入后也不再重复使用
  data/catalogue/relations.jsonl  资料之间的关系
  data/catalogue/left-out.jsonl   因原数据损坏而未能导出的内容；空文件表示没有
  manifest-sha256.txt             每个文件的 SHA-256；可用 sha256sum -c 核对

用户账号、口令和密钥不在包内。已销毁的资料只有一条记录，没有内容。
在新的档案库中导入：dms import 本文件夹

------------------------------------------------------------------------

Anjuan · the whole archive as a bag (BagIt 1.0, RFC 8493)
Fonds: {fonds}    Exported: {at}

Important: everything in this bag is in clear. Whoever has it can read it. Keep it as you would keep the paper
originals, and destroy copies that are no longer needed.

  data/items/ID/original.*        the original, byte for byte as it was received
  data/items/ID/text.txt          the text that was read; pages are separated by form feeds
  data/items/ID/pages.json        page by page: text, size, rotation, confidence
  data/items/ID/corrections.json  what persons corrected on its pages (only where they did; the last one counts, and
                                  null takes the former ones back)
  data/items/ID/metadata.json     classification, state, reference code and place in its volume, proposals, digests,
                                  the journal of this paper
  data/items/ID/pages/            page images and places of the characters (only when exported --with-images;
                                  *.layout.json.zlib is JSON compressed with zlib)
  data/catalogue/items.csv        all papers at a glance, for a spreadsheet; customers.csv and contracts.csv likewise
  data/catalogue/archive.json     the fonds, counts, how reference codes are written, and the company's own synonyms for
                                  searching (null if it has none)
  data/catalogue/*.jsonl          one JSON object a line: customers, contracts, series with their rules, class schemes,
                                  retention rules, document types, journal
  data/catalogue/volumes.jsonl    volumes with filing notes, seals and cross references; number_in_bag means something
                                  inside this bag only, where papers and numbers name volumes by it
  data/catalogue/numbers.jsonl    every reference code ever given, void ones with the reason; none is given again
  data/catalogue/relations.jsonl  how papers stand to one another
  data/catalogue/left-out.jsonl   what could not be taken out because it was damaged; empty when there was nothing
  manifest-sha256.txt             the SHA-256 of everything; check it with sha256sum -c

Accounts, passwords and keys are not in the bag. A destroyed paper has its record only.
Import it into a new archive with: dms import THIS-FOLDER
"""


def readme(*, fonds: str, at: str) -> bytes:
    """The text for the bag of this fonds, UTF-8."""
    return TEXT.format(fonds=fonds, at=at).encode()
