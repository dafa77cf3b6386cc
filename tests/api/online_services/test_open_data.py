"""The open data: complete, the same in both forms, safe in a spreadsheet, asked for by its tag."""

import csv
import io
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.online_services.table import BETWEEN, COLUMNS, ROWS_AT_ONCE, as_csv, safe_cell
from api.wiring.services import Services
from bot.held import Held
from bot.parse import AskedField
from knowledge.library import Library
from knowledge.online_services import OnlineServices, Stated
from tests.support.builders import a_procedure

pytestmark = pytest.mark.anyio
JSON, CSV = "/v1/online-services", "/v1/online-services.csv"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


async def test_the_parts_of_the_list_hold_every_service_once(client: httpx.AsyncClient) -> None:
    page = (await client.get(JSON, params={"limit": 60})).json()
    codes = [item["code"] for item in page["items"]]
    while (offset := page["next_offset"]) is not None:
        page = (await client.get(JSON, params={"limit": 60, "offset": offset})).json()
        codes += [item["code"] for item in page["items"]]
    assert len(codes) == len(set(codes)) == page["total"] == sum(page["counts"].values())
    assert len(codes) > 150


async def test_both_forms_tell_the_same(client: httpx.AsyncClient) -> None:
    params = {"field": "ho-tich", "level": "commune", "limit": "1000"}
    items = (await client.get(JSON, params=params)).json()["items"]
    rows = rows_of((await client.get(CSV, params=params)).text)
    assert items
    assert [row["code"] for row in rows] == [item["code"] for item in items]
    for row, item in zip(rows, items, strict=True):
        assert row["name"] == item["name"]
        assert row["stated"] == item["stated"]
        assert row["levels"].split(BETWEEN) == item["levels"]
        assert row["licence"]


async def test_the_table_begins_with_a_mark_and_its_columns(client: httpx.AsyncClient) -> None:
    answer = await client.get(CSV)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"\xef\xbb\xbfcode,")
    assert answer.text.splitlines()[0].removeprefix("\ufeff").split(",") == list(COLUMNS)


async def test_only_what_is_stated_is_toan_trinh(
    client: httpx.AsyncClient, services: Services
) -> None:
    items = (await client.get(JSON, params={"stated": "full"})).json()["items"]
    assert items
    for item in items:
        record = services.library.get(item["code"])
        assert record is not None
        assert {said["level"] for said in item["statements"]} == {"full"}
        assert record.online_level == "full" or record.online_levels


async def test_a_field_is_known_by_key_and_by_name_and_else_nothing_is_found(
    client: httpx.AsyncClient,
) -> None:
    totals = [
        (await client.get(JSON, params={"field": field})).json()["total"]
        for field in ("ho-tich", "Hộ tịch", "HO TICH", "thien-van")
    ]
    assert totals[0] > 0
    assert totals == [totals[0], totals[0], totals[0], 0]


async def test_who_has_the_data_already_gets_nothing_until_a_fact_changes(
    client: httpx.AsyncClient, services: Services
) -> None:
    for path in (JSON, CSV):
        tag = (await client.get(path)).headers["etag"]
        again = await client.get(path, headers={"If-None-Match": f'"khac", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        other = await client.get(f"{path}?level=commune", headers={"If-None-Match": tag})
        assert other.status_code == 200
    tag = (await client.get(JSON)).headers["etag"]
    held = Held.of([("1.001193", AskedField.ONLINE)])
    services.put_in_force(services.engine, services.library, held)
    changed = await client.get(JSON, headers={"If-None-Match": tag})
    assert changed.status_code == 200


async def test_of_what_waits_to_be_confirmed_nothing_is_given_out(
    client: httpx.AsyncClient, services: Services
) -> None:
    held = Held.of([("1.001193", AskedField.ONLINE)])
    services.put_in_force(services.engine, services.library, held)
    (item,) = (await client.get(JSON, params={"query": "1.001193"})).json()["items"]
    assert (item["stated"], item["can_file_online"], item["statements"]) == ("unknown", None, [])


@pytest.mark.parametrize(
    "params",
    [{"limit": "0"}, {"limit": "1001"}, {"offset": "-1"}, {"level": "xã"}, {"stated": "4"}],
)
async def test_a_wrong_filter_is_told(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    answer = await client.get(JSON, params=params)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(params)


async def test_an_exchanged_library_is_told_at_once(
    client: httpx.AsyncClient, services: Services
) -> None:
    library = Library.of([a_procedure()])
    services.put_in_force(services.engine, library, services.held)
    assert (await client.get(JSON)).json()["total"] == 1


@given(st.lists(st.text(max_size=40), min_size=1, max_size=2 * ROWS_AT_ONCE))
def test_whatever_a_name_holds_it_is_read_back_and_is_no_formula(names: list[str]) -> None:
    shelf = [a_procedure(name, code=f"1.{at:06}") for at, name in enumerate(names)]
    services = OnlineServices.of(shelf).all
    written = b"".join(as_csv(services)).decode("utf-8", "surrogatepass")
    rows = rows_of(written)
    assert [row["name"] for row in rows] == [safe_cell(one.name) for one in services]
    for row in rows:
        assert not any((cell or "").startswith(("=", "+", "-", "@", "\t")) for cell in row.values())


def test_the_documentation_names_every_column_and_every_group() -> None:
    text = (Path(__file__).parents[3] / "docs" / "online-services.md").read_text("utf-8")
    assert [name for name in (*COLUMNS, *Stated) if f"`{name}`" not in text] == []
