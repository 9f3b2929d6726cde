import pytest

from adapters.collation import HanCollation

COLLATION = HanCollation()


def by_pinyin(*names: str) -> list[str]:
    """Sort them as people's names."""
    return sorted(names, key=lambda one: COLLATION.by_pinyin(one, person=True))


def by_strokes(*names: str) -> list[str]:
    """Sort them by strokes."""
    return sorted(names, key=COLLATION.by_strokes)


def test_names_sort_by_sound_then_tone_character_by_character() -> None:
    """拼音: as a dictionary has them; a shorter syllable first, equal sounds by strokes."""
    assert by_pinyin("赵示例", "钱示例", "孙示例", "李示例", "安示例") == [
        "安示例", "李示例", "钱示例", "孙示例", "赵示例",
    ]  # fmt: skip
    assert by_pinyin("张示", "詹示", "王示例", "王示") == ["王示", "王示例", "詹示", "张示"]
    assert by_pinyin("马示", "麻示") == ["麻示", "马示"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("单示例", "沙示例", "沈示例"), ("覃示例", "秦示例", "邱示例"),
     ("曾示例", "袁示例", "张示例"), ("尉迟示", "游示例", "袁示例"),
     ("仇示例", "秦示例", "任示例"), ("区示例", "聂示例", "潘示例")],
    ids=["shan", "qin", "zeng", "yuchi", "qiu", "ou"],
)  # fmt: skip
def test_surnames_have_sounds_of_their_own(name: str, before: str, after: str) -> None:
    """多音姓氏: 单 is Shàn, 覃 Qín, 曾 Zēng, 尉迟 Yùchí; in the name of a body they are not."""
    assert by_pinyin(after, name, before) == [before, name, after]
    bodies = [COLLATION.by_pinyin(one, person=False) for one in ("单位", "丹位", "沈位")]
    assert bodies[0][0][0] == bodies[1][0][0] == "dan1" < bodies[2][0][0]


def test_names_sort_by_strokes_of_each_character_in_turn() -> None:
    """笔画: 丁2, 王4, 李7, 覃12; of equal ones the shorter first, then by sound."""
    assert by_strokes("覃一", "李一", "王二", "王一", "王", "丁一") == [
        "丁一", "王", "王一", "王二", "李一", "覃一",
    ]  # fmt: skip
    assert by_strokes("方一", "王一") == ["方一", "王一"]


def test_what_is_no_chinese_character_comes_before_and_never_fails() -> None:
    """Letters, digits, signs and rare characters sort, whatever they are."""
    odd = ["", "A", "1", "𠀀", "é", "·"]
    assert by_pinyin("王一", "Zoe", "安一")[0] == "Zoe"
    assert sorted(by_pinyin(*odd)) == sorted(odd)
    assert sorted(by_strokes(*odd)) == sorted(odd)
