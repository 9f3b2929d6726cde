"""How a checklist looks as a sheet, on a screen and on paper."""

import re

from attrs import field, frozen

from supervision_core.checklists.model.content import (
    GRADE_LETTERS,
    ChecklistContent,
    ChecklistItem,
)
from supervision_core.items.model import Site
from supervision_core.kernel.fields import said

PREVIEW_HEAD = (
    "检查时间",
    "检查单号",
    "检查对象",
    "名称",
    "类别",
    "组织形式（证件类型）",
    "统一社会信用代码",
    "法定代表人/负责人",
    "联系方式",
    "经营地址",
    "检查地址",
)
OTHER_METHOD = "其他"
_METHODS_END = re.compile(r"[、；;\n]")
_NUMBERED = re.compile(r"\s*[0-9]")


@frozen(kw_only=True)
class SheetLine:
    """检查单行 (SheetLine): one item as the sheet shows it.

    ``matter`` and ``sub_item`` begin with their numbers; ``methods`` are to be ticked, the last for
    any other. ``grades`` are letters. Source: proposal 2348-2364.
    """

    code: str = field(metadata=said("检查单项编码", example="1.1"))
    matter: str = field(metadata=said("检查事项", example="1.餐饮服务提供资质类"))
    sub_item: str = field(metadata=said("检查子事项", example="1.1食品经营许可证合法有效"))
    content: str = field(metadata=said("检查内容", example="许可证与经营场所地址一致"))
    department: str = field(metadata=said("责任部门的编号", example="nanning"))
    methods: tuple[str, ...] = field(metadata=said("检查方法"))
    onsite: bool = field(metadata=said("现场检查", example=True))
    grades: str = field(metadata=said("适用等级", example="CD"))
    basis: tuple[str, ...] = field(metadata=said("设定依据"))


@frozen(kw_only=True)
class SheetDomain:
    """检查领域 (SheetDomain): the lines of one domain, in their order; blank where none is said.

    Source: proposal 2376, 2388.
    """

    name: str = field(metadata=said("检查领域", example="餐饮服务"))
    lines: tuple[SheetLine, ...] = field(metadata=said("检查项"))

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments responsible in it, in the order of its lines."""
        return tuple(dict.fromkeys(one.department for one in self.lines))


@frozen(kw_only=True)
class ChecklistPreview:
    """检查单预览 (ChecklistPreview): the sheet as inspectors will see it, its head still blank.

    ``number`` is the version, 0 unpublished; ``head`` are the titles to be filled for each subject.
    Source: proposal 6.4.2.1.3.7.
    """

    name: str = field(metadata=said("检查单名称", example="餐饮行业日常监管综合检查单"))
    number: int = field(metadata=said("版本号，0为草稿", example=1))
    head: tuple[str, ...] = field(metadata=said("表头各项"))
    domains: tuple[SheetDomain, ...] = field(metadata=said("检查领域"))


def preview(
    content: ChecklistContent, *, number: int = 0, grade: int | None = None
) -> ChecklistPreview:
    """Show ``content`` as a sheet, for one grade or for all; ``number`` 0 means unpublished.

    Domains, and matters in them, stand in the order in which each occurs first.
    """
    items = content.items if grade is None else content.items_for(grade)
    domains: dict[str, dict[str, list[ChecklistItem]]] = {}
    for item in items:
        domains.setdefault(item.domain, {}).setdefault(item.content.matter, []).append(item)
    return ChecklistPreview(
        name=content.name,
        number=number,
        head=PREVIEW_HEAD,
        domains=tuple(
            SheetDomain(
                name=domain,
                lines=tuple(
                    _line(item, title)
                    for matter, found in matters.items()
                    for title in (_numbered(_number_of(found[0].code), matter),)
                    for item in found
                ),
            )
            for domain, matters in domains.items()
        ),
    )


def _line(item: ChecklistItem, matter: str) -> SheetLine:
    said_ = item.content
    return SheetLine(
        code=item.code, matter=matter, sub_item=_numbered(item.code, said_.sub_item),
        content=said_.content, department=said_.department, methods=methods_of(said_.method),
        onsite=said_.site is Site.ONSITE,
        grades="".join(GRADE_LETTERS.get(str(one), "") for one in sorted(item.grades)),
        basis=tuple(map(str, said_.basis)),
    )  # fmt: skip


def _number_of(code: str) -> str:
    """Give the number of a matter, as the code of its first item begins: ``2.`` of ``2.1``."""
    matter, dot, _ = code.partition(".")
    return f"{matter}{dot}" if dot and matter.isdecimal() else ""


def _numbered(number: str, text: str) -> str:
    """Put the number before a text, unless that begins with one."""
    return text if _NUMBERED.match(text) else f"{number}{text}"


def methods_of(method: str) -> tuple[str, ...]:
    """Give the ways of checking that a sheet offers to be ticked; the last is any other."""
    said_ = (one.strip() for one in _METHODS_END.split(method))
    return (*dict.fromkeys(one for one in said_ if one and one != OTHER_METHOD), OTHER_METHOD)
