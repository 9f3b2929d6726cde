"""DER in its one spelling: what is read is re-written and compared, so nothing has two forms."""

from collections.abc import Iterator

from attrs import frozen

INTEGER, BITS, OCTETS, NULL, OID, UTF8, UTC_TIME, TIME = 2, 3, 4, 5, 6, 12, 23, 24
SEQUENCE, SET = 0x30, 0x31
_LONG = 0x80


class NotDer(ValueError):
    """The bytes are no DER of the expected shape."""


@frozen
class Node:
    """One value: its tag, its content, and the bytes it was read from."""

    tag: int
    content: bytes
    encoded: bytes

    def children(self) -> tuple["Node", ...]:
        """Give the values inside of a constructed one."""
        return tuple(_nodes(self.content))

    def integer(self) -> int:
        """Give a non-negative INTEGER."""
        if self.tag != INTEGER or not self.content:
            raise NotDer(self.tag)
        value = int.from_bytes(self.content, "big", signed=True)
        if value < 0 or integer(value) != self.encoded:
            raise NotDer(self.tag)
        return value

    def octets(self) -> bytes:
        """Give the bytes of an OCTET STRING."""
        if self.tag != OCTETS:
            raise NotDer(self.tag)
        return self.content


def _nodes(data: bytes) -> Iterator[Node]:
    at = 0
    while at < len(data):
        one = _first(data[at:])
        at += len(one.encoded)
        yield one


def _first(data: bytes) -> Node:
    if len(data) < 2:  # noqa: PLR2004 - a tag and a length
        raise NotDer(len(data))
    length, start = data[1], 2
    if length >= _LONG:
        start += length - _LONG
        length = int.from_bytes(data[2:start], "big")
    content = data[start : start + length]
    encoded = data[: start + length]
    if len(content) != length or wrap(data[0], content) != encoded:
        raise NotDer(data[0])
    return Node(data[0], content, encoded)


def read(data: bytes) -> Node:
    """Read one value and nothing behind it. Raises ``NotDer``."""
    found = _first(data)
    if found.encoded != data:
        raise NotDer(len(data))
    return found


def read_sequence(data: bytes, length: int) -> tuple[Node, ...]:
    """Read a SEQUENCE of ``length`` values and nothing behind it. Raises ``NotDer``."""
    found = read(data)
    parts = found.children() if found.tag == SEQUENCE else ()
    if len(parts) != length:
        raise NotDer(found.tag)
    return parts


def wrap(tag: int, content: bytes) -> bytes:
    """Put tag and length before ``content``."""
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + content


def integer(value: int) -> bytes:
    """Write a non-negative INTEGER."""
    return wrap(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    """Write an OCTET STRING."""
    return wrap(OCTETS, content)


def bits(content: bytes, unused: int = 0) -> bytes:
    """Write a BIT STRING."""
    return wrap(BITS, bytes((unused,)) + content)


def sequence(*parts: bytes) -> bytes:
    """Write a SEQUENCE."""
    return wrap(SEQUENCE, b"".join(parts))


def oid(dotted: str) -> bytes:
    """Write an OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    body = b""
    for number in (first * 40 + second, *rest):
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        body += bytes(reversed(groups))
    return wrap(OID, body)
