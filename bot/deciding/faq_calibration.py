"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from 6125 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

GENERAL_SURE: Final = 0.965
"""From this probability on a general question is answered, whatever fits."""
GENERAL_BESIDE: Final = 0.935
"""From this one on it is offered beside a procedure that is asked about."""
GENERAL: Final = 0.745
"""From this one on it is answered where no procedure is asked about."""
GENERAL_START: Final = 0.139
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 11.349,
    "lead": -0.281,
    "said": 0.790,
    "way_said": 2.125,
    "heard": -5.013,
    "shared": 5.464,
    "words": -5.028,
    "about": -0.490,
    "procedure": -0.900,
    "procedure_name_said": -2.934,
    "procedure_named": -0.359,
    "question": 1.082,
    "out_of_scope": 0.302,
    "talk": 0.139,
    "matter": 1.230,
    "borne_out": -0.218,
    "errand": -0.424,
    "abroad": -0.920,
}
FIRST_START: Final = -0.522
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 3.632,
    "lead": 0.832,
    "said": -2.525,
    "way_said": 1.469,
    "heard": 0.770,
    "shared": 0.270,
    "words": -0.379,
    "about": -0.017,
    "procedure": -0.104,
    "procedure_name_said": 0.623,
    "procedure_named": -0.192,
    "question": 0.029,
    "out_of_scope": 0.077,
    "talk": -0.028,
    "matter": -0.032,
    "borne_out": 0.115,
    "errand": 1.156,
    "abroad": -0.778,
}
