"""How much each signal counts, and from where on a judgement is believed.

Written by `python -m tests.calibration` from 1890 messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final

ABOUT: Final = 0.54
"""From this probability on a message is taken to ask about a procedure known here."""
ABOUT_START: Final = -8.715
ABOUT_SIGNALS: Final[Mapping[str, float]] = {
    "question": 0.623,
    "out_of_scope": 0.099,
    "system": 0.157,
    "score": 12.567,
    "lead": -2.425,
    "spread": -5.565,
    "is_a_name": 1.912,
    "words": 6.663,
    "shared": 2.056,
    "heard": 4.595,
    "said": -4.475,
    "name_said": -1.398,
    "marked": 0.964,
    "borne_out": -2.271,
    "errand": -0.567,
    "abroad": -6.835,
    "divorce": -0.503,
}

FIRST: Final = 0.87
"""From this probability on the best is answered without asking back."""
FIRST_START: Final = -4.249
FIRST_SIGNALS: Final[Mapping[str, float]] = {
    "question": 0.034,
    "out_of_scope": -0.002,
    "system": -0.122,
    "score": -3.347,
    "lead": 13.299,
    "spread": 3.288,
    "is_a_name": 2.721,
    "words": -0.027,
    "shared": 1.739,
    "heard": 6.169,
    "said": -2.305,
    "name_said": 2.83,
    "marked": -0.252,
    "borne_out": 0.169,
    "errand": -3.578,
    "abroad": 5.331,
    "divorce": -2.766,
}
