"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from 6250 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

GENERAL_SURE: Final = 0.945
"""From this probability on a general question is answered, whatever fits."""
GENERAL_BESIDE: Final = 0.93
"""From this one on it is offered beside a procedure that is asked about."""
GENERAL: Final = 0.775
"""From this one on it is answered where no procedure is asked about."""
GENERAL_START: Final = -0.007
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 10.172,
    "lead": -0.240,
    "said": 0.783,
    "way_said": 2.006,
    "heard": -4.595,
    "shared": 5.036,
    "told": 0.761,
    "words": -4.924,
    "about": -0.524,
    "procedure": 0.096,
    "procedure_name_said": -3.270,
    "procedure_named": -0.572,
    "question": 1.098,
    "out_of_scope": 0.293,
    "talk": 0.128,
    "matter": 1.209,
    "borne_out": -0.149,
    "errand": -0.500,
    "abroad": -1.049,
}
FIRST_START: Final = -0.986
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 4.624,
    "lead": 0.839,
    "said": -2.815,
    "way_said": 1.356,
    "heard": 0.148,
    "shared": 0.439,
    "told": 0.143,
    "words": -0.371,
    "about": -0.044,
    "procedure": 0.347,
    "procedure_name_said": 0.523,
    "procedure_named": 0.066,
    "question": -0.003,
    "out_of_scope": 0.053,
    "talk": -0.049,
    "matter": -0.067,
    "borne_out": -0.085,
    "errand": 1.212,
    "abroad": -0.879,
}
