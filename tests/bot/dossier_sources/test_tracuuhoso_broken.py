"""What cannot be an answer of TraCuuHoSo is a service that does not answer."""

import asyncio
import contextlib

import pytest

from bot.dossier_sources.tracuuhoso import Access, TraCuuHoSo
from bot.dossier_sources.wire import DEEPEST, MAX_ANSWER_BYTES
from bot.dossiers.ports import AnswerUnreadable, SourceUnreachable
from tests.bot.dossier_sources.asking import CODE, OTHER, PATIENCE_SECONDS, an_answer, opened
from tests.support.local_http import Answered, Fault
from tests.support.tracuuhoso import PASSWORD, TraCuuHoSoServer, a_row

pytestmark = pytest.mark.anyio


def a_body(body: bytes, **headers: str) -> Fault:
    return Fault(answer=Answered(body, headers=headers))


DEEP = b'{"error_code":0,"result":' + b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1) + b"}"
NOTHING = b'{"error_code": 0, "session": "phien", "result": []}'
"""All is well, and there is no such dossier: what none of these may be taken for."""
BROKEN = {
    "HTTP 500": Fault(answer=Answered(NOTHING, 500)),
    "HTTP 204": Fault(answer=Answered(b"", 204)),
    "a redirect": Fault(answer=Answered(b"", 302, {"Location": "https://example.vn/"})),
    "no line": Fault(lost=True),
    "half an answer": Fault(cut=True),
    "HTML": a_body(b"<html><body>Bao tri</body></html>"),
    "garbage": a_body(bytes(range(256))),
    "nothing": a_body(b""),
    "too much": a_body(NOTHING + b" " * MAX_ANSWER_BYTES),
    "compressed": a_body(NOTHING, **{"Content-Encoding": "gzip"}),
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


async def test_an_answer_that_drips_for_ever_is_too_slow() -> None:
    ended = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(400_000):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.01)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        ended.set()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        access = Access(f"http://127.0.0.1:{port}", "motcua", PASSWORD, "VN", "H17")
        async with opened(access, 0.3) as source:
            with pytest.raises(SourceUnreachable, match="slow"):
                await source.fetch(CODE)
        await asyncio.wait_for(ended.wait(), PATIENCE_SECONDS)
