"""The service TraCuuHoSo at the wire, with what goes wrong with real ones; also to try by hand.

    python -m tests.support.tracuuhoso --port 9100

Its form is that of `bot.dossier_sources.tracuuhoso`. The numbers of its errors are our own: the
protocol does not tell them, and nothing of ours may depend on them.
"""

import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from types import TracebackType
from typing import Annotated, Any, Final, Self

import typer

from bot.dossier_sources.tracuuhoso import ASK_PATH, LOGIN_PATH, SERVICE, Access
from tests.support.local_http import Answered, Asked, Fault, LocalHttp

USERNAME: Final = "motcua"
PASSWORD: Final = "mat-khau-cua-phep-thu"  # noqa: S105 - of these tests
DSTCODE: Final = "VN:GOV:000.00.00.G22:vpcp"
UNIT: Final = "000.00.00.H17"

Row = dict[str, Any]

VIETNAM: Final = timezone(timedelta(hours=7))

PERSONAL: Final[Row] = {
    "ChuHoSo": "Nguyễn Thị Thu Hằng",
    "SoDienThoai": "0912345678",
    "Email": "thuhang.nguyen@example.vn",
    "DiaChi": "Số 25 ngõ 7 phố Hàng Bồ",
    "SoDinhDanh": "001190009876",
    "NgaySinh": "19900517",
    "NguoiXuLy": "Trần Quốc Bảo",
    "ThongTinKhac": "Con là Nguyễn Gia Hân, sinh năm 2021",
}
"""What real answers hold of people, made up."""

NEVER_TOLD: Final = (
    "Hằng",
    "0912345678",
    "thuhang",
    "Hàng Bồ",
    "001190009876",
    "19900517",
    "Quốc Bảo",
    "Gia Hân",
)
"""Pieces of it that may come out nowhere."""


def a_row(code: str, state: int = 4, **changes: Any) -> Row:
    """One dossier as the service tells it, with personal data."""
    row: Row = {
        "MaHoSo": code,
        "MaTTHC": "1.004222",
        "TenTTHC": "Đăng ký thường trú",
        "MaLinhVuc": "G01-CT01",
        "LoaiDoiTuong": "1",
        "NgayTiepNhan": "20261116083000",
        "NgayHenTra": "20261125170000",
        "TrangThaiHoSo": str(state),
        "ThoiDiemXuLy": "20261118140000",
        "HinhThuc": "0",
        "DonViXuLy": "UBND phường Ngô Quyền",
        "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí đăng ký cư trú", "Gia": "20000"}],
    }
    return row | PERSONAL | changes


class TraCuuHoSoServer:
    """The service of one province, for the time of a `with`."""

    def __init__(self, *rows: Row, port: int = 0) -> None:
        self.rows: list[Row | Callable[[], Row]] = list(rows)
        """What is told, those of one dossier by its code."""
        self.result: Any = None
        """Told instead, whatever is asked; None: the rows."""
        self.password = PASSWORD
        self.sessions: list[str] = []
        """Every one that was given out, in order."""
        self.alive: set[str] = set()
        self._numbers = itertools.count(1)
        self.http = LocalHttp(self._answer, port)

    def __enter__(self) -> Self:
        self.http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        """What TRACUUHOSO_URL is set to."""
        return f"{self.http.url}/mapi"

    @property
    def access(self) -> Access:
        """Who we are here."""
        return Access(self.url, USERNAME, PASSWORD, DSTCODE, UNIT)

    def expire(self) -> None:
        """End all sessions."""
        self.alive.clear()

    def fail_login(self, *faults: Fault) -> None:
        """Let the next logins go wrong."""
        self.http.fail(f"/mapi{LOGIN_PATH}", *faults)

    def fail_ask(self, *faults: Fault) -> None:
        """Let the next questions go wrong."""
        self.http.fail(f"/mapi{ASK_PATH}", *faults)

    def logins(self) -> list[Asked]:
        """The logins, in the order of arrival."""
        return self.http.asked_of(f"/mapi{LOGIN_PATH}")

    def questions(self) -> list[Asked]:
        """The questions, in the order of arrival."""
        return self.http.asked_of(f"/mapi{ASK_PATH}")

    def _answer(self, asked: Asked) -> Answered:
        if asked.headers.get("dstcode") != DSTCODE:
            return _refused(-4, "Không có đích này")
        if asked.path == f"/mapi{LOGIN_PATH}":
            return self._logged_in(asked.data)
        if asked.path == f"/mapi{ASK_PATH}":
            return self._told(asked.data)
        return Answered(b"<html><h1>404</h1></html>", 404)

    def _logged_in(self, account: Row) -> Answered:
        if account != {"username": USERNAME, "password": self.password}:
            return _refused(-1, "Sai tài khoản hoặc mật khẩu")
        session = f"phien-{next(self._numbers)}"
        self.sessions.append(session)
        self.alive.add(session)
        return Answered.json({"error_code": 0, "session": session})

    def _told(self, question: Row) -> Answered:
        if question.get("session") not in self.alive:
            return _refused(-2, "Phiên đã hết hạn")
        if (question.get("madonvi"), question.get("service")) != (UNIT, SERVICE):
            return _refused(-3, "Không có dịch vụ này")
        rows = [one() if callable(one) else one for one in self.rows]
        found = [row for row in rows if row["MaHoSo"] == question.get("MaHoSo")]
        result = found if self.result is None else self.result
        return Answered.json({"error_code": 0, "result": result})


