"""The operator learns that another program's language model does not help; never what was said."""

import io

import pytest
import structlog

from api.logs import configure_logs
from api.wiring.language import WatchedNlu
from bot.errors import NluUnreachable

pytestmark = pytest.mark.anyio

PRIVATE = "số điện thoại của tôi là 0912345678"


class GoneNlu:
    """A server that does not answer, and whose error quotes the citizen."""

    async def parse(self, text: str) -> dict[str, object]:
        raise NluUnreachable(f"Rasa did not answer: {text}")


async def test_a_model_that_does_not_answer_is_logged_without_the_text() -> None:
    log = io.StringIO()
    configure_logs("info", log)
    try:
        with pytest.raises(NluUnreachable):
            await WatchedNlu(GoneNlu()).parse(PRIVATE)
    finally:
        structlog.reset_defaults()
    assert "NluUnreachable" in log.getvalue()
    assert "RASA_URL" in log.getvalue()
    assert "0912345678" not in log.getvalue()
