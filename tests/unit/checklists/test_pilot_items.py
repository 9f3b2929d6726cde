from supervision_core.checklists.data import pilot_items
from supervision_core.checklists.model import ChecklistContent, publication_violations


def test_every_pilot_scene_makes_a_publishable_checklist() -> None:
    """Each sample has a basis and a department; together they ask something of every grade."""
    scenes = pilot_items()
    assert {scene: len(items) for scene, items in scenes.items()} == {
        "乳品安全": 16,
        "危化品安全": 16,
        "旅行社监管": 12,
        "电信网络诈骗": 10,
        "餐饮（小餐饮/单位食堂）": 6,
    }
    for scene, items in scenes.items():
        lead, *joining = dict.fromkeys(item.content.department for item in items)
        content = ChecklistContent(
            name=scene, trade=scene, lead=lead, joining=tuple(joining), items=items
        )
        assert tuple(publication_violations(content)) == ()