def _refused(code: int, why: str) -> Answered:
    return Answered.json({"error_code": code, "error_message": why})


def _samples(done_after: float) -> list[Row | Callable[[], Row]]:
    """Made-up dossiers of these days; the first is done after so many seconds."""
    began = datetime.fromtimestamp(time.time(), UTC).astimezone(VIETNAM)
    mark = {"DonViXuLy": "UBND phường Mẫu (dữ liệu thử)", "NguoiXuLy": ""}

    def told(number: int, state: int, days: int, **more: Any) -> Row:
        received = began - timedelta(days=days)
        changed = began - timedelta(days=days // 2)
        given = {
            "NgayTiepNhan": f"{received:%Y%m%d%H%M%S}",
            "NgayHenTra": f"{received + timedelta(days=9):%Y%m%d}170000",
            "ThoiDiemXuLy": f"{changed:%Y%m%d%H%M%S}",
        }
        return a_row(f"H00.01-{received:%y%m%d}-{number:04}", state, **(mark | given | more))

    def first() -> Row:
        done = began + timedelta(seconds=done_after)
        if time.time() < done.timestamp():
            return told(1, 4, 3)
        return told(1, 9, 3, ThoiDiemXuLy=f"{done:%Y%m%d%H%M%S}")

    asked = {
        "NoiDungBoSung": "Nộp thêm giấy tờ chứng minh chỗ ở hợp pháp",
        "NgayBoSung": f"{began - timedelta(days=2):%Y%m%d%H%M%S}",
    }
    return [first, told(2, 5, 4, DanhSachHoSoBoSung=[asked]), told(3, 4, 30)]


def main(
    port: Annotated[int, typer.Option(help="Cổng trên máy này.")] = 9100,
    done_after: Annotated[float, typer.Option(help="Sau bao nhiêu giây hồ sơ đầu xong.")] = 300,
) -> None:
    """Run the service until Ctrl+C, and tell how to use it."""
    rows = _samples(done_after)
    with TraCuuHoSoServer(*[], port=port) as server:
        server.rows = rows
        for line in (
            "DOSSIER_SOURCE=tracuuhoso",
            f"TRACUUHOSO_URL={server.url}",
            f"TRACUUHOSO_USERNAME={USERNAME}",
            f"TRACUUHOSO_PASSWORD={PASSWORD}",
            f"TRACUUHOSO_DSTCODE={DSTCODE}",
            f"TRACUUHOSO_UNIT={UNIT}",
            "DOSSIER_POLL_MINUTES=5",
        ):
            typer.echo(line)
        for one in rows:
            code = (one() if callable(one) else one)["MaHoSo"]
            typer.echo(f"# mã {code}, 4 số cuối điện thoại {PERSONAL['SoDienThoai'][-4:]}")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    typer.run(main)
