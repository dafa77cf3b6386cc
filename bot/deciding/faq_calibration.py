"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from 6264 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

GENERAL_SURE: Final = 0.95
"""From this probability on a general question is answered, whatever fits."""
GENERAL_BESIDE: Final = 0.93
"""From this one on it is offered beside a procedure that is asked about."""
GENERAL: Final = 0.78
"""From this one on it is answered where no procedure is asked about."""
GENERAL_START: Final = -0.098
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 10.319,
    "lead": -0.268,
    "said": 0.654,
    "way_said": 2.070,
    "heard": -4.635,
    "shared": 5.022,
    "told": 0.782,
    "words": -5.004,
    "about": -0.522,
    "procedure": 0.089,
    "procedure_name_said": -3.275,
    "procedure_named": -0.436,
    "question": 1.092,
    "out_of_scope": 0.290,
    "talk": 0.123,
    "matter": 1.202,
    "borne_out": -0.151,
    "errand": -0.482,
    "abroad": -1.064,
}
FIRST_START: Final = -1.068
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 4.627,
    "lead": 0.846,
    "said": -2.824,
    "way_said": 1.325,
    "heard": 0.037,
    "shared": 0.529,
    "told": 0.175,
    "words": -0.338,
    "about": -0.043,
    "procedure": 0.338,
    "procedure_name_said": 0.549,
    "procedure_named": 0.212,
    "question": -0.016,
    "out_of_scope": 0.043,
    "talk": -0.058,
    "matter": -0.081,
    "borne_out": -0.080,
    "errand": 1.251,
    "abroad": -0.894,
}
