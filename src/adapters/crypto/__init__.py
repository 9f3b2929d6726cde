"""Providers of the SM algorithms: OpenSSL, gmssl, a password machine by GM/T 0018; keys."""

from adapters.crypto.providers import open_algorithms
from adapters.crypto.sm2 import new_private_key

__all__ = ["new_private_key", "open_algorithms"]
