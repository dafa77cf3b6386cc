"""The service *TraCuuHoSo* of one-stop systems: a session first, then one dossier at a time.

POST {username, password} with the header `dstcode` → {error_code: 0, session}; then
POST {session, madonvi, service, MaHoSo} → {error_code: 0, result: […]}. An answer holds names,
numbers and addresses of the applicant: `reading` leaves them behind.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.wire import Heard, ask, load, within
from bot.dossiers.ports import SourceUnreachable
from bot.dossiers.status import DossierUpdate

LOGIN_PATH: Final = "/login"
ASK_PATH: Final = "/g"
"""Behind the address of the service, as its adapters forward it (`…/mapi/login`, `…/mapi/g`)."""

SERVICE: Final = "TraCuuHoSo"

_LONGEST_SESSION: Final = 4096
_LONGEST_CODE: Final = 6
_REFUSED: Final = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


class LoginRefused(SourceUnreachable):
    """The system answers, and does not take user name, password or `dstcode`."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where the service is, and who we are there."""

    url: str
    """Without a slash at its end."""
    username: str
    password: str = field(repr=False)
    dstcode: str
    unit: str
    """`madonvi`."""


class TraCuuHoSo:
    """Asks the service; one session for all look-ups, renewed when it is refused."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        access: Access,
        reader: RowReader,
        timeout_seconds: float,
    ) -> None:
        """Take a client, which is closed with this source, and what reads its rows.

        `timeout_seconds` is for a look-up in all, the login included.
        """
        self._client = client
        self._access = access
        self._reader = reader
        self._seconds = timeout_seconds
        self._session = ""
        self._login: asyncio.Task[str] | None = None

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        """Return what the service tells; see `bot.dossiers.ports.DossierSource`.

        Raises:
            SourceUnreachable: as there; `LoginRefused` where our account is not taken.
            AnswerUnreadable: only what it tells about this dossier cannot be read.
        """
        async with within(self._seconds):
            rows = await self._rows(code)
        return await self._reader.read(rows, code)

    async def log_in(self) -> None:
        """Open a session, to see whether our account is taken.

        Raises:
            SourceUnreachable: no answer.
            LoginRefused: it is not.
        """
        async with within(self._seconds):
            await self._renewed(self._session)

    async def close(self) -> None:
        """Close connections."""
        if self._login is not None:
            self._login.cancel()
        await self._client.aclose()

    async def _rows(self, code: str) -> object:
        kept = self._session
        answer = await self._ask(kept or await self._renewed(""), code)
        if kept and _error_code(answer):  # which number says that a session has ended is not told
            answer = await self._ask(await self._renewed(kept), code)
        if error := _error_code(answer):
            raise SourceUnreachable(f"TraCuuHoSo answers error_code {error}.")
        if "result" not in answer:
            raise SourceUnreachable("TraCuuHoSo answers without a result.")
        result = answer["result"]
        if isinstance(result, dict):
            return [result] if result else []
        return [] if result is None else result

    async def _ask(self, session: str, code: str) -> Mapping[str, Any]:
        question = {
            "session": session,
            "madonvi": self._access.unit,
            "service": SERVICE,
            "MaHoSo": code,
        }
        heard = await self._post(ASK_PATH, question)
        if heard.status in _REFUSED:
            return {"error_code": heard.status}
        return _read(heard)

    async def _renewed(self, refused: str) -> str:
        """Return another session than `refused`; many who want one log in once.

        Who shares the login shares its failure: an account is locked after too many of them.
        """
        if self._session not in {"", refused}:
            return self._session
        if self._login is None:
            self._login = asyncio.create_task(self._new_session())
            self._login.add_done_callback(self._logged_in)
        login = self._login
        try:
            return await asyncio.shield(login)
        except asyncio.CancelledError:
            if not login.cancelled():
                raise
            raise SourceUnreachable("The system of dossiers is asked no more.") from None

    def _logged_in(self, attempt: asyncio.Task[str]) -> None:
        self._login = None
        if not attempt.cancelled() and attempt.exception() is None:
            self._session = attempt.result()

    async def _new_session(self) -> str:
        account = {"username": self._access.username, "password": self._access.password}
        async with within(self._seconds):
            heard = await self._post(LOGIN_PATH, account)
        if heard.status in _REFUSED:
            raise LoginRefused(f"TraCuuHoSo does not take our account (HTTP {heard.status}).")
        answer = _read(heard)
        if error := _error_code(answer):
            raise LoginRefused(f"TraCuuHoSo does not take our account (error_code {error}).")
        session = answer.get("session")
        if not isinstance(session, str) or not 0 < len(session) <= _LONGEST_SESSION:
            raise SourceUnreachable("TraCuuHoSo answers a login without a session.")
        return session

    async def _post(self, path: str, question: Mapping[str, str]) -> Heard:
        headers = {"dstcode": self._access.dstcode}
        return await ask(self._client, "POST", f"{self._access.url}{path}", headers, question)


def _read(heard: Heard) -> Mapping[str, Any]:
    if heard.status != httpx.codes.OK:
        raise SourceUnreachable(f"TraCuuHoSo answers HTTP {heard.status}.")
    answer = load(heard.body)
    if not isinstance(answer, dict) or "error_code" not in answer:
        raise SourceUnreachable("The answer is none of TraCuuHoSo.")
    return answer


def _error_code(answer: Mapping[str, Any]) -> str:
    """Return the number of the error; empty: all is well, which is 0, "0" or "00"."""
    code = answer["error_code"]
    written = str(code) if isinstance(code, int | str) and not isinstance(code, bool) else "?"
    if written and not written.strip("0"):
        return ""
    known = written.lstrip("-").isascii() and written.lstrip("-").isalnum()
    return written if known and len(written) <= _LONGEST_CODE else "?"
