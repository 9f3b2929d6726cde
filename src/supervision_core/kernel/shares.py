"""Shares as people read them."""


def per_cent(part: int, whole: int) -> str:
    """Give a share in per cent with one decimal, halves rounded up; ``0.0%`` of nothing."""
    tenths = (2_000 * part + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"
