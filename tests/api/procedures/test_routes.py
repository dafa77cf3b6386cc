"""Procedures are found by words, listed page by page, and read by code."""

import httpx
import pytest

from api.wiring.services import Services
from bot.held import Held
from bot.parse import AskedField
from knowledge.procedure import FormDocument
from knowledge.withheld import withheld
from tests.support.builders import a_procedure

pytestmark = pytest.mark.anyio


async def test_words_without_accents_find_the_procedure(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/procedures", params={"query": "dang ky khai sinh"})
    items = response.json()["items"]
    assert "1.001193" in [item["code"] for item in items]
    assert [item["score"] for item in items] == sorted(
        (item["score"] for item in items), reverse=True
    )


async def test_the_pages_of_the_list_hold_every_procedure_once(client: httpx.AsyncClient) -> None:
    codes: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": "50", "cursor": cursor}
        page = (await client.get("/v1/procedures", params=params)).json()
        codes += [item["code"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert len(codes) >= 60
    assert codes == sorted(set(codes))


async def test_field_and_level_narrow_the_list(client: httpx.AsyncClient) -> None:
    params = {"field": "ho tich", "level": "commune", "limit": "100"}
    items = (await client.get("/v1/procedures", params=params)).json()["items"]
    assert items
    assert all(item["field"] == "Hộ tịch" and "commune" in item["levels"] for item in items)


async def test_a_code_gives_everything_known_of_the_procedure(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/v1/procedures/1.004222")).json()
    assert answer["requested_code"] == "1.004222"
    assert answer["procedure"]["name"] == "Đăng ký thường trú"
    assert answer["procedure"]["source"]["decision"]


async def test_what_is_held_is_named_and_not_told(
    client: httpx.AsyncClient, services: Services
) -> None:
    held = Held.of([("1.004222", "fee"), ("1.004222", "steps"), ("1.004222", "agency")])
    services.put_in_force(services.engine, services.library, held)
    answer = (await client.get("/v1/procedures/1.004222")).json()
    assert answer["held"] == ["agency", "fee", "steps"]
    assert answer["procedure"]["methods"] == answer["procedure"]["steps"] == []
    assert answer["procedure"]["conditions"]
    listed = await client.get("/v1/procedures", params={"query": "đăng ký thường trú"})
    (item,) = [one for one in listed.json()["items"] if one["code"] == "1.004222"]
    assert item["agency"] == ""
    assert (await client.get("/v1/procedures/1.004194")).json()["held"] == []


async def test_a_former_code_gives_its_successors(
    client: httpx.AsyncClient, services: Services
) -> None:
    known = set(services.library.codes())
    procedures = [procedure for code in known if (procedure := services.library.get(code))]
    churned = {
        former: one.code for one in procedures for former in one.former_codes if former not in known
    }
    assert churned
    for former, successor in churned.items():
        answer = (await client.get(f"/v1/procedures/{former}")).json()
        assert answer["requested_code"] == former
        assert successor in {answer["procedure"]["code"], *answer["other_successors"]}


async def test_an_unknown_code_is_a_problem_that_names_it(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/procedures/9.999999")
    assert response.status_code == 404
    assert "9.999999" in response.json()["detail"]


@pytest.mark.parametrize(
    "params", [{"limit": "0"}, {"limit": "x"}, {"level": "xã"}, {"cursor": "-1"}]
)
async def test_a_wrong_filter_is_told(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    response = await client.get("/v1/procedures", params=params)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == list(params)


@pytest.mark.parametrize(
    ("params", "field", "message"),
    [
        ({"cursor": "abc"}, "cursor", "Hãy gửi lại nguyên giá trị next_cursor của trang trước."),
        ({"cursor": "١"}, "cursor", "Hãy gửi lại nguyên giá trị next_cursor của trang trước."),
        ({"query": "a" * 501}, "query", "Dài quá, tối đa 500 ký tự."),
        (
            {"level": "huyện"},
            "level",
            "Chỉ nhận: 'commune', 'province', 'ministry', 'other'.",
        ),
    ],
)
async def test_a_wrong_parameter_is_named_and_explained_in_vietnamese(
    client: httpx.AsyncClient, params: dict[str, str], field: str, message: str
) -> None:
    response = await client.get("/v1/procedures", params=params)
    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": field, "message": message}]


@pytest.mark.parametrize("field", list(AskedField))
def test_every_field_that_can_be_held_can_be_left_out(field: AskedField) -> None:
    full = a_procedure(
        summary="Khi cần.",
        who=("Công dân",),
        agency="Xã",
        where="Xã",
        conditions=("Đủ tuổi",),
        forms=(FormDocument("Tờ khai"),),
    )
    left = withheld(full, [field])
    assert left != full
    assert (left.code, left.name, left.source) == (full.code, full.name, full.source)
