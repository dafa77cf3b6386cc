"""Portals that look up dossiers learn nothing of dossiers that are not theirs to see."""

from collections import Counter
from collections.abc import MutableMapping
from ipaddress import IPv4Address
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.limits import CountsInMemory, Limiter, Limits
from tests.api.dossiers.conftest import Town
from tests.support.leaks import existing_code, fill, listening, unknown_code

pytestmark = pytest.mark.anyio

CODES = 10_000
"""Half of them exist."""
ROUTE = "/v1/dossiers/lookup"
WRONG = "0000"
_FIRST = IPv4Address("10.0.0.0")


class Crowd:
    """People who ask from addresses of their own."""

    def __init__(self, town: Town) -> None:
        self._app = create_app(town.services)
        self._asked = 0
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self._from_elsewhere), base_url="http://motcua"
        )

    async def _from_elsewhere(self, scope: Any, receive: Any, send: Any) -> None:
        assert isinstance(scope, MutableMapping)
        self._asked += 1
        scope["client"] = (
            f"10.{self._asked >> 16}.{self._asked >> 8 & 255}.{self._asked & 255}",
            1,
        )
        await self._app(scope, receive, send)

    async def ask(self, code: str, factor: str = WRONG) -> tuple[object, ...]:
        """Everything that comes back, but for the code where it is told."""
        answer = await self.client.post(ROUTE, json={"code": code, "factor": factor})
        assert code not in str(answer.headers)
        body = answer.content.replace(code.encode(), b"...")
        return answer.status_code, body, tuple(sorted(answer.headers.items()))


@pytest.fixture
async def crowd(town: Town) -> Crowd:
    plenty = Limits(messages=10**6, overall=10**6, sessions=10**6)
    town.services.limiter = Limiter(CountsInMemory(town.clock.seconds), plenty)
    await fill(town.book, 50)
    return Crowd(town)


async def test_of_ten_thousand_codes_none_is_told_from_another(town: Town, crowd: Crowd) -> None:
    answers: Counter[tuple[object, ...]] = Counter()
    roads: Counter[tuple[str, ...]] = Counter()
    await fill(town.book, CODES // 2)
    with listening(town.database) as statements:
        for number in range(CODES):
            code = (existing_code if number % 2 else unknown_code)(number // 2)
            answers[await crowd.ask(code)] += 1
            roads[statements.taken()] += 1
    assert list(answers.values()) == [CODES], answers
    assert list(roads.values()) == [CODES], roads
    assert next(iter(answers))[0] == 404


async def test_who_must_wait_is_not_told_either(town: Town, crowd: Crowd) -> None:
    answers: dict[int, Counter[tuple[object, ...]]] = {}
    with listening(town.database) as statements:
        for number in range(50):
            for code in (existing_code(number), unknown_code(number)):
                for attempt in range(8):
                    told = (*await crowd.ask(code), *statements.taken())
                    answers.setdefault(attempt, Counter())[told] += 1
    assert [list(one.values()) for one in answers.values()] == [[100]] * 8
    statuses = [next(iter(one))[0] for one in answers.values()]
    assert statuses == [404] * 5 + [429] * 3


@pytest.mark.parametrize("factor", ["", "12", "abcd", "5678\0", "56789", "５６７８"])
async def test_a_factor_of_another_shape_tells_nothing_of_the_code(
    crowd: Crowd, factor: str
) -> None:
    told = {await crowd.ask(code, factor) for code in (existing_code(7), unknown_code(7))}
    assert len(told) == 1


async def test_the_right_factor_opens_only_its_own_dossier(crowd: Crowd) -> None:
    assert (await crowd.ask(existing_code(7), "5678"))[0] == 200
    assert (await crowd.ask(unknown_code(7), "5678"))[0] == 404
