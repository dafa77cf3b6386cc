"""How much each signal counts, and from where on a judgement is believed.

Written by `python -m tests.calibration` from 4302 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

ABOUT: Final = 0.63
"""From this probability on a message is taken to ask about a procedure known here."""
ABOUT_START: Final = -8.711
ABOUT_SIGNALS: Final[Mapping[str, float]] = {
    "question": 1.339,
    "out_of_scope": 0.678,
    "system": 0.756,
    "score": 8.999,
    "lead": -0.194,
    "spread": 0.652,
    "is_a_name": -0.653,
    "words": 4.738,
    "shared": 3.029,
    "heard": 7.287,
    "said": -6.266,
    "name_said": 1.129,
    "marked": 0.791,
    "borne_out": -1.203,
    "errand": -1.252,
    "abroad": -7.657,
    "divorce": 1.391,
}

FIRST: Final = 0.95
"""From this probability on the best is answered without asking back."""
FIRST_START: Final = 3.195
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "question": -0.561,
    "out_of_scope": -0.17,
    "system": -0.679,
    "score": -6.652,
    "lead": 1.441,
    "spread": 0.956,
    "is_a_name": -0.018,
    "words": -1.478,
    "shared": 0.921,
    "heard": 5.41,
    "said": -1.629,
    "name_said": 2.437,
    "marked": 0.349,
    "borne_out": 4.883,
    "errand": -2.415,
    "abroad": 0.0,
    "divorce": 0.312,
}
