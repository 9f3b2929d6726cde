import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from PIL import Image
from tests.yardstick import counts

from adapters.media import picture_worker
from adapters.storage.file_bytes import FolderFileBytes
from supervision_core.files.model import FileForm, FileRefused
from supervision_core.files.ports import Readable, Scanner, StagedFiles
from supervision_core.files.services import StartFile
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound, Unavailable, Violation
from supervision_core.testing.files import ONE, FileRoom

from .hostile import GOOD, HOSTILE, MISNAMED, picture, pixel_bomb

COUNTS = 12
KIBIBYTES = 64 * 1024


def why(room: FileRoom, name: str, content: bytes) -> list[str]:
    """Send a file; give why it is refused."""
    try:
        room.send(ONE, content, name)
    except FileRefused as refused:
        return [one.code for one in refused.reasons]
    return []


@pytest.mark.parametrize("name", GOOD, ids=[name.rpartition(".")[2] for name in GOOD])
def test_good_files_are_taken(memory_room: FileRoom, name: str) -> None:
    """Negative control: whatever officers send in good faith passes."""
    assert why(memory_room, name, GOOD[name]()) == []


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused(memory_room: FileRoom, case: str) -> None:
    """Each for its reason, in the time of twelve counts (2 s), with 64 MiB more memory at most."""
    name, make, code = HOSTILE[case]
    content = make()
    before, codes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, list[str]()
    assert counts(lambda: codes.extend(why(memory_room, name, content))) < COUNTS
    assert codes == [code]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KIBIBYTES


@pytest.mark.parametrize("case", MISNAMED)
def test_names_are_refused_before_a_byte_is_sent(memory_room: FileRoom, case: str) -> None:
    """A name is one plain name that states a kind which is taken."""
    name, code = MISNAMED[case]
    with pytest.raises(FileRefused) as refused:
        memory_room.staging.start(ONE, StartFile(name=name, size=3, sm3="ab" * 32))
    assert code in [one.code for one in refused.value.reasons]


@pytest.mark.parametrize(
    ("size", "sm3", "code"),
    [
        (0, "ab" * 32, "files.empty"),
        (-1, "ab" * 32, "files.empty"),
        (21 << 20, "ab" * 32, "files.too_large"),
        (3, "AB" * 32, "files.digest_form"),
        (3, "", "files.digest_form"),
    ],
)
def test_sizes_and_digests_are_refused(
    memory_room: FileRoom, size: int, sm3: str, code: str
) -> None:
    """What is empty, too large, or has no digest is not begun."""
    with pytest.raises(FileRefused) as refused:
        memory_room.staging.start(ONE, StartFile(name="a.png", size=size, sm3=sm3))
    assert [one.code for one in refused.value.reasons] == [code]


def test_a_refused_file_is_gone(sqlite_room: FileRoom) -> None:
    """Nobody makes it be judged again and again, and nothing of it lies outside of the store."""
    file = sqlite_room.begin(ONE, pixel_bomb(), "a.png")
    sqlite_room.staging.put(ONE, file, 0, pixel_bomb())
    with pytest.raises(FileRefused):
        sqlite_room.staging.finish(ONE, file)
    with pytest.raises(NotFound):
        sqlite_room.staging.finish(ONE, file)
    store = sqlite_room.staging.store
    assert isinstance(store, FolderFileBytes)
    assert [path for path in store._folder.rglob("*") if path.is_file()] == []


