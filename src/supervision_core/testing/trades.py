"""The entries of registers that examples of checklists, scenes and grading rules refer to."""

from datetime import UTC, datetime

from supervision_core.identity.registers import TRADES, TradeContent
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.scenes.registers import SCENE_CATEGORIES, SceneCategoryContent

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TRADE_IDS = ("乳品", "dairy")
CATEGORY_ID = "食品安全"


def keep_trades(unit: UnitOfWork) -> None:
    """Store the trades and the category of the examples, each called after its id."""
    for at, id_ in enumerate(TRADE_IDS, start=1):
        trade = TradeContent(name=f"{id_}业", code=f"T{at}")
        unit[Entries].of(TRADES).save(
            Entry.add(id=id_, content=trade, position=at, at=NOON, register=TRADES.name)
        )
    category = SceneCategoryContent(name=f"{CATEGORY_ID}类")
    unit[Entries].of(SCENE_CATEGORIES).save(
        Entry.add(
            id=CATEGORY_ID, content=category, position=1, at=NOON, register=SCENE_CATEGORIES.name
        )
    )
