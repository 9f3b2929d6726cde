"""The words of which invented firms and people are put together."""

from collections.abc import Mapping

from attrs import frozen

GUANGXI = "450000"
"""Where they are when nobody says otherwise."""

SURNAMES = (
    "韦", "黄", "覃", "莫", "陆", "农", "梁", "李", "罗", "蒙", "潘", "廖", "唐", "蒋", "邓", "苏",
    "甘", "岑", "卢", "谭",
)  # fmt: skip
GIVEN = (
    "示平", "例安", "样宁", "测和", "仿远", "拟清", "试明", "演青", "练川", "设山", "例舟", "样禾",
    "测云", "示林", "仿岩", "拟竹", "试桐", "演溪", "练石", "设松",
)  # fmt: skip
"""Each begins with 示例样测仿拟试演练设, so that nobody takes it for a real person's."""

BRANDS = (
    "桂岭", "江岚", "绿榕", "八桂青", "漓禾", "邕润", "红棉坡", "山茶", "凤凰木", "石漠春", "稻浪",
    "澄碧", "龙脊云", "银滩月", "木棉里", "青螺", "百香", "茉语", "沃柑", "左江",
)  # fmt: skip
BRAND_TAILS = ("源", "盛", "达", "兴", "丰", "泰", "和", "康", "诚", "信", "远", "隆", "汇", "通")
STREETS = ("示例大道", "样板路", "测试街", "演练巷", "仿真路", "模拟大道")


@frozen(kw_only=True)
class Trade:
    """A trade of a pilot scene: its GB/T 4754 classes, how its firms are called, what they do."""

    industries: tuple[tuple[str, str], ...]
    nouns: tuple[str, ...]
    scope: str
    licence: str
    share: int
    """How many of a hundred firms are of this trade."""


TRADES: Mapping[str, Trade] = {
    "dairy": Trade(
        industries=(
            ("1441", "液体乳制造"), ("1442", "乳粉制造"), ("1449", "其他乳制品制造"),
            ("0311", "牛的饲养"), ("5229", "其他食品零售"), ("5225", "营养和保健品零售"),
        ),
        nouns=("乳业", "牧业", "乳制品", "奶牛养殖", "鲜奶"),
        scope="乳制品生产、销售；生鲜乳收购；奶畜养殖",
        licence="食品生产许可证",
        share=18,
    ),
    "chemicals": Trade(
        industries=(
            ("2611", "无机酸制造"), ("2612", "无机碱制造"), ("2613", "无机盐制造"),
            ("2614", "有机化学原料制造"), ("2631", "化学农药制造"), ("5169", "其他化工产品批发"),
        ),
        nouns=("化工", "化学品", "气体", "化工贸易", "新材料"),
        scope="危险化学品生产、经营、储存（凭许可证经营）；化工产品批发",
        licence="危险化学品经营许可证",
        share=20,
    ),
    "travel": Trade(
        industries=(("7291", "旅行社及相关服务"),),
        nouns=("旅行社", "国际旅行社", "旅游服务", "假期旅行社"),
        scope="境内旅游业务、入境旅游业务招徕、组织、接待",
        licence="旅行社业务经营许可证",
        share=20,
    ),
    "fraud": Trade(
        industries=(
            ("6311", "固定电信服务"), ("6312", "移动电信服务"), ("6432", "互联网生活服务平台"),
            ("6621", "商业银行服务"), ("6930", "非金融机构支付服务"),
        ),
        nouns=("通信", "网络科技", "信息服务", "村镇银行", "支付服务"),
        scope="电信业务代理；互联网信息服务；增值电信业务；支付结算",
        licence="增值电信业务经营许可证",
        share=22,
    ),
    "other": Trade(
        industries=(
            ("6210", "正餐服务"), ("5212", "超级市场零售"), ("8111", "汽车修理与维护"),
            ("4710", "住宅房屋建筑"), ("8514", "老年人、残疾人养护服务"),
            ("5439", "其他道路货物运输"),
        ),
        nouns=("餐饮", "百货", "汽车服务", "建筑工程", "养老服务", "物流"),
        scope="按登记机关核准的范围开展经营活动",
        licence="食品经营许可证",
        share=20,
    ),
}  # fmt: skip
