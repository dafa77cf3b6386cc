"""Where another system may be asked, and what may stand in the file that says so."""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic_core import PydanticCustomError

_CODE: Final = "{code}"
_OURS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Nobody listens between us and this machine itself."""

_BRACES: Final = re.compile(r"\{[^}]*\}?|\}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", re.ASCII)
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]{0,1000}", re.ASCII)
_SECRETIVE: Final = re.compile(
    r"auth|cookie|token|secret|passw|matkhau|mat-khau|api-?_?key|\bkey\b|session", re.IGNORECASE
)
"""Names of what nobody else may know."""
_OF_HTTP: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})


def _fault(words: str) -> PydanticCustomError:
    return PydanticCustomError("motcua", "{words}", {"words": words})


def check_url(url: str) -> str:
    """Return the address if dossiers may be asked for there.

    Raises:
        PydanticCustomError: in Vietnamese, why not.
    """
    if others := [one for one in _BRACES.findall(url) if one != _CODE]:
        raise _fault(f"chỉ dùng được {_CODE} trong ngoặc nhọn, không phải {others[0][:20]}")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        assert parts.port is None or parts.port  # noqa: S101 - reading it checks it
    except (ValueError, AssertionError):
        raise _fault("không phải địa chỉ web") from None
    if why := _wrong(parts, host):
        raise _fault(why)
    return url


def _wrong(parts: SplitResult, host: str) -> str:
    """Return what is wrong with an address; empty: nothing."""
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    faults = {
        "phải là địa chỉ đầy đủ, ví dụ https://motcua.tinh.gov.vn/api/ho-so/{code}": (
            parts.scheme not in {"http", "https"} or not host
        ),
        "phải là https; http chỉ dùng cho chính máy này": (
            parts.scheme == "http" and host not in _OURS
        ),
        "không ghi tài khoản trong địa chỉ; dùng headers với {file: …}": "@" in parts.netloc,
        f"{_CODE} chỉ đứng trong đường dẫn hoặc sau dấu ?, và không dùng dấu #": (
            _CODE in parts.netloc or bool(parts.fragment)
        ),
        "không ghi bí mật sau dấu ?; dùng headers với {file: …}": any(
            _SECRETIVE.search(name) for name in names
        ),
    }
    return next((words for words, is_so in faults.items() if is_so), "")


def check_header(name: str, value: str | None) -> None:
    """Return if a header may be sent.

    Args:
        name: of the header.
        value: None: it stands in a file of its own.

    Raises:
        PydanticCustomError: in Vietnamese, why not; the value is not told.
    """
    if not _TOKEN.fullmatch(name) or name.lower() in _OF_HTTP:
        raise _fault(f"headers.{name[:40]}: không đặt được đầu mục này")
    if value is None:
        return
    if _SECRETIVE.search(name):
        raise _fault(
            f"headers.{name[:40]}: bí mật phải để trong tệp riêng, ghi {{file: /đường/dẫn}}"
        )
    if not _PRINTABLE.fullmatch(value):
        raise _fault(f"headers.{name[:40]}: chỉ dùng chữ không dấu trên một dòng")


def check_body(body: object, place: str = "body") -> None:
    """Return if a body may be sent: what is secret stands in files of its own.

    Raises:
        PydanticCustomError: in Vietnamese, where one does not.
    """
    if isinstance(body, list):
        for number, one in enumerate(body, start=1):
            check_body(one, f"{place}.{number}")
    if isinstance(body, dict):
        for name, one in body.items():
            here = f"{place}.{str(name)[:40]}"
            if isinstance(one, str | int) and _SECRETIVE.search(str(name)):
                raise _fault(f"{here}: bí mật phải để trong tệp riêng, ghi {{file: /đường/dẫn}}")
            check_body(one, here)
