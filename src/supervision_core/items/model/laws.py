"""Laws, how their text falls into provisions, and how a provision is cited."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen

from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import (
    Content,
    choice,
    day,
    long_text,
    text,
    violations_of,
)

_CITATION: Final = re.compile(r"《(.+)》\s*(?:（(\d{4}-\d{2}-\d{2})）)?\s*(.+)")
LAW_KINDS: Final = {
    "statute": "法律", "regulation": "行政法规", "local": "地方性法规", "rule": "部门规章",
    "local_rule": "地方政府规章", "document": "规范性文件", "standard": "标准",
}  # fmt: skip


@frozen(kw_only=True)
class LawArticle:
    """法条 (LawArticle): a provision of a law in one of its versions, as it is cited.

    ``version`` is the day of that version's promulgation or revision, ``None`` when unknown; a law
    that changes is cited by a new value. ``wording`` is what the provision said when it was cited,
    empty for a law that the library does not hold. Source: proposal 6.4.2.1.2.
    """

    document: str = field(metadata=said("法律法规名称", example="中华人民共和国食品安全法"))
    article: str = field(metadata=said("条款", example="第三十五条"))
    version: date | None = field(
        default=None, metadata=said("公布或修订日期，不详的为空", example="2021-04-29")
    )
    wording: str = field(
        default="", metadata=said("引用时的条款内容，由系统从法律法规库取得", internal=True)
    )

    def __str__(self) -> str:
        """Give the citation: 《title》（day）article."""
        version = f"（{self.version.isoformat()}）" if self.version else ""
        return f"《{self.document}》{version}{self.article}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a citation. Raises ``ValueError`` for what is none."""
        found = _CITATION.fullmatch(line.strip())
        if found is None:
            raise ValueError(line)
        version = date.fromisoformat(found[2]) if found[2] else None
        return cls(document=found[1], article=found[3].strip(), version=version)


@frozen(kw_only=True)
class Provision:
    """条款项 (Provision): a part of a law that can be cited. Source: proposal 2248."""

    number: str = text("编号", required=True, example="第三十五条第一款")
    level: str = choice("层级", {"article": "条", "paragraph": "款", "item": "项"})
    text: str = long_text("条款项信息内容")


_SIGNS: Final = "〇零一二三四五六七八九十百千"
_ARTICLE: Final = re.compile(
    rf"(第[{_SIGNS}\d]+条(?:之[{_SIGNS}]+)?|\d+(?:\.\d+)+)(?:[ \u3000\t]+|$)(.*)"
)
_HEADING: Final = re.compile(rf"第[{_SIGNS}\d]+[编章节](?:[ \u3000\t]|$)")
_ITEM: Final = re.compile(rf"[（(]([{_SIGNS}\d]+)[）)](.*)")


def split_provisions(whole: str) -> tuple[Provision, ...]:
    """条款拆解 (split_provisions): give the provisions of a law's text, in its order.

    A line that begins with 第…条 (or, in standards, a number like 4.1) opens an article; each
    further line is a paragraph (款), one that begins with （一） an item (项) of the paragraph
    above; headings of chapters are left out. An article with one paragraph cites its items
    without it.
    """
    found: list[Provision] = []
    for number, lines in _articles(whole):
        found.append(Provision(number=number, level="article", text="\n".join(lines)))
        paragraphs = _paragraphs(lines)
        for place, (first, items) in enumerate(paragraphs, start=1):
            above = number if len(paragraphs) == 1 else f"{number}第{_counted(place)}款"
            if len(paragraphs) > 1:
                held = "\n".join([first, *items.values()])
                found.append(Provision(number=above, level="paragraph", text=held))
            found += [
                Provision(number=f"{above}第（{sign}）项", level="item", text=line)
                for sign, line in items.items()
            ]
    return tuple(found)


def _articles(whole: str) -> Iterator[tuple[str, list[str]]]:
    number, lines = "", list[str]()
    for line in filter(None, (one.strip() for one in whole.splitlines())):
        if opened := _ARTICLE.fullmatch(line):
            if number:
                yield number, lines
            number, lines = opened[1], [opened[2].strip()] if opened[2].strip() else []
        elif number and not _HEADING.match(line):
            lines.append(line)
    if number:
        yield number, lines


