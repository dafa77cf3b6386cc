"""TraCuuHoSo is asked over a real wire, and whatever comes back does no harm."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dossier_ports import SourceUnreachable
from bot.dossier_sources.reading import AnswerUnreadable, RowReader
from bot.dossier_sources.tracuuhoso import Access, LoginRefused, TraCuuHoSo
from bot.dossier_sources.wire import DEEPEST, MAX_ANSWER_BYTES, a_client
from bot.dossiers import DossierUpdate, FactorKind, State
from tests.support.local_http import Answered, Fault
from tests.support.tracuuhoso import NEVER_TOLD, PASSWORD, TraCuuHoSoServer, a_row

pytestmark = pytest.mark.anyio

CODE = "H17.15-261116-0012"
OTHER = "H17.15-261102-0345"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
PATIENCE_SECONDS = 30.0
SOON_SECONDS = 0.2


def an_answer(data: object) -> Fault:
    return Fault(answer=Answered.json(data))


def a_body(body: bytes, **headers: str) -> Fault:
    return Fault(answer=Answered(body, headers=headers))


@asynccontextmanager
async def opened(access: Access, seconds: float = PATIENCE_SECONDS) -> AsyncIterator[TraCuuHoSo]:
    source = TraCuuHoSo(a_client(seconds), access, RowReader(lambda: NOW), seconds)
    try:
        yield source
    finally:
        await source.close()


@pytest.fixture
def server() -> Iterator[TraCuuHoSoServer]:
    with TraCuuHoSoServer(a_row(CODE)) as server:
        yield server


@pytest.fixture
async def source(server: TraCuuHoSoServer) -> AsyncIterator[TraCuuHoSo]:
    async with opened(server.access) as source:
        yield source


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; fail when patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def the_update(source: TraCuuHoSo) -> DossierUpdate:
    (update,) = await source.fetch(CODE)
    return update


async def test_a_dossier_is_told_with_state_days_and_office(source: TraCuuHoSo) -> None:
    update = await the_update(source)
    assert update.state is State.PROCESSING
    assert update.unit == "UBND phường Ngô Quyền"
    assert update.due_at == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert update.at == datetime(2026, 11, 18, 7, tzinfo=UTC)


async def test_the_question_goes_out_as_the_protocol_has_it(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    await source.fetch(CODE)
    (question,) = server.questions()
    assert question.headers["dstcode"] == server.access.dstcode
    assert question.data == {
        "session": server.sessions[0],
        "madonvi": server.access.unit,
        "service": "TraCuuHoSo",
        "MaHoSo": CODE,
    }


async def test_a_code_that_is_not_there_is_told_as_nothing(source: TraCuuHoSo) -> None:
    assert await source.fetch(OTHER) == []


@pytest.mark.parametrize("nothing", [[], None, {}])
@pytest.mark.parametrize("well", [0, "0", "00"])
async def test_an_empty_result_is_no_dossier(
    source: TraCuuHoSo, server: TraCuuHoSoServer, nothing: object, well: object
) -> None:
    server.fail_ask(an_answer({"error_code": well, "result": nothing}))
    assert await source.fetch(CODE) == []


async def test_a_single_object_is_a_list_of_one(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    server.fail_ask(an_answer({"error_code": 0, "result": a_row(CODE, 9)}))
    assert (await the_update(source)).state is State.DONE


async def test_personal_data_is_nowhere_in_what_is_returned_or_logged(
    source: TraCuuHoSo, server: TraCuuHoSoServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = await the_update(source)
    server.rows = [a_row(CODE, TrangThaiHoSo="đang ở chỗ ông Trần Quốc Bảo")]
    with pytest.raises(AnswerUnreadable) as unreadable:
        await source.fetch(CODE)
    shown = f"{told}{told.factors}{unreadable.value!r}{unreadable.value.__context__!r}"
    assert "TrangThaiHoSo" in shown
    logged = " ".join(record.getMessage() for record in caplog.records)
    for piece in (*NEVER_TOLD, PASSWORD, server.sessions[0]):
        assert piece not in shown
        assert piece not in logged
    assert told.applicant == "N*** T*** T*** H***"
    assert told.factors[FactorKind.PHONE] == "5678"


async def test_one_session_serves_many_look_ups(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    for _ in range(3):
        await source.fetch(CODE)
    assert len(server.sessions) == 1


async def test_many_look_ups_at_once_log_in_once(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    await asyncio.gather(*(source.fetch(CODE) for _ in range(20)))
    assert len(server.logins()) == 1


async def test_a_session_that_ended_is_renewed_once_for_all_who_ask(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    await source.fetch(CODE)
    server.expire()
    told = await asyncio.gather(*(source.fetch(CODE) for _ in range(20)))
    assert all(told)
    assert len(server.logins()) == 2


@pytest.mark.parametrize("status", [401, 403])
async def test_a_session_refused_by_the_gateway_is_renewed(
    source: TraCuuHoSo, server: TraCuuHoSoServer, status: int
) -> None:
    await source.fetch(CODE)
    server.fail_ask(Fault(answer=Answered(b"", status)))
    assert await source.fetch(CODE)
    assert len(server.sessions) == 2


async def test_a_service_that_refuses_every_session_is_asked_no_third_time(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    await source.fetch(CODE)
    server.fail_ask(*[an_answer({"error_code": 7, "result": []})] * 2)
    with pytest.raises(SourceUnreachable, match="error_code 7"):
        await source.fetch(CODE)
    assert len(server.questions()) == 3


async def test_a_wrong_password_is_tried_once_by_all_together_and_never_told(
    server: TraCuuHoSoServer,
) -> None:
    wrong = replace(server.access, password="sai-mat-khau-roi")  # noqa: S106 - of these tests
    async with opened(wrong) as source:
        ends = await asyncio.gather(
            *(source.fetch(CODE) for _ in range(10)), return_exceptions=True
        )
    assert {type(end) for end in ends} == {LoginRefused}
    assert len(server.logins()) == 1
    assert "sai-mat-khau-roi" not in repr((ends, wrong))


async def test_a_wrong_dstcode_is_told_as_a_login_that_was_refused(
    server: TraCuuHoSoServer,
) -> None:
    async with opened(replace(server.access, dstcode="VN:GOV:khac")) as source:
        with pytest.raises(LoginRefused):
            await source.fetch(CODE)


async def test_a_login_that_failed_is_tried_again_by_the_next_who_asks(
    source: TraCuuHoSo, server: TraCuuHoSoServer
) -> None:
    server.fail_login(Fault(lost=True))
    with pytest.raises(SourceUnreachable):
        await source.fetch(CODE)
    assert await source.fetch(CODE)


async def test_the_time_out_is_for_the_whole_look_up(server: TraCuuHoSoServer) -> None:
    held = threading.Event()
    server.fail_ask(Fault(hold=held))
    try:
        async with opened(server.access, SOON_SECONDS) as source:
            await source.log_in()
            with pytest.raises(SourceUnreachable, match="slow"):
                await source.fetch(CODE)
    finally:
        held.set()


async def test_who_gives_up_takes_nobodys_login_away(server: TraCuuHoSoServer) -> None:
    held = threading.Event()
    server.fail_login(Fault(hold=held))
    async with opened(server.access) as source:
        first, second = (asyncio.create_task(source.fetch(CODE)) for _ in range(2))
        await until(lambda: bool(server.logins()))
        first.cancel()
        held.set()
        assert await second
    assert len(server.logins()) == 1


DEEP = b'{"error_code":0,"result":' + b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1) + b"}"
BROKEN = {
    "HTTP 500": Fault(answer=Answered(b"{}", 500)),
    "a redirect": Fault(answer=Answered(b"", 302, {"Location": "https://example.vn/"})),
    "no line": Fault(lost=True),
    "half an answer": Fault(cut=True),
    "HTML": a_body(b"<html><body>Bao tri</body></html>"),
    "garbage": a_body(bytes(range(256))),
    "nothing": a_body(b""),
    "too much": a_body(b" " * (MAX_ANSWER_BYTES + 1)),
    "compressed": a_body(b"\x1f\x8b", **{"Content-Encoding": "gzip"}),
    "too deep": a_body(DEEP),
    "far too deep": a_body(b"[" * 100_000),
    "a number that is none": a_body(b'{"error_code": 0, "result": NaN}'),
    "a number without an end": a_body(b'{"error_code": 0, "result": ' + b"9" * 5000 + b"}"),
    "a list": an_answer([1]),
    "no error code": an_answer({"result": []}),
    "no result": an_answer({"error_code": 0}),
    "an error code of another type": an_answer({"error_code": [0], "result": []}),
    "true for an error code": an_answer({"error_code": False, "result": []}),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_an_answer_that_cannot_be_one_is_a_source_that_does_not_answer(
    source: TraCuuHoSo, server: TraCuuHoSoServer, what: str
) -> None:
    server.fail_ask(BROKEN[what])
    with pytest.raises(SourceUnreachable) as unreachable:
        await source.fetch(CODE)
    assert not isinstance(unreachable.value, AnswerUnreadable)
    assert CODE not in str(unreachable.value)
    assert await source.fetch(CODE)


@pytest.mark.parametrize("what", [name for name in BROKEN if "result" not in name])
async def test_a_login_that_cannot_be_one_is_a_source_that_does_not_answer(
    source: TraCuuHoSo, server: TraCuuHoSoServer, what: str
) -> None:
    server.fail_login(BROKEN[what])
    with pytest.raises(SourceUnreachable):
        await source.fetch(CODE)


@pytest.mark.parametrize("session", [None, "", 12, ["x"], "x" * 5000])
async def test_a_login_without_a_session_is_none(
    source: TraCuuHoSo, server: TraCuuHoSoServer, session: object
) -> None:
    server.fail_login(an_answer({"error_code": 0, "session": session}))
    with pytest.raises(SourceUnreachable):
        await source.fetch(CODE)


@pytest.mark.parametrize(
    "result",
    [
        [a_row(OTHER)],
        [a_row(CODE), a_row(OTHER)],
        [a_row(CODE, TrangThaiHoSo="99")],
        [{"MaHoSo": CODE}],
        ["H17"],
        "H17.15-261116-0012",
        [a_row(CODE)] * 501,
    ],
)
async def test_rows_about_something_else_are_an_answer_that_cannot_be_read(
    source: TraCuuHoSo, server: TraCuuHoSoServer, result: object
) -> None:
    server.result = result
    with pytest.raises(AnswerUnreadable) as unreadable:
        await source.fetch(CODE)
    assert OTHER not in str(unreadable.value)


async def test_a_server_that_is_not_there_does_not_answer() -> None:
    access = Access("http://127.0.0.1:1", "motcua", PASSWORD, "VN", "H17")
    async with opened(access) as source:
        with pytest.raises(SourceUnreachable):
            await source.fetch(CODE)
