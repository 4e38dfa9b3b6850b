"""The clauses of which the papers of the measurement are made, one a line; every sentence is our own.

``[买方|需方]`` stands for one clause with each, ``{goods}`` is filled in from the vocabulary. The earlier a clause
stands in its group, the more often it is used.
"""

import re
from collections.abc import Iterator
from itertools import product

EVERYWHERE = """
本合同自双方签字盖章之日起生效。
[甲方|买方|需方]应于{date}前向[乙方|卖方|供方]支付合同价款{amount}。
任何一方违约的，应当向守约方支付违约金{amount}，并赔偿由此造成的损失。
双方因履行本合同发生争议的，应当协商解决；协商不成的，提交{court}处理。
[乙方|卖方|供方]应当按照约定的时间、地点和方式交付{goods}，数量为{n}{unit}。
本合同一式{few}份，[甲乙双方|买卖双方|供需双方]各执{few}份，具有同等法律效力。
[甲方|买方|需方]收到货物后{n}日内验收，逾期未提出书面异议的，视为验收合格。
逾期付款的，每逾期一日，应按未付款项的{percent}向对方支付滞纳金。
未经对方书面同意，任何一方不得将本合同项下的权利义务转让给第三人。
本合同未尽事宜，由双方另行签订补充协议，补充协议与本合同具有同等效力。
质量保证期为{n}个月，自[验收合格|设备投产|交付使用]之日起计算。
货物的所有权自[交付|验收合格|付清全部价款]时起转移。
{company}（以下简称“[甲方|乙方|丙方]”）与{company}就{goods}的[买卖|加工|租赁|维修]事宜达成如下协议。
联系人：{person}，联系电话：{phone}，通讯地址：{place}{street}{n}号。
开户银行：{bank}，账号：{account}，税号：{uscc}。
"""

SELLING = """
{goods}的单价为{price}元，含[税率为13%的增值税|运输费|包装费|安装调试费]。
交货地点：{place}{street}{n}号{company}仓库，运费由[甲方|乙方|买方|卖方]承担。
规格型号为{code}的{goods}共计{n}{unit}，金额{amount}。
包装应当符合[防潮|防震|长途运输|海运]的要求，包装物[不回收|由供方回收]。
[乙方|卖方|供方]应随货提供{goods}的合格证、说明书及材质证明各{few}份。
货物到达{place}后，由双方共同清点{goods}的数量与外观，发现短少的，应在{few}日内补足。
运输途中货物毁损、灭失的风险由[卖方|买方|承运人]承担，保险由[卖方|买方]办理。
合同总价为人民币{amount}（大写：{capital}），[固定不变|随原材料价格调整]。
付款方式：合同生效后预付{percent}，发货前付至{percent}，余款作为质保金。
[银行承兑汇票|电汇|支票|信用证]到账之日视为付款之日，贴息由[买方|卖方]负担。
质保金为合同总价的{percent}，质保期满且无质量问题的，{n}日内无息退还。
{goods}的技术参数以附件{few}所列为准，允许误差为±{percent}。
[卖方|供方|乙方]保证所供{goods}为全新原装产品，未侵犯任何第三人的知识产权。
最低订购数量为{n}{unit}，不足部分按{price}元计收[排产费|开机费]。
[买方|需方|甲方]取消订单的，应承担已投产部分的材料与人工费用{amount}。
供货周期为收到预付款后{n}天，[春节|国庆]期间顺延。
发票类型为[增值税专用发票|增值税普通发票|电子发票]，应在发货后{n}日内开具。
货到{place}后由{person}签收，签收单为结算依据。
备品备件清单：{goods}{n}件，{goods}{n}件，合计{amount}。
[首批|第二批|末批]货物应于{date}前运抵{place}。
"""

WORKING = """
工程名称：{place}{goods}改造工程，工程编号{code}。
[承包人|施工方|乙方]应于{date}进场施工，工期{n}个日历天。
因[发包人|甲方]原因停工的，工期相应顺延，窝工损失按每日{price}元计算。
工程款按月进度支付至已完工程量的{percent}，竣工结算后付至{percent}。
隐蔽工程在覆盖前应通知[监理人|发包人]到场检查，并形成书面记录。
[施工现场|作业区域]的安全、消防与保卫由[承包人|乙方]负责，安全保证金为{amount}。
设计变更应当由{person}签字并加盖{company}公章后方可实施。
工程质量应达到[合格|优良]标准，达不到的，由[承包人|乙方]无偿返工。
竣工资料应在验收后{n}日内移交，一式{few}套，并附电子文档。
缺陷责任期为{n}个月，期内的维修费用由[承包人|责任方]承担。
分包单位{company}的资质证书编号为{code}，有效期至{date}。
材料进场须经[监理|质检员|甲方代表]{person}检验合格，不合格材料立即退场。
[起重机|脚手架|配电箱|压力容器]应经检验合格并取得使用登记证。
现场代表{person}与项目经理{person}应当每周召开一次协调会。
"""

