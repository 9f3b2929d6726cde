import ast
import re
from pathlib import Path

import attrs
import pytest

import entrypoints
from entrypoints.settings import Settings, SettingsWrong, variable


def test_each_setting_says_in_chinese_what_it_is_for() -> None:
    """Whoever runs the platform reads what he sets."""
    unsaid = [
        one.name
        for one in attrs.fields(Settings)
        if not re.search("[一-鿿]", one.metadata.get("title", ""))
    ]
    assert unsaid == []


DECLARED = Path(entrypoints.__file__).parent / "settings.py"


def _read_somewhere() -> set[str]:
    code = Path(entrypoints.__file__).parent.rglob("*.py")
    trees = [ast.parse(path.read_text("utf-8")) for path in code if path != DECLARED]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_each_setting_is_read_somewhere() -> None:
    """Nobody sets what changes nothing; one that is declared and no more would be found."""
    read = _read_somewhere()
    unread = [one.name for one in attrs.fields(Settings) if one.name not in read]
    assert unread == [], f"give them to whoever needs them, in entrypoints/container: {unread}"
    assert "nothing_reads_this" not in read


def test_settings_are_read_as_their_type_says() -> None:
    """Truths, numbers, lists and paths; what is not set keeps its default, at home."""
    found = Settings.from_environment(
        {
            "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "No",
            "SUPERVISION_SIGN_ON_LEVEL": "2",
            "SUPERVISION_SIGN_ON_KINDS": "staff, citizen",
            "SUPERVISION_TRUST": "/etc/supervision/trust",
            "SUPERVISION_SMS_URL": " ",
        }
    )
    assert (found.administrators_by_certificate, found.sign_on_level) == (False, 2)
    assert found.sign_on_kinds == ("staff", "citizen")
    assert found.trust == Path("/etc/supervision/trust")
    assert (found.sms_url, found.authority) == ("", Path.home() / ".supervision" / "authority")


def test_every_wrong_setting_is_named_and_no_value_is() -> None:
    """A start with wrong settings is refused with all of them at once, and repeats no value."""
    given = {
        "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "perhaps",
        "SUPERVISION_SIGN_ON_KINDS": "staff,visitor",
        "SUPERVISION_SIGN_ON_LEVEL": "high",
    }
    with pytest.raises(SettingsWrong) as refused:
        Settings.from_environment(given)
    assert [one.at for one in refused.value.reasons] == list(given)
    assert {one.code for one in refused.value.reasons} == {"settings.value"}
    assert not any(value in repr(refused.value.reasons) for value in given.values())
    assert variable("sms_url") == "SUPERVISION_SMS_URL"
