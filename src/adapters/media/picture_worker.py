"""Decodes one picture from standard input; a script of its own, started by ``pictures``.

Arguments: format, most pixels, ``strip`` or ``keep``. Answers on standard output: the length of a
JSON text and a line end, the text (pixels, what the picture says of itself, the length of the
thumbnail, or a ``fault``), the thumbnail as JPEG, and with ``strip`` the picture encoded anew.
"""

import io
import json
import resource
import sys
import warnings
from typing import Any, Final

from PIL import ExifTags, Image, ImageOps

MEMORY: Final = 1 << 30
SECONDS: Final = 20
SIDE: Final = 320
LONGEST: Final = 100
_TAGS: Final = ExifTags.Base


def limit() -> None:
    """Give up everything but some memory and time: no file can be written from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text(value: object) -> str:
    """Give what a picture says of itself as one short line."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "".join(sign for sign in str(value or "") if sign.isprintable()).strip()[:LONGEST]


def degrees(parts: Any, side: object) -> str:
    """Give an angle in degrees with six decimals, empty where there is none."""
    try:
        whole, minutes, seconds = (float(part) for part in parts)
        angle = whole + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return ""
    if not 0 <= angle <= 180:  # noqa: PLR2004 - half a circle
        return ""
    return f"{-angle if text(side).upper() in {'S', 'W'} else angle:.6f}"


def taken(image: Image.Image) -> dict[str, str]:
    """Give when, where and by what the picture says it was taken (EXIF 2.32)."""
    exif = image.getexif()
    shot, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps = ExifTags.GPS
    found = {
        "at": text(shot.get(_TAGS.DateTimeOriginal) or exif.get(_TAGS.DateTime)),
        "latitude": degrees(place.get(gps.GPSLatitude), place.get(gps.GPSLatitudeRef)),
        "longitude": degrees(place.get(gps.GPSLongitude), place.get(gps.GPSLongitudeRef)),
        "device": text(f"{text(exif.get(_TAGS.Make))} {text(exif.get(_TAGS.Model))}"),
    }
    return found if any(found.values()) else {}


def encoded(image: Image.Image, kind: str) -> bytes:
    """Encode the pixels and nothing else."""
    mode = "RGBA" if kind != "JPEG" and image.has_transparency_data else "RGB"
    bare = Image.frombytes(mode, image.size, image.convert(mode).tobytes())
    made = io.BytesIO()
    bare.save(made, kind, **({} if kind == "PNG" else {"quality": 88}))
    return made.getvalue()


def answer(kind: str, most: int, *, strip: bool) -> tuple[dict[str, object], bytes]:
    """Decode the picture. Raises whatever Pillow does for one that is broken."""
    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=[kind])
    width, height = image.size
    if width * height > most:
        return {"fault": "pixels"}, b""
    image.load()
    said = taken(image)
    upright = ImageOps.exif_transpose(image)
    stripped = encoded(upright, kind) if strip else b""
    upright.thumbnail((SIDE, SIDE))
    thumbnail = encoded(upright, "JPEG")
    told = {"width": width, "height": height, "taken": said, "thumbnail": len(thumbnail)}
    return told, thumbnail + stripped


def main() -> None:
    """Answer; a broken picture is told as such."""
    limit()
    warnings.simplefilter("ignore")
    kind, most, strip = sys.argv[1:]
    try:
        told, pictures = answer(kind, int(most), strip=strip == "strip")
    except Exception:  # noqa: BLE001 - hostile input raises whatever it likes
        told, pictures = {"fault": "damaged"}, b""
    head = json.dumps(told).encode()
    sys.stdout.buffer.write(b"%d\n%s%s" % (len(head), head, pictures))


if __name__ == "__main__":
    main()
