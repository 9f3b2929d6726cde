"""Another master key: all keys or none, killed at whatever step; then the old one opens nothing."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from attrs import evolve

from adapters.crypto.keys import FileKeys
from adapters.crypto.platform_keys import KeySettings, KeySettingsWrong
from adapters.crypto.rewrapping import KeysNotRewrapped
from adapters.system import SystemRandomness
from supervision_core.kernel.crypto import KeyRejected, Tampered
from supervision_core.kernel.sealing import KEY_NAMES

RANDOM = SystemRandomness()
STEPS = frozenset({"open", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree",
                   "ctypes.dlsym"})  # fmt: skip
"""What Python says of itself before it touches files; the exchange is looked up by its name."""


@pytest.fixture
def settings(tmp_path: Path) -> KeySettings:
    """Give keys of two versions each."""
    made = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    made.make(RANDOM)
    made.open(RANDOM).rotate()
    made.signing_keys(RANDOM).rotate()
    return made


def marks(settings: KeySettings) -> Mapping[str, str]:
    """Give what tells one set of keys from another: the tags and public keys of all versions."""
    keys = settings.open(RANDOM)
    found = {
        f"{name}.{version}": keys.store.mac(name, version).tag(b"mark").hex()
        for name in KEY_NAMES
        for version in keys.store.versions(name)
    }
    return found | dict.fromkeys(keys.trusted, "trusted")


def opens(settings: KeySettings, master: Path) -> bool:
    """Tell whether a master key opens every key; one that opens some and others not is a fault."""
    if not master.exists():  # killed before there was one
        return False
    under = evolve(settings, master=master)
    try:
        return bool(marks(under))
    except Tampered:
        return False


def test_every_key_is_under_the_new_master_and_none_under_the_old(
    settings: KeySettings, tmp_path: Path
) -> None:
    """Keys, versions and public files stay; a key that was made is read, not made again."""
    before, names = marks(settings), {path.name for path in settings.folder.iterdir()}
    new = tmp_path / "elsewhere" / "new.key"
    assert settings.rewrap(new, RANDOM) == 8
    changed = evolve(settings, master=new)
    assert marks(changed) == before
    assert {path.name for path in settings.folder.iterdir()} == names
    assert {path.stat().st_mode & 0o077 for path in settings.folder.iterdir()} == {0}
    assert not opens(settings, settings.master)
    assert settings.rewrap(new, RANDOM) == 8  # again: nothing is left to do
    assert marks(changed) == before
    assert list(tmp_path.glob(".keys*")) == []


def _killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do ``act`` in a process that is killed before its step of that number; tell if it was."""
    child = os.fork()
    if child == 0:
        done = 0

        def count(event: str, _: object) -> None:
            nonlocal done
            if event in STEPS:
                done += 1
                if done == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _tried(settings: KeySettings, new: Path, act: Callable[[], object]) -> list[tuple[bool, bool]]:
    """Kill ``act`` at every step; tell each time whether the old or the new master opens all."""
    whole = settings.folder.with_name("whole")
    copytree(settings.folder, whole)
    found, step = [], 1
    while _killed_at(step, act):
        found.append((opens(settings, settings.master), opens(settings, new)))
        for left in settings.folder.parent.glob(".keys*"):
            rmtree(left)
        rmtree(settings.folder)
        copytree(whole, settings.folder)
        step += 1
    return found


def test_killed_at_any_step_one_master_opens_all(settings: KeySettings, tmp_path: Path) -> None:
    """Before the exchange the old one, after it the new one: never both, never neither."""
    new = tmp_path / "new.key"
    found = _tried(settings, new, lambda: settings.rewrap(new, RANDOM))
    assert set(found) == {(True, False), (False, True)}
    assert found == sorted(found, reverse=True)  # no step goes back
    assert len(found) > 40


def test_what_was_broken_off_is_ended_by_the_same_again(
    settings: KeySettings, tmp_path: Path
) -> None:
    """Whatever was left beside is removed, and no key is lost."""
    before, new = marks(settings), tmp_path / "new.key"
    for step in (5, 25, 55, 70):
        _killed_at(step, lambda: settings.rewrap(new, RANDOM))
    settings.rewrap(new, RANDOM)
    assert marks(evolve(settings, master=new)) == before
    assert not opens(settings, settings.master)
    assert list(tmp_path.glob(".keys*")) == []


def test_wrapping_in_place_loses_keys(settings: KeySettings, tmp_path: Path) -> None:
    """The control: file by file, a kill leaves keys that no single master key opens."""
    new = tmp_path / "new.key"
    other = evolve(settings, folder=tmp_path / "other")
    copytree(settings.folder, other.folder)
    other.rewrap(new, RANDOM)

    def careless() -> None:
        for path in sorted(settings.folder.iterdir()):
            path.write_bytes((other.folder / path.name).read_bytes())

    assert (False, False) in _tried(settings, new, careless)


def test_what_cannot_be_is_refused_and_changes_nothing(
    settings: KeySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong master, an exposed key, a machine's keys, a folder that cannot be exchanged."""
    before, new = marks(settings), tmp_path / "new.key"
    stranger = KeySettings(folder=tmp_path / "k2", master=tmp_path / "m2.key")
    stranger.make(RANDOM)
    with pytest.raises(Tampered):
        evolve(settings, master=stranger.master).rewrap(new, RANDOM)
    machine = evolve(settings, provider="sdf")
    for act in (lambda: machine.rewrap(new, RANDOM), lambda: machine.signing_keys(RANDOM)):
        with pytest.raises(KeySettingsWrong) as caught:
            act()
        assert [one.code for one in caught.value.reasons] == ["crypto.keys_in_machine"]
    exposed = settings.folder / "rows.1.key"
    exposed.chmod(0o644)
    with pytest.raises(KeyRejected):
        settings.rewrap(new, RANDOM)
    exposed.chmod(0o600)
    with monkeypatch.context() as patch:
        patch.setattr("adapters.crypto.rewrapping._EXCHANGE", 1 << 20)
        with pytest.raises(KeysNotRewrapped) as refused:
            settings.rewrap(new, RANDOM)
    assert [one.code for one in refused.value.reasons] == ["crypto.folder_not_exchanged"]
    assert marks(settings) == before


def test_a_key_made_meanwhile_is_not_lost(settings: KeySettings, tmp_path: Path) -> None:
    """Somebody rotates in between: nothing is exchanged. Error: crypto.keys_changing."""
    keys = settings.open(RANDOM)

    class Rotating(SystemRandomness):
        """Rotates at the first draw."""

        waits = True

        def token(self, size: int) -> bytes:
            """Give random bytes."""
            if self.waits:
                Rotating.waits = False
                assert isinstance(keys.store, FileKeys)
                keys.store.rotate("fields")
            return super().token(size)

    new = tmp_path / "new.key"
    evolve(settings, folder=tmp_path / "x", master=new).make(RANDOM)
    with pytest.raises(KeysNotRewrapped) as caught:
        settings.rewrap(new, Rotating())
    assert [one.code for one in caught.value.reasons] == ["crypto.keys_changing"]
    assert keys.store.current("fields") == 3
    assert settings.rewrap(new, RANDOM) == 9


def test_a_file_system_without_nameless_files_serves_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the file has another name first; nothing is left of it."""
    monkeypatch.setattr(os, "O_TMPFILE", os.O_CREAT)  # refused for a folder
    made = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    made.make(RANDOM)
    assert len(marks(made)) == 4
    assert list(tmp_path.rglob(".new-*")) == []
