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
GENERAL_START: Final = 0.218
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 9.674,
    "lead": -0.241,
    "said": 0.703,
    "way_said": 2.288,
    "heard": -4.091,
    "shared": 5.002,
    "told": 0.746,
    "words": -5.030,
    "about": -0.508,
    "procedure": -0.782,
    "procedure_name_said": -2.952,
    "procedure_named": -0.466,
    "question": 1.097,
    "out_of_scope": 0.295,
    "talk": 0.127,
    "matter": 1.222,
    "borne_out": -0.162,
    "errand": -0.453,
    "abroad": -0.966,
}
FIRST_START: Final = -0.757
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 4.355,
    "lead": 0.817,
    "said": -2.731,
    "way_said": 1.421,
    "heard": 0.308,
    "shared": 0.175,
    "told": 0.222,
    "words": -0.399,
    "about": -0.032,
    "procedure": 0.198,
    "procedure_name_said": 0.415,
    "procedure_named": 0.108,
    "question": 0.005,
    "out_of_scope": 0.060,
    "talk": -0.043,
    "matter": -0.064,
    "borne_out": 0.025,
    "errand": 1.160,
    "abroad": -0.858,
}