def photo(side: int = 400) -> bytes:
    """Give a photo that says where, when and by which device it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "HUAWEI", "P50"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:02 09:30:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (22.0, 48.0, 36.0)
    place[3], place[4] = "E", (108.0, 22.0, 12.0)
    return picture("JPEG", side, exif=exif)


def test_evidence_keeps_place_and_device(sqlite_room: FileRoom) -> None:
    """A photo is stored byte for byte, and what it says of itself is kept beside it."""
    file = sqlite_room.send(ONE, photo(), "现场.jpg")
    with sqlite_room.transactions.begin_reading() as unit:
        content = unit[StagedFiles].get(file).content
    assert content is not None
    assert content.taken is not None
    assert content.taken.device == "HUAWEI P50"
    assert content.taken.at == "2026:03:02 09:30:00"
    assert (content.taken.latitude, content.taken.longitude) == ("22.810000", "108.370000")
    assert (content.width, content.height) == (400, 400)
    sealed = sqlite_room.staging.sealed
    assert b"".join(sealed.chunks(file, "whole", content.whole)) == photo()
    assert content.thumbnail is not None
    small = b"".join(sealed.chunks(file, FileForm.THUMBNAIL.value, content.thumbnail))
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size) == ("JPEG", (320, 320))
        assert not image.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_public_says_nothing_of_itself(memory_room: FileRoom, kind: str) -> None:
    """Only the picture is stored: position, device and comments are nowhere, thumbnail included."""
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    content = picture(kind, 100, exif=exif)
    assert b"SECRETMAKER" in content
    asked = StartFile(
        name=f"a.{kind.lower()}", size=len(content), sm3=sm3(content).hex(), public=True
    )
    file = memory_room.staging.start(ONE, asked).id
    memory_room.staging.put(ONE, file, 0, content)
    view = memory_room.staging.finish(ONE, file)
    with memory_room.transactions.begin_reading() as unit:
        found = unit[StagedFiles].get(file).content
    assert found is not None
    stored = b"".join(memory_room.staging.sealed.chunks(file, "whole", found.whole))
    assert b"SECRETMAKER" not in stored
    assert sorted(memory_room.staging.store.addresses()) == sorted(found.addresses)
    assert memory_room.staging.finish(ONE, file) == view
    assert (found.taken, found.stripped, view.sm3) == (None, True, sm3(stored).hex())
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, image.size) == (kind, (100, 100))


def test_only_pictures_are_public(memory_room: FileRoom) -> None:
    """Of other kinds nobody can say that nothing is left in them."""
    content = b"text"
    asked = StartFile(name="a.txt", size=4, sm3=sm3(content).hex(), public=True)
    file = memory_room.staging.start(ONE, asked).id
    memory_room.staging.put(ONE, file, 0, content)
    with pytest.raises(FileRefused, match="not_strippable"):
        memory_room.staging.finish(ONE, file)


class _Suspicious(Scanner):
    """Finds a mark; without an answer for another."""

    name = "suspicious"

    def scan(self, content: Readable) -> None:
        """Look for the marks."""
        whole = content.read(0, content.size)
        if b"HARMFUL" in whole:
            raise FileRefused((Violation("files.harmful"),))
        if b"AWAY" in whole:
            raise Unavailable((Violation("files.scanner_away"),))


def test_a_scanner_has_the_last_word(memory_room: FileRoom) -> None:
    """What it finds is refused; while it does not answer nothing passes, and later it may."""
    room = evolve(memory_room, staging=evolve(memory_room.staging, scanner=_Suspicious()))
    assert why(room, "a.txt", b"HARMFUL") == ["files.harmful"]
    file = room.begin(ONE, b"AWAY", "a.txt")
    room.staging.put(ONE, file, 0, b"AWAY")
    with pytest.raises(Unavailable):
        room.staging.finish(ONE, file)
    assert memory_room.staging.finish(ONE, file).finished


def test_a_phones_largest_picture_is_taken(memory_room: FileRoom) -> None:
    """Fifty million pixels decode within the limits of the worker, stripped too."""
    made = io.BytesIO()
    Image.new("RGB", (8000, 6250), (10, 20, 30)).save(made, "JPEG")
    content = made.getvalue()
    asked = StartFile(name="a.jpg", size=len(content), sm3=sm3(content).hex(), public=True)
    file = memory_room.staging.start(ONE, asked).id
    memory_room.staging.put(ONE, file, 0, content)
    assert memory_room.staging.finish(ONE, file).finished


def test_the_worker_reaches_no_file(tmp_path: Path) -> None:
    """Nothing that a picture makes the worker do can write a file."""
    place = tmp_path / "x"
    folder = str(Path(picture_worker.__file__).parent)
    script = (
        f"import sys; sys.path[0:0] = [{folder!r}]; import picture_worker; picture_worker.limit()\n"
        f"with open({str(place)!r}, 'wb', buffering=0) as file: file.write(b'x')\n"
    )
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], capture_output=True, check=False
    )
    assert b"File too large" in done.stderr
    assert place.read_bytes() == b""
