"""How Chinese names sort: by pinyin and by strokes, after the Unihan database."""

from adapters.collation.han import HanCollation

__all__ = ["HanCollation"]
