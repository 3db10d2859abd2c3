"""Bit masks: the places of their bits, and the runs of adjacent bits."""


def bits_of(mask: int) -> list[int]:
    """Return the places of the bits of a mask, in order."""
    if mask.bit_count() * 8 > mask.bit_length():
        return [place for place, digit in enumerate(bin(mask)[:1:-1]) if digit == "1"]
    places = []
    while mask:
        low = mask & -mask
        mask ^= low
        places.append(low.bit_length() - 1)
    return places


def runs_of(mask: int) -> list[tuple[int, int]]:
    """Return the runs of adjacent bits in a mask, each as its first place and the place after its last."""
    low, end = mask & -mask, mask.bit_length()
    if mask + low == 1 << end:
        return [(low.bit_length() - 1, end)]
    runs, low = [], 0
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        low += gap
        run = (~mask & (mask + 1)).bit_length() - 1
        mask >>= run
        runs.append((low, low + run))
        low += run
    return runs
