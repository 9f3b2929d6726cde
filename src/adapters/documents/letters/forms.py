"""The wording of the letters of 行政检查 that the product brings; staff may replace each.

Facts stand in double braces. The wording is ours; what a letter must state follows 国务院办公厅
关于严格规范涉企行政检查的意见（国办发〔2024〕54号）: legal basis, body, source, persons, rights.
"""

from collections.abc import Mapping

from attrs import evolve, frozen


@frozen
class Line:
    """A paragraph: ``align`` is left, center or right; body text is indented by two signs.

    One that is ``kept`` stands on the page of what follows it; one of ``each`` stands there once
    for each member of that list.
    """

    text: str
    align: str = "left"
    indent: bool = True
    bold: bool = False
    size: int = 12
    kept: bool = False
    each: str = ""


@frozen
class Grid:
    """A table with a row for each member of the list ``each``: headings, cells, relative widths.

    One that is ``whole`` stands on one page where a page holds it.
    """

    each: str
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    widths: tuple[int, ...]
    whole: bool = False


@frozen
class Form:
    """One letter: its title and what stands below it."""

    title: str
    parts: tuple[Line | Grid, ...]


def _head(title: str) -> tuple[Line, ...]:
    return (
        Line("{{ department }}", "center", indent=False, bold=True, size=16),
        Line(title, "center", indent=False, bold=True, size=20),
        Line("{{ number }}", "right", indent=False),
        Line("", indent=False),
    )


_ADDRESSEE = Line("{{ addressee }}：", indent=False)
_SEAL = (
    Line("", indent=False, kept=True),
    Line("{{ department }}（印章）", "right", indent=False, kept=True),
    Line("{{ issued_on }}", "right", indent=False),
)
_SERVED_SEAL = (*_SEAL[:-1], evolve(_SEAL[-1], kept=True))
_INSPECTORS = Grid(
    each="inspectors",
    headings=("姓名", "执法证号", "所属部门"),
    cells=("{{ each.name }}", "{{ each.certificate }}", "{{ each.department }}"),
    widths=(2, 4, 4),
    whole=True,
)
_RECEIPT = (
    Line("", indent=False, kept=True),
    Line("受送达人（签名或盖章）：　　　　　　　　送达人（签名）：", indent=False, kept=True),
    Line("送达时间：　　　　年　　月　　日　　时　　分　　送达方式：", indent=False, kept=True),
    Line("本文书一式两份，一份送达当事人，一份归档。", size=10, indent=False),
)
_BLANK = "\u3000"


def _appeal(what: str) -> str:
    """Say what a firm may do about ``what`` it is told: 行政复议法 第20条, 行政诉讼法 第46条."""
    return (
        f"你单位对{what}有陈述、申辩的权利；不服的，可以自收到本文书之日起六十日内向本机关的本级"
        "人民政府申请行政复议，也可以自收到本文书之日起六个月内直接向有管辖权的人民法院提起行政诉讼。"
        "复议、诉讼期间不停止执行，法律另有规定的除外。"
    )


def _signed(words: str, each: str = "") -> Line:
    """Give the line on which somebody signs and dates, or each member of a list does."""
    return Line(
        f"{words}{_BLANK * (28 - len(words))}年　　月　　日", indent=False, kept=True, each=each
    )


def _problems(last: str) -> Grid:
    """Give the table of what was found, by what law, and in the last column what follows."""
    return Grid(
        each="findings",
        headings=("序号", "存在问题", "依据", last),
        cells=("{{ loop.index }}", "{{ each.problem }}", "{{ each.basis }}", "{{ each.demand }}"),
        widths=(3, 10, 8, 7),
    )


_SHOWN = "检查人员已出示执法证件，姓名和执法证号如下："

