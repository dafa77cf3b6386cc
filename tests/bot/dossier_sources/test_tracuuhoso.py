"""TraCuuHoSo is asked over a real wire, and whatever comes back does no harm."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dossier_sources.tracuuhoso import LoginRefused, TraCuuHoSo
from bot.dossiers.ports import AnswerUnreadable, SourceUnreachable
from bot.dossiers.status import DossierUpdate, FactorKind, State
from tests.bot.dossier_sources.asking import CODE, OTHER, PATIENCE_SECONDS, an_answer, opened
from tests.support.local_http import Answered, Fault
from tests.support.tracuuhoso import NEVER_TOLD, PASSWORD, TraCuuHoSoServer, a_row

pytestmark = pytest.mark.anyio

SOON_SECONDS = 0.2


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


async def test_who_waits_for_a_login_is_told_when_the_source_is_closed(
    server: TraCuuHoSoServer,
) -> None:
    held = threading.Event()
    server.fail_login(Fault(hold=held))
    try:
        async with opened(server.access) as source:
            waiting = asyncio.create_task(source.fetch(CODE))
            await until(lambda: bool(server.logins()))
        with pytest.raises(SourceUnreachable):
            await waiting
    finally:
        held.set()
