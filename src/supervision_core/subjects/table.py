"""监管对象导入表: the columns of a table of subjects, under the headings departments write."""

from supervision_core.kernel.tables import Column, ColumnKind, Edge, TableFormat
from supervision_core.subjects.facts import TABLE_FACTS, CatalogueEntry, FactKind
from supervision_core.subjects.model import IdentityKind

WAN_YUAN_FACTS = frozenset({"tax_paid_1y"})
"""Facts in yuan that tables give in 万元."""

_FACT_KINDS = {
    FactKind.INTEGER: ColumnKind.INTEGER,
    FactKind.CODE: ColumnKind.TEXT,
    FactKind.FLAG: ColumnKind.FLAG,
    FactKind.DAY: ColumnKind.DATE,
}


def _text(
    name: str, title: str, *aliases: str, required: bool = False, longest: int = 200
) -> Column:
    return Column(name=name, title=title, aliases=aliases, required=required, max_length=longest)


def _code(name: str, title: str, *aliases: str, digits: int = 0, example: str = "") -> Column:
    return Column(
        name=name,
        title=title,
        aliases=aliases,
        kind=ColumnKind.CODE,
        max_length=64,
        digits=digits,
        example=example,
    )


def _day(name: str, title: str, *aliases: str, edge: Edge | None = None) -> Column:
    return Column(name=name, title=title, aliases=aliases, kind=ColumnKind.DATE, edge=edge)


def _fact(entry: CatalogueEntry) -> Column:
    kind, title = _FACT_KINDS[entry.kind], entry.title
    if entry.unit == "万分之一":
        kind, title = ColumnKind.HUNDREDTHS, f"{title}（%）"
    elif entry.unit == "元":
        kind = ColumnKind.HUNDREDTHS
        title = f"{title}（万元）" if entry.name in WAN_YUAN_FACTS else f"{title}（元）"
    edge = Edge.END if entry.kind is FactKind.DAY else None
    return Column(name=entry.name, title=title, kind=kind, aliases=entry.aliases, edge=edge)