def _paragraphs(lines: list[str]) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item and found:
            found[-1][1][item[1]] = line
        else:
            found.append((line, {}))
    return found


def _counted(number: int) -> str:
    """Give a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    said_tens = "" if not tens else "十" if tens == 1 else f"{_SIGNS[tens + 1]}十"
    return said_tens + (_SIGNS[ones + 1] if ones else "")


@frozen(kw_only=True)
class LawContent(Content):
    """法律法规内容 (LawContent): what is said of a law in one version, with its whole text."""

    title: str = text("法规名称", required=True, max_length=200, example="中华人民共和国食品安全法")
    kind: str = choice("类型", LAW_KINDS, required=True)
    issuer: str = text("颁发机关", max_length=100, example="全国人民代表大会常务委员会")
    promulgated_on: date = day("颁发时间", required=True)
    in_force_from: date = day("实施时间", required=True)
    in_force_until: date | None = day("失效时间")
    whole: str = long_text(
        "条款全文",
        max_length=400_000,
        hint="逐条粘贴全文，系统自动拆解为条、款、项；每条、每款、每项各占一行",
    )


@define(eq=False)
class LawInvalid(Refused):
    """The law as described cannot be kept."""

    code: ClassVar[str] = "items.law_invalid"


@define(eq=False)
class LawLocked(Refused):
    """The law's state forbids this."""

    code: ClassVar[str] = "items.law_locked"


class LawState(StrEnum):
    """法规状态 (LawState): only an enabled law may be cited."""

    DISABLED = "disabled"
    ENABLED = "enabled"
    DELETED = "deleted"


@frozen(kw_only=True)
class LawEnabled(Event):
    """A law may be cited from now on."""

    law: str


@frozen(kw_only=True)
class LawDisabled(Event):
    """A law may not be cited any more."""

    law: str


