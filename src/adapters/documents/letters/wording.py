"""Signs of Chinese text as GB/T 15834 has them: full-width between Chinese words."""

import re
from typing import Final

_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN: Final = r"\u4e00-\u9fff》〉」』”’）】"
_OPENS: Final = r"\u4e00-\u9fff《〈「『“‘（【"
_AFTER: Final = re.compile(rf"(?<=[{_HAN}])[ ]*([,;:?!()])[ ]*")
_BEFORE: Final = re.compile(rf"(?<![0-9A-Za-z ])([,;:?!()])(?=[{_OPENS}])")


def punctuated(text: str) -> str:
    """Write signs beside Chinese words full-width; those within codes and numbers stay."""
    once = _AFTER.sub(lambda found: _FULL[found[1]], text)
    told = _BEFORE.sub(lambda found: _FULL[found[1]], once)
    return _closed(told)


def _closed(text: str) -> str:
    """Let brackets that belong together be of one width."""
    found, open_at = list(text), list[int]()
    for at, sign in enumerate(found):
        if sign in "(（":
            open_at.append(at)
        elif sign in ")）" and open_at:
            begins = open_at.pop()
            if "（" in (found[begins], sign) or "）" in (found[begins], sign):
                found[begins], found[at] = "（", "）"
    return "".join(found)
