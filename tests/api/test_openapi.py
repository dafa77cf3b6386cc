"""The interface keeps its own description, whatever is sent: a bounded run of schemathesis."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from tests.browser.conftest import Server

EXAMPLES = 25
"""For every operation; each is a request to a real server."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    server = Server(tmp_path_factory.mktemp("openapi"))
    yield schemathesis.openapi.from_url(f"{server.address}/openapi.json")
    server.stop()


def test_every_answer_is_one_that_the_description_promises(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 12
    for operation in operations:

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def keeps_its_word(case: Any) -> None:
            case.call_and_validate()

        keeps_its_word()
