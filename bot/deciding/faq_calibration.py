"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from 6145 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

GENERAL_SURE: Final = 0.95
"""From this probability on a general question is answered, whatever fits."""
GENERAL_BESIDE: Final = 0.925
"""From this one on it is offered beside a procedure that is asked about."""
GENERAL: Final = 0.785
"""From this one on it is answered where no procedure is asked about."""
GENERAL_START: Final = 0.004
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 9.642,
    "lead": -0.244,
    "said": 0.737,
    "way_said": 2.286,
    "heard": -4.019,
    "shared": 4.973,
    "told": 0.732,
    "words": -4.946,
    "about": -0.521,
    "procedure": -0.176,
    "procedure_name_said": -3.228,
    "procedure_named": -0.499,
    "question": 1.104,
    "out_of_scope": 0.298,
    "talk": 0.129,
    "matter": 1.218,
    "borne_out": -0.134,
    "errand": -0.491,
    "abroad": -1.002,
}
FIRST_START: Final = -0.825
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 4.366,
    "lead": 0.818,
    "said": -2.733,
    "way_said": 1.416,
    "heard": 0.307,
    "shared": 0.174,
    "told": 0.227,
    "words": -0.368,
    "about": -0.043,
    "procedure": 0.322,
    "procedure_name_said": 0.408,
    "procedure_named": 0.123,
    "question": 0.011,
    "out_of_scope": 0.061,
    "talk": -0.043,
    "matter": -0.063,
    "borne_out": 0.024,
    "errand": 1.156,
    "abroad": -0.882,
}
