"""What the tests of remote sources share."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
