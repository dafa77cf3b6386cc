"""How much each signal counts, and from where on a judgement is believed.

Written by `python -m tests.calibration` from 4309 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

ABOUT: Final = 0.66
"""From this probability on a message is taken to ask about a procedure known here."""
ABOUT_START: Final = -8.371
ABOUT_SIGNALS: Final[Mapping[str, float]] = {
    "question": 1.334,
    "out_of_scope": 0.655,
    "system": 0.778,
    "score": 6.947,
    "lead": -0.174,
    "spread": 0.505,
    "is_a_name": 2.429,
    "words": 4.845,
    "shared": 3.637,
    "heard": 6.357,
    "said": -5.724,
    "name_said": 2.496,
    "marked": 0.524,
    "borne_out": -1.39,
    "errand": -0.946,
    "abroad": -4.083,
    "divorce": 1.185,
}

FIRST: Final = 0.93
"""From this probability on the best is answered without asking back."""
FIRST_START: Final = 2.101
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "question": -0.548,
    "out_of_scope": -0.319,
    "system": -0.567,
    "score": -3.781,
    "lead": 1.373,
    "spread": 0.387,
    "is_a_name": -0.087,
    "words": -1.367,
    "shared": 0.737,
    "heard": 5.35,
    "said": -1.954,
    "name_said": 1.913,
    "marked": 0.15,
    "borne_out": 4.55,
    "errand": -2.03,
    "abroad": -0.209,
    "divorce": 1.188,
}
