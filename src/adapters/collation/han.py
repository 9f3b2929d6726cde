"""Names sorted by the sounds and strokes of their characters."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from supervision_core.identity.ports import Collation, SortKey

SURNAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "万俟": ("mo4", "qi2"), "尉迟": ("yu4", "chi2"), "长孙": ("zhang3", "sun1"),
        "令狐": ("ling2", "hu2"), "单": ("shan4",), "曾": ("zeng1",), "仇": ("qiu2",),
        "解": ("xie4",), "查": ("zha1",), "区": ("ou1",), "朴": ("piao2",), "任": ("ren2",),
        "华": ("hua4",), "覃": ("qin2",), "盖": ("ge3",), "冼": ("xian3",), "宁": ("ning4",),
        "乐": ("yue4",), "员": ("yun4",), "折": ("she2",), "繁": ("po2",), "种": ("chong2",),
        "那": ("na1",), "缪": ("miao4",), "祭": ("zhai4",), "秘": ("bi4",), "谌": ("chen2",),
        "翟": ("zhai2",), "燕": ("yan1",), "纪": ("ji3",), "葛": ("ge3",), "过": ("guo1",),
        "洗": ("xian3",), "召": ("shao4",),
    }
)  # fmt: skip
"""Surnames whose characters sound otherwise elsewhere. Source: 现代汉语词典, 姓氏义项."""
_LONGEST_SURNAME: Final = 2


@cache
def _characters() -> Mapping[str, tuple[str, int]]:
    """Give sound and strokes of every character that the table knows."""
    table = resources.files("adapters.collation").joinpath("characters.tsv")
    found: dict[str, tuple[str, int]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        sound, strokes, characters = line.split("\t")
        found |= dict.fromkeys(characters, (sound, int(strokes)))
    return MappingProxyType(found)


def _known(sign: str) -> tuple[str, int]:
    return _characters().get(sign, (f" {sign.casefold()}", 0))


def _surname(name: str) -> tuple[str, ...]:
    """Give the sounds of a surname that the table of characters would read wrongly."""
    for length in range(_LONGEST_SURNAME, 0, -1):
        if name[:length] in SURNAMES:
            return SURNAMES[name[:length]]
    return ()


class HanCollation(Collation):
    """Character by character; what is no Chinese character stands for itself, before them."""

    def by_pinyin(self, name: str, *, person: bool) -> SortKey:
        """Give a key by sound and tone, then strokes."""
        special = _surname(name) if person else ()
        known = map(_known, name)
        return tuple(
            (special[place] if place < len(special) else sound, strokes)
            for place, (sound, strokes) in enumerate(known)
        )

    def by_strokes(self, name: str) -> SortKey:
        """Give a key by the strokes of each character in turn, then sound."""
        strokes = (("", one) for _, one in map(_known, name))
        return (*strokes, ("", 0), *self.by_pinyin(name, person=True))