DEALING = """
关于{goods}交货延期一事，我公司已于{date}收悉贵方来函。
请贵公司于{date}前付清欠款{amount}，逾期我公司将[依法提起诉讼|申请仲裁|停止供货]。
经双方核对，截至{date}，{company}尚欠货款{amount}，对账无误。
本次会议由{person}主持，参会人员有{person}、{person}、{person}。
会议就{goods}的[价格|质量|交期|运输]问题进行了讨论，形成如下意见。
我方同意将交货期推迟至{date}，但[单价|总价|付款方式]不作调整。
贵方提出的{goods}[锈蚀|变形|尺寸超差|渗漏]问题，经现场查验属实。
经协商，[供方|卖方|乙方]同意折价{amount}，并在下次货款中扣除。
兹委托{person}（身份证号码{identity}）代理本公司办理{goods}采购及合同签订事宜。
委托期限自{date}起至{date}止，被委托人[无转委托权|有转委托权]。
此函以[特快专递|传真|电子邮件]方式送达，寄件单号{code}。
现将{code}号订单的排产计划函告贵方，请确认后加盖公章回传。
我司于{date}通过{bank}向贵司汇出{amount}，用途为[预付款|进度款|质保金|运费]。
根据{place}市场监督管理局的通知，我公司自{date}起变更名称为{company}。
谈判记录：对方报价{amount}，我方还价{amount}，最终议定{amount}。
由于[暴雨|道路封闭|停电|原料短缺]，原定{date}的发货顺延{n}天。
请{person}于{date}携带[授权委托书|身份证原件|单位介绍信]前来办理。
贵方多付的{amount}将在{n}个工作日内原路退回。
"""

PROVING = """
经营范围：{goods}、{goods}的[生产|销售|安装|租赁]；货物进出口。
注册资本{amount}，成立日期{date}，法定代表人{person}。
统一社会信用代码：{uscc}，登记机关：{place}市场监督管理局。
[营业期限|许可期限|证书有效期]自{date}至{date}。
经审计，{year}年度营业收入{amount}，净利润{amount}，资产负债率{percent}。
[信用等级|资信等级|纳税信用]评定为[A级|AA级|B级]，评级机构为{company}。
保证人{company}对上述债务承担[连带责任保证|一般保证]，保证期间为{few}年。
抵押物为位于{place}{street}{n}号的[厂房|土地|办公楼]，评估价值{amount}。
质押的{goods}存放于{place}，由{company}监管，未经[质权人|债权人]同意不得出库。
本院认为，[原告|被告]{company}未按约定履行[付款|交货|保修]义务，构成违约。
判决如下：[被告|原告]于本判决生效之日起{n}日内支付货款{amount}及利息。
[案件受理费|保全费|鉴定费]{price}元，由[被告|原告|双方]负担。
仲裁庭于{date}在{place}开庭审理，申请人代理人{person}到庭。
鉴定意见：送检的{goods}[不符合|符合]国家标准，抗拉强度实测值为{price}兆帕。
公证员{person}证明，{person}于{date}在本公证员面前签名。
检验日期{date}，检验员{person}，结论：[合格|让步接收|不合格]。
兹收到{company}交来[货款|押金|投标保证金]{amount}，大写{capital}。
退货数量{n}{unit}，退货原因为[规格不符|质量缺陷|数量多发]，退款{amount}。
产品名称{goods}，批号{code}，生产日期{date}，保质期{n}个月。
可行性研究报告认为，{place}{goods}项目总投资{amount}，投资回收期{few}年。
该项目内部收益率为{percent}，盈亏平衡点为{percent}，[财务上可行|风险可控]。
经{company}董事会研究，同意[采购|出售|租赁]{goods}，授权{person}签署有关文件。
档案移交清单：[合同正本|发票复印件|验收单|来往函件]{few}份，经手人{person}。
"""

BINDING = """
[不可抗力|政府行为|重大疫情]致使合同不能履行的，受影响一方应在{few}日内通知对方并提供证明。
双方对[技术资料|商业秘密|客户名单|价格信息]负有保密义务，保密期限为{few}年。
有下列情形之一的，守约方有权[解除合同|中止履行|要求赔偿]：逾期交货超过{n}日。
合同[解除|终止]后，[已履行部分|未履行部分|预付款项]按照公平原则据实结算。
本合同适用中华人民共和国法律，管辖法院为{place}人民法院。
通知以[书面|电子邮件|传真]形式送达{place}{street}{n}号，收件人{person}。
[乙方|卖方|承包人]不得向[甲方|买方|发包人]工作人员提供任何形式的商业贿赂。
本合同附件包括：[技术协议|报价单|图纸|廉洁协议]，与正文不一致的，以正文为准。
合同履行期限自{date}起至{date}止，到期前{n}日可协商续签。
双方确认，本协议签订前形成的[会议纪要|备忘录|口头承诺]与本协议不一致的，以本协议为准。
[定金|押金|履约保证金]{amount}应于{date}前汇入{bank}的指定账户。
违反前款约定的，除返还已收款项外，还应按{percent}计付资金占用费。
合同编号{no}的合同与本合同[互为补充|同时终止|分别结算]。
签订地点：{place}；签订日期：{date}；有效期{few}年。
[甲方|乙方|买方|卖方|发包人|承包人]法定代表人或授权代表{person}签字后，本页内容方为有效。
[争议|诉讼|仲裁]期间，除[争议事项|所涉款项]外，双方应当继续履行本合同的其他条款。
代表签字：{person}，职务：[总经理|销售部经理|采购主管|法务专员]。
"""

_ALTERNATIVES = re.compile(r"\[([^\]]+)\]")


def clauses(group: str) -> list[str]:
    """Every clause of a group with its alternatives chosen, the more frequent first."""
    return [clause for line in group.strip().splitlines() for clause in _chosen(line)]


def _chosen(line: str) -> Iterator[str]:
    pieces = _ALTERNATIVES.split(line)
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    yield from map("".join, product(*choices))
