"""``draw/1`` steps 2 to 4 as pure functions over bytes: commitment, seed, rank."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from supervision_core.kernel.canonical import sm3

NONCE_SIZE = 32
OBJECT = b"\x00"
OFFICER = b"\x01"
ITEM = b"\x02"


def commitment(contributor: str, nonce: bytes) -> bytes:
    """Give ``SM3(contributor 0x1F nonce)``: binding to the contributor, hiding the nonce."""
    return sm3(contributor.encode() + b"\x1f" + nonce)


def seed_of(pool_hash: bytes, rule_hash: bytes, nonces: Mapping[str, bytes]) -> bytes:
    """Give the seed from the revealed nonces, taken in order of the bytes of their contributor."""
    ordered = (nonces[contributor] for contributor in sorted(nonces))
    return sm3(b"draw/1" + pool_hash + rule_hash + b"".join(ordered))


def rank(seed: bytes, id_: str) -> bytes:
    """Give ``SM3(seed 0x00 id)``, by which candidates are ordered."""
    return sm3(seed + OBJECT + id_.encode())


def ranks(prefix: bytes, ids: Iterable[str]) -> list[bytes]:
    """Give ``SM3(prefix id)`` of each id."""
    return sm3_of(prefix, (id_.encode() for id_ in ids))


def sm3_of(prefix: bytes, parts: Iterable[bytes]) -> list[bytes]:
    """Give ``SM3(prefix part)`` of each part: as hashing one by one, but the prefix only once."""
    start = _started(prefix)
    return [state.digest() for part in parts if not (state := start()).update(part)]


def _started(prefix: bytes) -> Callable[[], Any]:
    """Give what gives a hash that has taken the prefix; ``update`` answers nothing, in one line."""
    return hashlib.new("sm3", prefix).copy


@frozen
class Sieve:
    """Of which ``parts`` SM3(prefix part) is below ``cut`` is asked for each of ``prefixes``.

    ``cut`` has 8 bytes: what comes after them in a hash plays no part.
    """

    cut: bytes
    prefixes: Sequence[bytes]
    parts: Sequence[bytes]


Sift = Callable[[Sequence[Sieve]], Iterable[Sequence[int]]]
"""Gives, for each prefix of each sieve, the places of those parts, ascending."""


def sift(sieves: Sequence[Sieve]) -> Iterator[list[int]]:
    """Do this by the standard library."""
    for sieve in sieves:
        cut, parts = sieve.cut, sieve.parts
        for prefix in sieve.prefixes:
            start = _started(prefix)
            yield [
                at
                for at, part in enumerate(parts)
                if not (state := start()).update(part) and state.digest() < cut
            ]
