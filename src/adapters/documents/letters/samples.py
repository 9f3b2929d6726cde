"""Made-up facts for trying the templates of letters: of no person and no firm."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from adapters.documents.letters.forms import FORMS
from supervision_core.kernel.documents import Fact
from supervision_core.kernel.errors import NotFound

_INSPECTORS: Final = (
    {"name": "示例甲", "certificate": "SL-0001", "department": "示例市市场监督管理局"},
    {"name": "示例乙", "certificate": "SL-0002", "department": "示例市农业农村局"},
)
_COMMON: Final[Mapping[str, Fact]] = {
    "department": "示例市市场监督管理局",
    "number": "示市监检〔2026〕1号",
    "subject": "示例乳业有限公司",
    "subject_code": "91450100000000000X",
    "addressee": "示例乳业有限公司（统一社会信用代码：91450100000000000X）",
    "address": "示例市示例区示例路1号",
    "basis": "《优化营商环境条例》第五十四条",
    "task": "乳制品生产企业跨部门综合检查",
    "source": "年度检查计划",
    "contact": "示例丙",
    "phone": "0771-0000000",
    "issued_on": date(2026, 3, 2),
    "checked_on": date(2026, 3, 2),
    "from_day": date(2026, 3, 2),
    "to_day": date(2026, 3, 6),
    "started_at": "2026年3月2日9时5分",
    "ended_at": "2026年3月2日11时20分",
    "period": "2026年3月2日9时5分至11时20分",
    "due_on": date(2026, 4, 1),
    "ordered_on": date(2026, 3, 2),
    "order_number": "示市监改〔2026〕1号",
    "rechecked_on": date(2026, 4, 2),
    "attendant": "示例丁",
    "recorder": "示例乙",
    "recusal": "不申请",
    "conclusion": "发现问题，责令改正",
    "statement": "无异议",
    "signature": "已签名",
    "result": "发现问题待后续处理",
    "publish_by": date(2026, 3, 30),
    "published_at": "示例市政府门户网站",
    "inspectors": _INSPECTORS,
    "departments": (
        {"department": "示例市市场监督管理局", "checked": 12, "failed": 1, "measure": "责令改正"},
    ),
}
_ITEMS: Final = (
    {
        "item": "生鲜乳冷藏温度", "method": "现场", "department": "示例市农业农村局",
        "result": "发现问题", "note": "温度记录缺失",
    },
)  # fmt: skip
_FINDINGS: Final = (
    {
        "problem": "温度记录缺失", "basis": "《乳品质量安全监督管理条例》第十八条",
        "demand": "补齐记录", "result": "已改正",
    },
)  # fmt: skip


def sample_facts(form: str) -> Mapping[str, Fact]:
    """Give facts for every mark that a letter may hold. Raises ``NotFound``."""
    if form not in FORMS:
        raise NotFound("letter", form)
    return {**_COMMON, "items": _ITEMS, "findings": _FINDINGS}
