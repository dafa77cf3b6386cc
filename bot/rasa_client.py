"""A Rasa server as the language model: the second adapter behind the port `Nlu`."""

from collections.abc import Mapping

import httpx

from bot.errors import NluAnswerInvalid, NluUnreachable

MAX_ANSWER_BYTES = 1_000_000
"""A parse has a few kilobytes; a longer answer is somebody else's."""

DEFAULT_TIMEOUT_SECONDS = 5.0
"""Rasa parses in some 10 ms; under load it queues, and a citizen does not wait longer."""


class RasaClient:
    """Asks `POST /model/parse` of `rasa run --enable-api`."""

    def __init__(
        self, client: httpx.AsyncClient, *, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    ) -> None:
        """Take a client whose `base_url` is the server; the caller closes it."""
        self._client = client
        self._timeout = httpx.Timeout(timeout_seconds)

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return Rasa's JSON for `text`.

        Raises:
            NluUnreachable: no connection, too slow, or an HTTP status other than 200.
            NluAnswerInvalid: the answer is too long or no JSON object with an intent.
        """
        body = await self._body(text)
        try:
            answer = httpx.Response(200, content=body).json()
        except ValueError as error:
            raise NluAnswerInvalid(f"The Rasa server's answer is no JSON: {error}") from error
        if not isinstance(answer, dict) or "intent" not in answer:
            raise NluAnswerInvalid("The Rasa server's answer has no 'intent'. Is it /model/parse?")
        return answer

    async def _body(self, text: str) -> bytes:
        # Rasa reads a leading slash as a command that sets an intent.
        question = {"text": text.lstrip("/ ")}
        try:
            async with self._client.stream(
                "POST", "/model/parse", json=question, timeout=self._timeout
            ) as response:
                if response.status_code != httpx.codes.OK:
                    raise NluUnreachable(
                        f"The Rasa server answered HTTP {response.status_code}. "
                        "Is a model loaded, and is the token right?"
                    )
                return await _limited(response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            reason = str(error) or type(error).__name__
            raise NluUnreachable(f"The Rasa server did not answer: {reason}") from error


async def _limited(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise NluAnswerInvalid(f"The Rasa server's answer exceeds {MAX_ANSWER_BYTES} bytes.")
    return bytes(body)
