"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from 6031 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

GENERAL_SURE: Final = 0.97
"""From this probability on a general question is answered, whatever fits."""
GENERAL_BESIDE: Final = 0.9
"""From this one on it is offered beside a procedure that is asked about."""
GENERAL: Final = 0.72
"""From this one on it is answered where no procedure is asked about."""
GENERAL_START: Final = -0.508
GENERAL_SIGNALS: Final[Mapping[str, float]] = {
    "score": 10.456,
    "lead": -0.269,
    "said": 1.369,
    "way_said": 1.966,
    "heard": -4.465,
    "shared": 5.409,
    "words": -5.593,
    "about": -0.442,
    "procedure": -1.883,
    "procedure_name_said": -2.761,
    "procedure_named": -0.441,
    "question": 1.013,
    "out_of_scope": 0.223,
    "talk": -0.066,
    "matter": 1.197,
    "borne_out": -0.878,
    "errand": -0.234,
    "abroad": -0.725,
}
FIRST_START: Final = -0.379
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "score": 3.585,
    "lead": 0.835,
    "said": -2.506,
    "way_said": 1.470,
    "heard": 0.789,
    "shared": 0.246,
    "words": -0.420,
    "about": -0.016,
    "procedure": -0.076,
    "procedure_name_said": 0.589,
    "procedure_named": -0.200,
    "question": 0.081,
    "out_of_scope": 0.116,
    "talk": -0.048,
    "matter": 0.025,
    "borne_out": 0.094,
    "errand": 1.188,
    "abroad": -0.712,
}
