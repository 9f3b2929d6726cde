"""What is open to everybody: lines of columns, and what stands behind a line, all in words."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.fields import said


class OpenColumn(StrEnum):
    """公开栏目 (OpenColumn): what the public finds side by side. Source: proposal 6.4.1.1."""

    NOTICES = "notices"
    NEWS = "news"
    EXPOSURES = "exposures"
    RESULTS = "results"
    CHECKLISTS = "checklists"
    HANDBOOKS = "handbooks"
    LAWS = "laws"


OPEN_COLUMNS: Final[Mapping[str, str]] = {
    OpenColumn.NOTICES: "通知公告", OpenColumn.NEWS: "监管动态",
    OpenColumn.EXPOSURES: "监管曝光台", OpenColumn.RESULTS: "检查结果",
    OpenColumn.CHECKLISTS: "综合检查单",
    OpenColumn.HANDBOOKS: "合规经营手册", OpenColumn.LAWS: "法律法规",
}  # fmt: skip


@frozen(kw_only=True)
class OpenAsked:
    """What is looked for in a column; what is blank or unknown to the column asks nothing.

    ``text`` is a fragment of a name or of the text, of results also a whole 统一社会信用代码; days
    are those of the lines, both included.
    """

    text: str = field(default="", metadata=said("关键词", example="乳业"))
    kind: str = field(default="", metadata=said("类型", example="regulation"))
    trade: str = field(default="", metadata=said("业态的编号", to="identity.trade"))
    scene: str = field(default="", metadata=said("场景的编号", to="scene"))
    department: str = field(default="", metadata=said("部门的编号", to="department"))
    region: str = field(default="", metadata=said("区划代码", example="450100", to="region"))
    since: date | None = field(default=None, metadata=said("起始日期", example="2026-01-01"))
    until: date | None = field(default=None, metadata=said("截止日期", example="2026-12-31"))


@frozen(kw_only=True)
class OpenLine:
    """公开条目 (OpenLine): what a column says of one thing, in words; nobody's account is in it."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    title: str = field(metadata=said("标题", example="南宁示例乳业有限公司"))
    note: str = field(default="", metadata=said("补充说明", example="91450100MA5K000017"))
    kind: str = field(default="", metadata=said("类型", example="行政法规"))
    trade: str = field(default="", metadata=said("业态", example="乳制品生产"))
    scene: str = field(default="", metadata=said("场景", example="乳品安全"))
    departments: tuple[str, ...] = field(default=(), metadata=said("部门"))
    region: str = field(default="", metadata=said("区域", example="南宁市"))
    on: date | None = field(default=None, metadata=said("日期", example="2026-03-16"))


@frozen(kw_only=True)
class OpenPage:
    """A page of a column."""

    items: tuple[OpenLine, ...] = field(metadata=said("各条目"))
    next_cursor: str | None = field(default=None, metadata=said("下一页的cursor，末页为空"))


@frozen(kw_only=True)
class OpenChoice:
    """One thing by which a column can be asked: the field of ``OpenAsked``, the value, its name."""

    field: str
    value: str
    name: str


@frozen(kw_only=True)
class OpenFact:
    """One thing that is said of something, with its title."""

    title: str
    text: str


@frozen(kw_only=True)
class OpenPart:
    """A part of a text: its heading, empty for none, and what it says."""

    title: str
    text: str


@frozen(kw_only=True)
class OpenDraw:
    """公布的抽取 (OpenDraw): by what anybody checks how a subject was drawn.

    ``code`` is how the subject is named in the pool; ``threshold`` the rank up to which its stratum
    was drawn, empty for what was added by hand or ``replaced`` a pick. ``whole`` tells whether the
    whole proof is given out: it is not where the pool names natural persons. All hashes are
    lower-case hex.
    """

    code: str
    stratum: str
    threshold: str
    seed: str
    pool_hash: str
    rule_hash: str
    size: int
    whole: bool
    replaced: bool = False


@frozen(kw_only=True)
class OpenFile:
    """A file that is published beside a text."""

    id: str
    name: str


@frozen(kw_only=True)
class OpenText:
    """公开内容 (OpenText): what stands behind a line: facts, then parts."""

    id: str
    title: str
    facts: tuple[OpenFact, ...]
    parts: tuple[OpenPart, ...] = ()
    files: tuple[OpenFile, ...] = ()
    draw: OpenDraw | None = None
