"""How five departments write the same table: sheets, headings and habits of their own."""

from attrs import frozen

_COMMON = (
    "staff", "insured_staff", "tax_paid_1y", "debt_ratio", "loss_years_3y", "penalties_3y",
    "penalty_amount_3y", "abnormal_listed", "abnormal_listings_3y", "dishonesty_listed",
    "credit_repaired", "judgment_defaulter", "lawsuits_3y", "complaints_1y", "bad_press_1m",
    "representative_changes_3y", "domicile_changes_3y", "accidents_3y", "tax_in_arrears",
)  # fmt: skip

_PLAIN = {
    "name": "企业名称", "credit_code": "统一社会信用代码", "entity_type": "企业类型",
    "region": "所属区划", "industry": "行业代码", "principal": "法定代表人",
    "registered_capital": "注册资本（万元）", "domicile": "住所", "scope": "经营范围",
    "established_on": "成立日期", "status": "登记状态", "licence_names": "许可证名称",
    "licence_expires_on": "许可证有效期至", "contact_name": "联络员姓名",
    "contact_phone": "联络员手机号码", "longitude": "经营地址经度", "latitude": "经营地址纬度",
    "staff": "从业人数", "insured_staff": "社保人数", "tax_paid_1y": "年纳税额（万元）",
    "debt_ratio": "最近一年资产负债率（%）", "loss_years_3y": "近三年亏损次数",
    "penalties_3y": "近三年行政处罚次数", "penalty_amount_3y": "近三年被罚没金额（元）",
    "abnormal_listed": "是否列入经营异常", "abnormal_listings_3y": "近三年列异次数",
    "dishonesty_listed": "是否严重违法失信", "credit_repaired": "是否实施信用修复",
    "judgment_defaulter": "是否失信被执行人", "lawsuits_3y": "近三年诉讼数量",
    "complaints_1y": "近一年12345投诉次数", "bad_press_1m": "近一个月负面舆情条数",
    "representative_changes_3y": "近三年法定代表人变更次数",
    "domicile_changes_3y": "近三年登记住所变更次数", "accidents_3y": "近三年安全事故次数",
    "tax_in_arrears": "是否欠税", "sampling_failures_1y": "近一年抽检不合格批次",
    "major_hazard_source": "是否构成重大危险源", "liability_insured": "是否投保责任险",
    "quality_deposit_paid": "质量保证金是否足额", "fraud_alerts_1y": "近一年涉诈预警次数",
}  # fmt: skip


@frozen(kw_only=True)
class Layout:
    """A department's sheet.

    ``headings`` replaces some plain headings and their order leads; ``yes`` and ``no`` are its
    ticks; with ``blank_zeros`` it leaves out what is nought; with ``merged_city`` its rows are
    ordered by city, which stands once for all of them; ``title`` and ``foot`` surround the table.
    """

    trade: str
    name: str
    headings: dict[str, str]
    own: tuple[str, ...] = ()
    yes: str = "是"
    no: str = "否"
    blank_zeros: bool = False
    merged_city: bool = False
    industry_by: str = "code"
    title: str = ""
    foot: bool = False

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The fields with their headings, in the order of the sheet."""
        leading = dict(self.headings)
        rest = {name: _PLAIN[name] for name in (*_PLAIN_ORDER, *_COMMON, *self.own)}
        return tuple((leading | {k: v for k, v in rest.items() if k not in leading}).items())


_PLAIN_ORDER = tuple(list(_PLAIN)[:17])

PLAIN = Layout(trade="", name="监管对象", headings={}, own=(
    "sampling_failures_1y", "major_hazard_source", "liability_insured", "quality_deposit_paid",
    "fraud_alerts_1y",
))  # fmt: skip
"""The sheet without any mess, as the template has it."""

LAYOUTS = (
    Layout(
        trade="dairy",
        name="乳品企业（市场监管）",
        title="全区乳品生产经营企业名单（示例数据，非真实企业）",
        headings={
            "number": "序号", "name": "单位名称*", "credit_code": "统一社会信用代码 *",
            "principal": "法定代表人（负责人）", "region": "所在区县", "domicile": "注册地址",
        },
        own=("sampling_failures_1y",),
        foot=True,
    ),
    Layout(
        trade="chemicals",
        name="危化品企业（应急管理）",
        title="危险化学品生产经营单位台账（示例数据，非真实企业）",
        headings={
            "number": "序号", "credit_code": "信用代码", "name": "企业名称（全称）",
            "registered_capital": "注册资金(万元)", "contact_phone": "联系电话",
        },
        own=("major_hazard_source",),
        yes="√",
        no="×",
        industry_by="number",
    ),
    Layout(
        trade="travel",
        name="旅行社（文化和旅游）",
        title="旅行社名录（示例数据，非真实企业）",
        headings={
            "city": "所在市", "region": "县区", "name": "名称", "credit_code": "社会信用代码",
            "principal": "法人代表", "licence_names": "许可证", "established_on": "成立时间",
        },
        own=("liability_insured", "quality_deposit_paid"),
        merged_city=True,
        blank_zeros=True,
        industry_by="name",
        foot=True,
    ),
    Layout(
        trade="fraud",
        name="通信互联网金融",
        headings={
            "name": "市场主体名称", "credit_code": "统一代码", "region": "行政区划代码",
            "status": "经营状态", "contact_name": "联系人", "contact_phone": "手机号码",
        },
        own=("fraud_alerts_1y",),
        yes="Y",
        no="N",
    ),
    Layout(
        trade="other",
        name="其他",
        headings={"name": "主体名称", "credit_code": "统一社会信用代码", "domicile": "地址"},
        yes="有",
        no="无",
        blank_zeros=True,
        industry_by="name",
    ),
)  # fmt: skip
