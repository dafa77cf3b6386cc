"""The state of a dossier as systems write it: a number, a number as text, or its name."""

import re
from typing import Final

from bot.dossiers.status import State
from knowledge.text import fold

STATE_NAMES: Final = {
    State.REGISTERED: "Mới đăng ký",
    State.ACCEPTED: "Được tiếp nhận",
    State.REFUSED: "Không được tiếp nhận",
    State.PROCESSING: "Đang xử lý",
    State.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.DONE: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}
"""As the National Public Service Portal has them."""

_ALSO: Final = {
    "Đã tiếp nhận": State.ACCEPTED,
    "Không tiếp nhận": State.REFUSED,
    "Từ chối tiếp nhận": State.REFUSED,
    "Yêu cầu bổ sung": State.SUPPLEMENT,
    "Yêu cầu bổ sung hồ sơ": State.SUPPLEMENT,
    "Chờ bổ sung": State.SUPPLEMENT,
    "Yêu cầu rút hồ sơ": State.WITHDRAWN,
    "Xử lý xong": State.DONE,
    "Trả kết quả": State.RETURNED,
}
"""The same states in other words that can mean no other of the ten."""

_LONGEST: Final = 100
_NUMBER: Final = re.compile(
    r"0?(?P<number>[1-9]|10)(?:\.0)?(?:\s*[-–.:]\s*(?P<name>\D.*))?", re.DOTALL
)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()


_BY_NAME: Final = {
    **{_plain(name): state for state, name in STATE_NAMES.items()},
    **{_plain(name): state for name, state in _ALSO.items()},
}


def read_state(value: object) -> State | None:
    """Return the state that `value` is; None: it is none of the ten.

    >>> read_state(4), read_state("04"), read_state("ĐANG XỬ LÝ"), read_state("dang xu ly")
    (<State.PROCESSING: 4>, <State.PROCESSING: 4>, <State.PROCESSING: 4>, <State.PROCESSING: 4>)
    >>> read_state("5 - Yêu cầu bổ sung giấy tờ"), read_state(True), read_state("11")
    (<State.SUPPLEMENT: 5>, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        return State(int(value)) if value in set(State) else None
    text = value[: _LONGEST + 1].strip()
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return _BY_NAME.get(_plain(text))
    state = State(int(match["number"]))
    named = _BY_NAME.get(_plain(match["name"]), state) if match["name"] else state
    return state if named is state else None  # "4 - Đã trả kết quả" says two things
