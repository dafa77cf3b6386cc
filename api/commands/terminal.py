"""What every command shares: how it prints, how help reads, and what happens when it fails."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from api.errors import ApiError
from bot.errors import BotError
from knowledge.errors import KnowledgeError, reason_of

EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_BUG: Final = 70
EXIT_INTERRUPTED: Final = 130
EXIT_PIPE: Final = 141

Exports = Annotated[
    list[Path] | None,
    typer.Option(
        "--knowledge",
        metavar="TỆP",
        help="Nạp thêm tệp dữ liệu quốc gia (JSON từng dòng, nén gzip hay không; hoặc bảng CSV "
        "giấy tờ thay bằng dữ liệu, mức trực tuyến). Lặp lại được.",
    ),
]


_HELP_WORDS: Final = {
    "Usage:": "Cách dùng:",
    "[OPTIONS]": "[TUỲ CHỌN]",
    "COMMAND [ARGS]...": "LỆNH …",
    "\nOptions:\n": "\nTuỳ chọn:\n",
    "\nCommands:\n": "\nCác lệnh:\n",
    "\nArguments:\n": "\nTham số:\n",
    " <list[str]>": "",
    " <list[Path]>": "",
    "[required]": "[bắt buộc]",
}
_FAULT_WORDS: Final = {
    "No such command": "Không có lệnh",
    "No such option": "Không có tuỳ chọn",
    "Missing argument": "Thiếu",
    "Missing option": "Thiếu tuỳ chọn",
    "Choose from:": "Chọn trong:",
    "Value error, ": "",
    "is not one of": "không nằm trong",
    "Missing command.": "Thiếu tên lệnh.",
    "Invalid value for": "Giá trị không dùng được cho",
    "Got unexpected extra argument": "Thừa tham số",
    "requires an argument": "cần một giá trị",
    "Input should be a valid integer, unable to parse string as an integer": "phải là số nguyên.",
    "Did you mean": "Có phải bạn muốn",
    "Option ": "Tuỳ chọn ",
    "path '": "tệp '",
    "is not readable": "không có quyền đọc",
}


def _in_vietnamese(text: str, words: Mapping[str, str]) -> str:
    for english, vietnamese in words.items():
        text = text.replace(english, vietnamese)
    return text


class _Vietnamese:
    """Help whose own words are Vietnamese too."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Xem hướng dẫn này."
        return option

    def get_help(self, ctx: Any) -> str:
        text: str = super().get_help(ctx)  # type: ignore[misc]
        return _in_vietnamese(text, _HELP_WORDS)


class VietnameseCommand(_Vietnamese, TyperCommand):
    """One command."""


class VietnameseGroup(_Vietnamese, TyperGroup):
    """A group of commands."""


def say(text: str) -> None:
    """Print `text` as it is: no markup, no colour."""
    typer.echo(text)


def warn(text: str) -> None:
    """Print `text` to standard error, so that it never mixes with results."""
    typer.echo(text, err=True)


def run_safely(command: Callable[[], object]) -> int:
    """Run `command` and return the exit status; whatever goes wrong is told in Vietnamese."""
    _speak_utf8()
    try:
        status = command()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away; nobody wants to hear of it, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last net: never a stack trace
        return _fail(error)
    return status if isinstance(status, int) else 0


def _fail(error: Exception) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
        warn(str(error))
        return EXIT_USAGE
    if isinstance(error, typer.TyperException):
        told = _in_vietnamese(error.format_message(), _FAULT_WORDS)
        warn(f"Lệnh chưa đúng: {told} Xem cách dùng: motcua --help")
        return EXIT_USAGE
    if isinstance(error, ApiError | BotError | KnowledgeError):
        warn(f"Lỗi: {error}")
        return EXIT_FAILED
    if isinstance(error, OSError):
        warn(f"Lỗi: không đọc hoặc ghi được {error.filename or 'tệp'} ({reason_of(error)}).")
        return EXIT_FAILED
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    warn(
        f"Lỗi của chương trình: {type(error).__name__} tại {place}. "
        "Hãy chạy lại; nếu vẫn lỗi, gửi dòng này cho nhóm phát triển."
    )
    return EXIT_BUG


def _speak_utf8() -> None:
    """Speak UTF-8 whatever the locale; what cannot be encoded is escaped."""
    sys.stdin.reconfigure(encoding="utf-8", errors="ignore")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
