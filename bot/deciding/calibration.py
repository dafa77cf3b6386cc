"""How much each signal counts, and from where on a judgement is believed.

Written by `python -m tests.calibration` from 4307 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

ABOUT: Final = 0.64
"""From this probability on a message is taken to ask about a procedure known here."""
ABOUT_START: Final = -8.434
ABOUT_SIGNALS: Final[Mapping[str, float]] = {
    "question": 1.314,
    "out_of_scope": 0.656,
    "system": 0.754,
    "score": 7.328,
    "lead": -0.186,
    "spread": 0.206,
    "is_a_name": -0.07,
    "words": 4.663,
    "shared": 3.858,
    "heard": 6.11,
    "said": -5.634,
    "name_said": 2.089,
    "marked": 0.802,
    "borne_out": -1.364,
    "errand": -1.047,
    "abroad": -7.818,
    "divorce": 1.288,
}

FIRST: Final = 0.95
"""From this probability on the best is answered without asking back."""
FIRST_START: Final = 1.728
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "question": -0.619,
    "out_of_scope": -0.307,
    "system": -0.716,
    "score": -4.506,
    "lead": 1.39,
    "spread": 0.711,
    "is_a_name": -0.377,
    "words": -1.284,
    "shared": 0.582,
    "heard": 6.234,
    "said": -2.293,
    "name_said": 1.94,
    "marked": 0.306,
    "borne_out": 5.097,
    "errand": -1.722,
    "abroad": 0.0,
    "divorce": 0.88,
}
