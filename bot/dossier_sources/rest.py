"""Asks another system of dossiers, as a YAML file describes it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.rest_dates import DATES, NoDate, as_national
from bot.dossier_sources.rest_file import (
    CODE,
    Records,
    RestFile,
    SecretFile,
    SourceFileInvalid,
    plain_word,
)
from bot.dossier_sources.wire import Heard, ask, load, within
from bot.dossiers.ports import AnswerUnreadable, SourceUnreachable
from bot.dossiers.status import DossierUpdate

_STATE: Final = "TrangThaiHoSo"
_CODE_FIELD: Final = "MaHoSo"
_FILE: Final = "file"


class RestSource:
    """Asks one system, with the secrets that stand in files of their own."""

    def __init__(
        self, client: httpx.AsyncClient, plan: RestFile, reader: RowReader, timeout_seconds: float
    ) -> None:
        """Take a client, which is closed with this source, and read the secrets.

        Raises:
            SourceFileInvalid: with every file of a secret that cannot be used.
        """
        self._client = client
        self._plan = plan
        self._reader = reader
        self._seconds = timeout_seconds
        secrets = _Secrets()
        self._headers = {name: secrets.of(value) for name, value in plan.headers.items()}
        self._body = secrets.within(plan.body)
        if secrets.faults:
            raise SourceFileInvalid(secrets.faults)

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        """Return what the system tells; see `bot.dossiers.ports.DossierSource`.

        Raises:
            SourceUnreachable: as there.
            AnswerUnreadable: only what it tells about this dossier cannot be read.
        """
        url = self._plan.url.replace(CODE, quote(code, safe=""))
        body = _filled(self._body, code)
        async with within(self._seconds):
            heard = await ask(self._client, self._plan.method, url, self._headers, body)
        if heard.status in self._plan.not_found_statuses:
            return []
        return await self._reader.read(self._rows(heard, code), code)

    async def close(self) -> None:
        """Close connections."""
        await self._client.aclose()

    def _rows(self, heard: Heard, code: str) -> list[dict[str, object]]:
        if heard.status != httpx.codes.OK:
            raise SourceUnreachable(f"The system of dossiers answers HTTP {heard.status}.")
        answer = load(heard.body)
        self._check(answer)
        first, *others = self._plan.records
        rows = self._of(first, answer)
        if not rows:
            return []
        steps = [row for records in others for row in self._of(records, answer)]
        return [*rows, *(self._completed(step, rows[0], code) for step in steps)]

    def _check(self, answer: Any) -> None:
        """Return if the system worked: who finds nothing in a broken answer must not say so."""
        if self._plan.succeeded is not None:
            if _searched(self._plan.succeeded, answer) is not True:
                raise SourceUnreachable("The system of dossiers says that it failed.")
        elif _searched(self._plan.records[0].found, answer) is None:
            raise SourceUnreachable("The answer is none of the system of dossiers.")

    def _completed(
        self, step: dict[str, object], dossier: Mapping[str, object], code: str
    ) -> dict[str, object]:
        """Return a step with what it need not repeat: whose it is, and the applicant's name.

        By the name the office's words are searched for it.
        """
        return {_CODE_FIELD: code, "ChuHoSo": dossier.get("ChuHoSo")} | step

    def _of(self, records: Records, answer: Any) -> list[dict[str, object]]:
        found = _searched(records.found, answer)
        if found in (None, [], {}):
            return []
        rows = found if isinstance(found, list) else [found]
        if not all(isinstance(row, dict) for row in rows):
            raise AnswerUnreadable("What the system tells about the dossier is no object.")
        return [self._mapped(records, row) for row in rows]

    def _mapped(self, records: Records, row: object) -> dict[str, object]:
        told = {name: _searched(path, row) for name, path in records.fields.items()}
        return {name: self._value(name, one) for name, one in told.items() if one is not None}

    def _value(self, name: str, value: object) -> object:
        if name == _STATE and self._plan.states:
            if (state := self._plan.states.get(plain_word(str(value)[:200]))) is None:
                raise AnswerUnreadable("The state is none of those in the file.")
            return state.value
        if name in DATES and self._plan.dates and value != "":
            try:
                return as_national(value, self._plan.dates)
            except NoDate:
                raise AnswerUnreadable(f"{name} has none of the forms in the file.") from None
        return value


class _Secrets:
    """Reads secrets from their files, and notes every file that cannot be used."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def of(self, value: str | SecretFile) -> str:
        """Return the value that is meant."""
        if isinstance(value, str):
            return value
        try:
            return value.read()
        except (OSError, ValueError):
            self.faults.append(
                f"Không dùng được tệp bí mật {value.file}: phải đọc được, và có đúng một dòng chữ "
                "không dấu."
            )
            return ""

    def within(self, body: Any) -> Any:
        """Return a body with its secrets."""
        if isinstance(body, dict):
            if set(body) == {_FILE} and isinstance(body[_FILE], str):
                return self.of(SecretFile(file=Path(body[_FILE])))
            return {str(name): self.within(one) for name, one in body.items()}
        return [self.within(one) for one in body] if isinstance(body, list) else body


def _filled(body: Any, code: str) -> Any:
    """Return a body with the code in its texts."""
    if isinstance(body, str):
        return body.replace(CODE, code)
    if isinstance(body, list):
        return [_filled(one, code) for one in body]
    if isinstance(body, dict):
        return {name: _filled(one, code) for name, one in body.items()}
    return body


def _searched(path: ParsedResult, data: Any) -> Any:
    try:
        return path.search(data)
    except (JMESPathError, TypeError, AttributeError, RecursionError):
        # its own errors quote what they met; a function may stumble over what nobody foresaw
        raise AnswerUnreadable("The answer has another shape than the file says.") from None
