"""`motcua dossiers show|audit`: an official looks at a dossier, and who did is on record."""

import asyncio
import os
import pwd
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final

import typer

from api.commands.terminal import EXIT_FAILED, EXIT_USAGE, say, warn
from api.settings import load_settings
from bot.dossier_sources.state_words import STATE_NAMES
from bot.dossiers.codes import normal_form
from bot.dossiers.status import DossierStatus
from knowledge.work_calendar import VIETNAM

Code = Annotated[
    str,
    typer.Argument(
        metavar="MÃ_HỒ_SƠ",
        help="Bỏ trống: lệnh sẽ hỏi, để mã không nằm lại trong lịch sử lệnh.",
    ),
]
Reason = Annotated[
    str,
    typer.Option("--reason", metavar="LÝ_DO", help="Vì sao xem; được ghi vào nhật ký."),
]
Lines = Annotated[int, typer.Option("--lines", min=1, max=10_000, help="Số dòng gần nhất.")]

SHORTEST_REASON: Final = 5
LONGEST_REASON: Final = 200

_NO_CODE: Final = "Mã hồ sơ chưa đúng dạng. Mã đúng có dạng như H17.15-250710-0012."
_NO_REASON: Final = (
    "Lý do cần từ {least} đến {most} ký tự, ví dụ: công dân gọi điện hỏi hồ sơ của mình."
)
_UNKNOWN: Final = "Kho không có hồ sơ này. Lần xem vẫn được ghi vào nhật ký."
_NO_LINES: Final = "Chưa có ai xem hồ sơ bằng lệnh này."


def show(code: Code = "", reason: Reason = "") -> int:
    """Xem một hồ sơ trong kho; ai xem và vì sao được ghi vào nhật ký.

    Đừng ghi tên công dân vào lý do. Mã hồ sơ và số của công dân nếu có thì nhật ký chỉ ghi dấu ba
    chấm.
    """
    from api.wiring.dossiers.staff import look_as_staff  # noqa: PLC0415 - SQL costs half a second

    known = normal_form(code or typer.prompt("Mã hồ sơ"))
    if known is None:
        warn(_NO_CODE)
        return EXIT_USAGE
    why = (reason or typer.prompt("Lý do xem")).strip()
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        warn(_NO_REASON.format(least=SHORTEST_REASON, most=LONGEST_REASON))
        return EXIT_USAGE
    status = asyncio.run(look_as_staff(load_settings(), known, _official(), why))
    if status is None:
        warn(_UNKNOWN)
        return EXIT_FAILED
    for line in _told(status):
        say(line)
    return 0


def audit(lines: Lines = 50) -> None:
    """Xem ai đã xem hồ sơ nào, khi nào và vì sao: bằng lệnh show, hoặc bằng khoá đọc.

    Mã hồ sơ không được ghi lại: mỗi hồ sơ có một ký hiệu riêng, không suy ngược ra mã được.
    """
    from api.wiring.dossiers.staff import staff_looks  # noqa: PLC0415 - as above

    looks = asyncio.run(staff_looks(load_settings(), lines))
    if not looks:
        warn(_NO_LINES)
    for one in looks:
        say(f"{_moment(one.at)}\t{one.who}\t{one.dossier}\t{one.reason}")


def _official() -> str:
    """Return the account that runs the program, by the system: no variable can change it."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # an account of a container has no name
        return str(number)


def _told(status: DossierStatus) -> Iterator[str]:
    if status.is_sample:
        yield "HỒ SƠ MẪU, không có thật"
    pairs = (
        ("Mã hồ sơ", status.code),
        ("Thủ tục", f"{status.procedure_name} {status.procedure_code}".strip()),
        ("Trạng thái", f"{STATE_NAMES[status.state]}, từ {_moment(status.changed_at)}"),
        ("Đơn vị", status.unit),
        ("Người nộp", status.applicant),
        ("Ngày nhận", _moment(status.received_at)),
        ("Ngày hẹn trả", _moment(status.due_at)),
        ("Ngày trả", _moment(status.returned_at)),
        *_asked(status),
        ("Kết quả", "; ".join(status.results)),
        ("Cách nhận", status.collect),
        ("Nguồn báo lần cuối", _moment(status.as_of)),
    )
    yield from (f"{name}: {value}" for name, value in pairs if value)
    if status.history:
        yield "Các bước:"
    for step in status.history:
        told = ", ".join(part for part in (STATE_NAMES[step.state], step.unit, step.note) if part)
        yield f"  {_moment(step.at)}: {told}"


def _asked(status: DossierStatus) -> Iterator[tuple[str, str]]:
    if status.supplement is not None:
        yield "Cần bổ sung", "; ".join(status.supplement.papers)
        yield "Lời của cơ quan", status.supplement.note
        yield "Hạn bổ sung", _day(status.supplement.until)
    for one in status.payments:
        amount = "" if one.amount is None else f" {one.amount:,} đồng".replace(",", ".")
        paid = {True: ", đã nộp", False: ", chưa nộp", None: ""}[one.paid]
        yield "Khoản thu", f"{one.name}{amount}{paid}"


def _moment(at: datetime | None) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if at else ""


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
