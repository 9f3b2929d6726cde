"""The network addresses that requests come from."""

from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

_SHOWN_OF_4, _SHOWN_OF_6 = 24, 48
"""Bits of an address that tell the network, and nobody in it."""
_OF_ONE_LINE: Final = 64
"""Bits of an IPv6 address that a single line is given: the rest of them is its own to choose."""


def origin_of(source: str) -> str:
    """Give what limits count as one origin: an IPv4 address, or the /64 network of an IPv6 one.

    Whoever has one IPv6 line has 2**64 addresses, and a limit for each would be none.
    """
    return _network(source, 32, _OF_ONE_LINE) or source


def masked_source(source: str) -> str:
    """Give the network of an address, as ``192.0.2.0/24``; nothing of what is no address."""
    return _network(source, _SHOWN_OF_4, _SHOWN_OF_6)


@lru_cache(maxsize=10_000)
def _network(source: str, of_4: int, of_6: int) -> str:
    try:
        address = ip_address(source)
    except ValueError:
        return ""
    bits = of_4 if isinstance(address, IPv4Address) else of_6
    return str(ip_network((address, bits), strict=False))