@define(eq=False, kw_only=True)
class Law(Aggregate):
    """法律法规 (Law): a document in one version, provision by provision, in force for some time.

    Source: proposal 6.4.2.1.2 (启用、停用 by 颁发时间 and 实施时间).
    """

    _content: LawContent
    _region: str
    _department: str
    _state: LawState = LawState.DISABLED
    _changed_at: datetime | None = None

    @classmethod
    def add(
        cls, *, id: str, content: LawContent, region: str, department: str, at: datetime
    ) -> Self:
        """Add a law, not yet in use. Raises ``LawInvalid`` with every fault."""
        refuse_if(LawInvalid, law_violations(content))
        return cls(id=id, content=content, region=region, department=department, changed_at=at)

    @property
    def content(self) -> LawContent:
        """What is said of it."""
        return self._content

    @property
    def region(self) -> str:
        """The region that maintains it."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The department that maintains it."""
        return frozenset({self._department})

    @property
    def state(self) -> LawState:
        """Whether it may be cited."""
        return self._state

    @property
    def changed_at(self) -> datetime | None:
        """When it was maintained the last time."""
        return self._changed_at

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Its provisions, in the order of its text."""
        return split_provisions(self._content.whole)

    def in_force(self, on: date) -> bool:
        """Tell whether it binds on that day; the day of repeal is the first that it does not."""
        until = self._content.in_force_until
        return self._content.in_force_from <= on and (until is None or on < until)

    def cite(self, article: str) -> LawArticle:
        """Give a provision as it is cited, with its wording. Raises ``LawInvalid`` for no such."""
        for one in self.provisions:
            if one.number == article:
                return LawArticle(
                    document=self._content.title, article=article,
                    version=self._content.promulgated_on, wording=one.text,
                )  # fmt: skip
        data = {"law": self._content.title, "article": article}
        raise LawInvalid((Violation("items.article_unknown", "article", data),))

    def change(self, content: LawContent, *, at: datetime) -> None:
        """Correct it; what cites it keeps the wording of then. Raises ``LawInvalid``."""
        self._require_living()
        refuse_if(LawInvalid, law_violations(content))
        self._content, self._changed_at = content, at

    def put_provision(self, number: str, wording: str, *, at: datetime) -> None:
        """Add an article at the end, or replace the text of one that there is."""
        self._require_living()
        number, wording = number.strip(), wording.strip()
        if not wording or not _ARTICLE.fullmatch(number):
            raise LawInvalid((Violation("items.article_empty", "number"),))
        articles = dict(_articles(self._content.whole)) | {number: wording.splitlines()}
        self.change(evolve(self._content, whole=_whole(articles)), at=at)

    def take_provision(self, number: str, *, at: datetime) -> None:
        """Take an article out of the text. Raises ``LawInvalid`` where there is none."""
        self._require_living()
        articles = dict(_articles(self._content.whole))
        if number.strip() not in articles:
            data = {"law": self._content.title, "article": number}
            raise LawInvalid((Violation("items.article_unknown", "number", data),))
        del articles[number.strip()]
        self.change(evolve(self._content, whole=_whole(articles)), at=at)

    def enable(self, *, today: date, at: datetime) -> None:
        """Let it be cited while it is in force. Raises ``LawLocked``."""
        self._require_living()
        if self._state is LawState.ENABLED:
            raise LawLocked((Violation("items.law_enabled"),))
        if not self.in_force(today):
            raise LawLocked((Violation("items.law_not_in_force"),))
        self._state, self._changed_at = LawState.ENABLED, at
        self._record(LawEnabled(at=at, law=self.id))

    def disable(self, *, at: datetime) -> None:
        """Let it be cited no more. Raises ``LawLocked``."""
        self._require_living()
        if self._state is LawState.DISABLED:
            raise LawLocked((Violation("items.law_disabled"),))
        self._state, self._changed_at = LawState.DISABLED, at
        self._record(LawDisabled(at=at, law=self.id))

    def delete(self, *, at: datetime) -> None:
        """Delete it; what cites it keeps its wording. Raises ``LawLocked`` while it is in use."""
        self._require_living()
        if self._state is LawState.ENABLED:
            raise LawLocked((Violation("items.law_enabled"),))
        self._state, self._changed_at = LawState.DELETED, at

    def _require_living(self) -> None:
        if self._state is LawState.DELETED:
            raise NotFound("law", self.id)


def _whole(articles: Mapping[str, list[str]]) -> str:
    return "\n".join("\n".join([f"{number}　{(lines or [''])[0]}", *lines[1:]])
                     for number, lines in articles.items())  # fmt: skip


def law_violations(content: LawContent) -> Iterator[Violation]:
    """Give every reason why a law cannot be kept so."""
    yield from violations_of(content)
    if content.in_force_from < content.promulgated_on:
        yield Violation("items.law_begins_before_promulgation", "in_force_from")
    if content.in_force_until is not None and content.in_force_until <= content.in_force_from:
        yield Violation("items.law_ends_before_begin", "in_force_until")
    numbers = [number for number, _ in _articles(content.whole)]
    if content.whole.strip() and not numbers:
        yield Violation("items.law_without_articles", "whole")
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        yield Violation("items.article_twice", "whole", {"article": number})


def wholes(article: str) -> tuple[str, ...]:
    """Give a provision's number and those of what it is a part of, the article first."""
    ends = (found.start() for found in re.finditer(r"(?<!^)第", article))
    return (*(article[:end] for end in ends), article)


def citations(articles: Iterable[LawArticle]) -> tuple[str, ...]:
    """Give what is cited, as it is written, and what that is a part of."""
    found = (
        str(evolve(one, article=whole)) for one in articles for whole in wholes(one.article)
    )  # fmt: skip
    return tuple(dict.fromkeys(found))


def cited(article: LawArticle, versions: list[Law]) -> tuple[LawArticle, Violation | None]:
    """Give a citation with its wording, given the versions of the law that the library holds.

    Without a version the newest enabled one is meant. A law that the library does not hold is
    cited by its name alone; one that is not enabled, or has no such provision, is not cited.
    """
    living = [one for one in versions if one.state is not LawState.DELETED]
    known = [one for one in living if article.version in {None, one.content.promulgated_on}]
    if not known:
        return evolve(article, wording=""), None
    data = {"law": article.document, "article": article.article}
    enabled = [one for one in known if one.state is LawState.ENABLED]
    if not enabled:
        return article, Violation("items.basis_not_enabled", data=data)
    law = max(enabled, key=lambda one: one.content.promulgated_on)
    try:
        return law.cite(article.article), None
    except LawInvalid:
        return article, Violation("items.article_unknown", data=data)