_COLUMNS = (
    Column(
        name="name",
        title="企业名称",
        aliases=(
            "单位名称", "名称", "市场主体名称", "监管对象名称", "主体名称", "经营主体名称",
            "机构名称", "公司名称", "商户名称", "当事人名称", "行政相对人名称", "对象名称",
            "企业（单位）名称", "企业(机构)名称", "个体工商户名称", "字号名称", "企业全称",
        ),
        required=True,
        max_length=200,
        example="南宁示例乳业有限公司",
    ),
    _code(
        "credit_code", "统一社会信用代码", "信用代码", "社会信用代码", "统一代码",
        "统一社会信用代码/注册号", "社会信用代码/注册号", "信用代码/注册号",
        "统一社会信用代码或注册号", "社会信用代码或注册号", "统一社会信用代码（注册号）",
        "统一信用代码", "统一社会信用代码证号", "信用代码证号",
        "行政相对人代码", "主体身份证代码", "企业证件号码", "纳税人识别号",
        example="91450100MA0000000X",
    ),
    _code("registration_number", "注册号", "工商注册号", "营业执照注册号", "营业执照号", "执照号",
          digits=15),
    _code("identity_card", "身份证号码", "公民身份号码", "身份证号", "居民身份证号码"),
    _code("own_number", "对象编号", "客体编号", "设备编号", "标识编号", "场所编号"),
    _text("kind", "对象种类", "主体类型", "对象类型", "监管对象类型", "主体类别", "监管对象类别"),
    _text("entity_type", "企业类型", "市场主体类型", "公司类型", "类型", "组织类型"),
    _text("region", "所属区划", "行政区划", "区划", "区划代码", "区划编码", "行政区划代码",
          "所属地区", "所属辖区", "辖区", "所在区县", "所属县区", "所属区县", "县（市、区）",
          "县区", "区县", "所在县区",
          "所在县（市、区）", "所属县（市、区）", "所在县（区、市）", "所属县（区、市）",
          "县（区、市）", "所在县市区", "所属县市区", "县市区", "所在县", "所属县", "所属行政区划",
          "所在地", "所在地区", "属地", "管辖区域"),
    _text("city", "所属市", "所在市", "地市", "设区市", "地级市", "市"),
    _text("industry", "行业代码", "行业类别", "国民经济行业代码", "所属行业", "行业", "行业类型",
          "国民经济行业", "行业门类"),
    _text("organisation_form", "组织类别", "组织形式"),
    _text("economic_type", "国民经济类型", "经济类型"),
    _text("brand", "品牌名称", "品牌", "字号"),
    _text("principal", "法定代表人", "法人", "法人代表", "负责人", "法定代表人/负责人", "经营者",
          "法定代表人（负责人）", "经营者姓名", "投资人", "法定代表人/负责人/投资人", "企业负责人",
          "主要负责人", "法人姓名"),
    Column(
        name="registered_capital",
        title="注册资本（万元）",
        kind=ColumnKind.HUNDREDTHS,
        aliases=("注册资金（万元）", "注册资本", "注册资金", "注册资本万元", "注册资金数额",
                 "出资额", "资金数额", "成员出资额", "注册资本/注册资金/成员出资额"),
    ),
    _text("capital_currency", "注册资本币种", "币种"),
    _text("domicile", "住所", "注册地址", "登记住所", "企业住所", "登记地址", "企业地址",
          "单位地址", "地址", "住址", "详细地址", "企业注册地址",
          "注册地", "登记地", "注册地点", "注册住所", "住所地"),
    _text("premises", "经营场所", "营业场所", "生产经营场所", "营业场所/经营场所"),
    _text("trading_address", "经营地址", "实际经营地址", "生产地址", "生产经营地址"),
    _text("floor", "楼层"),
    _code("postal_code", "邮政编码", "邮编", digits=6),
    _text("scope", "经营范围", "业务范围", "经营范围及方式", "主营业务", "经营项目", longest=4000),
    _text("business_scope_type", "业务范围类型"),
    _day("established_on", "成立日期", "成立时间", "注册日期", "注册时间", "登记日期", "设立日期",
         "开业日期", "成立年月日"),
    _day("approved_on", "核准日期", "核准时间", "发照日期"),
    _day("revoked_on", "吊销日期", "吊销时间"),
    _text("revoked_because", "吊销原因", longest=500),
    _day("term_from", "经营期限自", "营业期限自", "有效期自", "经营期限起", "营业期限起",
         "经营期限", "营业期限", edge=Edge.START),
    _day("term_to", "经营期限至", "营业期限至", "经营期限止", "营业期限止", "合伙期限至",
         "经营期限", "营业期限", edge=Edge.END),
    _text("registration_authority", "登记机关", "发照机关", "登记机构"),
    _text("status", "登记状态", "经营状态", "企业状态", "主体状态", "状态", "存续状态", "数据状态"),
    _text("nature", "监管对象性质", "单位性质"),
    _text("licence_names", "许可证名称", "许可事项", "持有许可证", "许可证", "许可类型", "许可项目",
          "资质证书", longest=1000),
    _text("contact_name", "联络员姓名", "联系人", "联络员", "联系人姓名", "企业联系人"),
    _code("contact_identity_card", "联络员身份证号码", "联络员身份证号", "联系人身份证号"),
    _text("contact_phone", "联络员手机号码", "联系电话", "联系方式", "电话", "手机", "手机号码",
          "手机号", "联络员电话", "联系人电话", "联系人手机", "固定电话"),
    _text("operator_phone", "经营者联系人电话", "负责人电话", "法人电话"),
    _text("longitude", "经营地址经度", "经度", "东经"),
    _text("latitude", "经营地址纬度", "纬度", "北纬"),
    Column(name="agreement_signed", title="是否签订协议", kind=ColumnKind.FLAG),
    Column(name="prepaid_cards", title="是否发放预付卡", kind=ColumnKind.FLAG,
           aliases=("是否发卡", "预付卡")),
    _text("administrative_level", "行政级别"),
    _text("sponsor", "举办单位"),
)  # fmt: skip

_KEY_COLUMNS = frozenset({"name", *(kind.value for kind in IdentityKind)})
_NAMES = frozenset(column.name for column in _COLUMNS)

FACT_COLUMNS = {entry.name: entry for entry in TABLE_FACTS if entry.name not in _NAMES}
"""The facts that stand in columns of their own, by field name."""

SUBJECT_TABLE = TableFormat(
    name="subjects",
    title="监管对象导入表",
    columns=(*_COLUMNS, *map(_fact, FACT_COLUMNS.values())),
)
"""监管对象导入表: every row is one subject; what is empty is left as it was.

Source: proposal 625-660, 6.4.2.2.1.1.2; headings as seen in departments' tables.
"""

KEY_TABLE = TableFormat(
    name=SUBJECT_TABLE.name,
    title=SUBJECT_TABLE.title,
    columns=tuple(column for column in _COLUMNS if column.name in _KEY_COLUMNS),
)
"""Of 监管对象导入表, the columns of a row's name and of the codes by which its subject is known."""