FORMS: Mapping[str, Form] = {
    "inspection_notice": Form(
        "行政检查通知书",
        (
            *_head("行政检查通知书"),
            _ADDRESSEE,
            Line(
                "根据{{ basis }}，我机关定于{{ from_day }}至{{ to_day }}对你单位开展跨部门综合监管"
                "行政检查。现将有关事项通知如下："
            ),
            Line("一、检查任务：{{ task }}（任务来源：{{ source }}）。"),
            Line("二、检查地点：{{ address }}。"),
            Line("三、检查内容如下，与本次任务无关的事项不予检查："),
            Grid(
                each="items",
                headings=("序号", "检查事项", "检查方式", "责任部门"),
                cells=(
                    "{{ loop.index }}",
                    "{{ each.item }}",
                    "{{ each.method }}",
                    "{{ each.department }}",
                ),
                widths=(3, 12, 6, 6),
            ),
            Line("四、检查人员如下，检查时将主动出示执法证件；未出示的，你单位有权拒绝检查："),
            _INSPECTORS,
            Line(
                "五、你单位认为检查人员与本次检查有利害关系的，可以申请其回避；对检查有陈述、"
                "申辩的权利。请安排熟悉情况的人员到场，如实提供有关资料。"
            ),
            Line("六、联系人：{{ contact }}，联系电话：{{ phone }}。"),
            *_SERVED_SEAL,
            *_RECEIPT,
        ),
    ),
    "inspection_record": Form(
        "现场检查笔录",
        (
            *_head("现场检查笔录"),
            Line("被检查单位：{{ addressee }}", indent=False),
            Line("检查地点：{{ address }}", indent=False),
            Line("检查时间：{{ period }}", indent=False),
            Line("现场负责人：{{ attendant }}", indent=False),
            Line("检查人员：", indent=False),
            _INSPECTORS,
            Line(
                "检查人员已出示执法证件，说明来意，告知被检查单位依法享有陈述、申辩和申请回避的"
                "权利，并告知如实提供情况的义务。被检查单位是否申请回避：{{ recusal }}。"
            ),
            Line("逐项检查情况如下："),
            Grid(
                each="items",
                headings=("序号", "检查事项", "检查结果", "情况说明"),
                cells=(
                    "{{ loop.index }}",
                    "{{ each.item }}",
                    "{{ each.result }}",
                    "{{ each.note }}",
                ),
                widths=(3, 12, 4, 8),
            ),
            Line("检查结论：{{ conclusion }}。"),
            Line("被检查单位意见：{{ statement }}。"),
            Line("签署情况：{{ signature }}。"),
            Line("以上笔录已交被检查单位核对。记录人：{{ recorder }}。"),
            Line("", indent=False, kept=True),
            _signed("被检查单位现场负责人（签名或盖章）："),
            _signed("检查人员（签名）：", each="inspectors"),
            _signed("记录人（签名）："),
            _signed("见证人（被检查单位拒绝签名时签名）："),
            *_SEAL,
        ),
    ),
    "rectification_order": Form(
        "责令改正通知书",
        (
            *_head("责令改正通知书"),
            _ADDRESSEE,
            Line("我机关于{{ checked_on }}对你单位进行检查。" + _SHOWN),
            _INSPECTORS,
            Line("经检查，你单位存在下列问题："),
            _problems("改正要求"),
            Line(
                "根据{{ basis }}，现责令你单位于{{ due_on }}前改正上述问题，并将改正情况书面报告"
                "我机关。我机关将在期满后组织复查；逾期不改正的，将依法处理。"
            ),
            Line(_appeal("本通知书")),
            Line("联系人：{{ contact }}，联系电话：{{ phone }}。"),
            *_SERVED_SEAL,
            *_RECEIPT,
        ),
    ),
    "recheck_opinion": Form(
        "整改复查意见书",
        (
            *_head("整改复查意见书"),
            _ADDRESSEE,
            Line(
                "我机关{{ ordered_on }}作出的《责令改正通知书》（{{ order_number }}）要求你单位改正"
                "的问题，根据{{ basis }}，已于{{ rechecked_on }}复查，情况如下："
            ),
            Grid(
                each="findings",
                headings=("序号", "原存在问题", "复查情况"),
                cells=("{{ loop.index }}", "{{ each.problem }}", "{{ each.result }}"),
                widths=(3, 12, 11),
            ),
            Line("复查意见：{{ conclusion }}。"),
            Line("复查人员已出示执法证件，姓名和执法证号如下："),
            _INSPECTORS,
            Line(_appeal("本意见")),
            Line("联系人：{{ contact }}，联系电话：{{ phone }}。"),
            *_SERVED_SEAL,
            *_RECEIPT,
        ),
    ),
    "result_notice": Form(
        "检查结果告知书",
        (
            *_head("检查结果告知书"),
            _ADDRESSEE,
            Line("我机关于{{ checked_on }}对你单位开展了“{{ task }}”检查，现将检查结果告知如下："),
            Line("检查结果：{{ result }}", bold=True),
            Grid(
                each="departments",
                headings=("检查部门", "检查事项数", "发现问题数", "处理措施"),
                cells=(
                    "{{ each.department }}",
                    "{{ each.checked }}",
                    "{{ each.failed }}",
                    "{{ each.measure }}",
                ),
                widths=(4, 2, 2, 5),
            ),
            Line("检查发现的问题和处理如下："),
            _problems("处理"),
            Line(
                "检查结果将于{{ publish_by }}前通过{{ published_at }}向社会公开，涉及国家秘密、"
                "商业秘密和个人隐私的内容除外。" + _appeal("检查结果")
            ),
            Line(_SHOWN),
            _INSPECTORS,
            Line("联系人：{{ contact }}，联系电话：{{ phone }}。"),
            *_SERVED_SEAL,
            *_RECEIPT,
        ),
    ),
}
