"""Whatever JSON a system answers, a look-up ends with updates of that dossier or one error."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.rest import RestSource
from bot.dossier_sources.rest_file import read_rest_file
from bot.dossier_sources.tracuuhoso import LOGIN_PATH, Access, TraCuuHoSo
from bot.dossiers.ports import DossierSource, SourceUnreachable
from bot.dossiers.status import DossierUpdate
from tests.support.tracuuhoso import NEVER_TOLD, a_row

CODE = "H17.15-261116-0012"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SAMPLE = Path(__file__).parents[3] / "docs" / "dossier-source.sample.yaml"
PLAN = read_rest_file(SAMPLE).model_copy(update={"headers": {}})

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([CODE, "H17.15-261102-0345", "4", "20261122083015", "22/11/2026", "Đã trả"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)
rows = st.dictionaries(st.sampled_from(sorted(a_row(CODE))), anything, max_size=8).map(
    lambda changes: a_row(CODE) | changes
)
dossiers = st.fixed_dictionaries(
    {
        "soHoSo": st.one_of(st.just(CODE), anything),
        "trangThai": st.one_of(st.just("Đã trả"), anything),
    },
    optional=dict.fromkeys(("ngayNhan", "ngayHen", "lePhi", "boSung", "coQuan"), anything),
)


def asked(make: Callable[[httpx.AsyncClient], DossierSource], answer: object) -> None:
    """Ask, and see that what comes is about the dossier or is the documented error."""

    def respond(request: httpx.Request) -> httpx.Response:
        is_login = request.url.path.endswith(LOGIN_PATH)
        told = {"error_code": 0, "session": "phien"} if is_login else answer
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(told).encode()))

    async def run() -> Sequence[DossierUpdate]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as client:
            return await make(client).fetch(CODE)

    told: Sequence[DossierUpdate] = ()
    said = ""
    try:
        told = anyio.run(run)
    except SourceUnreachable as error:
        said = str(error)
    assert {one.code for one in told} <= {CODE}
    assert not any(piece in said for piece in (CODE, *NEVER_TOLD))


def a_tracuuhoso(client: httpx.AsyncClient) -> TraCuuHoSo:
    access = Access("http://127.0.0.1/mapi", "motcua", "mat-khau", "VN", "H17")
    return TraCuuHoSo(client, access, RowReader(lambda: NOW), 30.0)


def a_rest(client: httpx.AsyncClient) -> RestSource:
    return RestSource(client, PLAN, RowReader(lambda: NOW), 30.0)


@settings(max_examples=60, deadline=None)
@given(st.one_of(anything, st.fixed_dictionaries({"error_code": anything, "result": anything})))
def test_any_answer_of_tracuuhoso(answer: Any) -> None:
    asked(a_tracuuhoso, answer)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=3))
def test_any_rows_of_tracuuhoso(result: list[Any]) -> None:
    asked(a_tracuuhoso, {"error_code": 0, "result": result})


@settings(max_examples=60, deadline=None)
@given(st.one_of(anything, st.fixed_dictionaries({"maLoi": st.just(0), "duLieu": anything})))
def test_any_answer_of_another_system(answer: Any) -> None:
    asked(a_rest, answer)


@settings(max_examples=60, deadline=None)
@given(dossiers, anything)
def test_any_dossier_of_another_system(dossier: Any, history: Any) -> None:
    asked(a_rest, {"maLoi": 0, "duLieu": {"hoSo": dossier, "lichSu": history}})
