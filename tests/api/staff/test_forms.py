"""Forms: only those that a page of ours sent, in this very session, do anything."""

from itertools import product
from typing import Final

import pytest

from api.staff.browser import form_token
from tests.support.counters import CODE
from tests.support.staff_desk import LAN, PASSWORD, Browser, StaffDesk, a_browser

pytestmark = pytest.mark.anyio

PATHS = (f"/slip/{CODE}", "/staff", "/staff/logout")
FROM_ELSEWHERE: Final[tuple[dict[str, str], ...]] = (
    {"Origin": "https://ke-xau.example"},
    {"Origin": "https://motcua.ke-xau.example"},
    {"Origin": "http://["},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://motcua", "Sec-Fetch-Site": "same-site"},
)
FROM_HERE: Final[tuple[dict[str, str], ...]] = (
    {},
    {"Origin": "null"},
    {"Origin": "http://motcua"},
    {"Sec-Fetch-Site": "same-origin"},
)
FIELDS = {"code": CODE, "mark": "0" * 16}


async def still_in(browser: Browser) -> bool:
    return (await browser.get("/staff")).status_code == 200


async def test_a_form_without_the_token_of_the_session_does_nothing(
    desk: StaffDesk, lan: Browser
) -> None:
    for path, token in product(PATHS, ("", "0" * 64, "\ud7ff", form_token(""))):
        answer = await lan.client.post(path, data={**FIELDS, "form_token": token})
        assert answer.status_code == 403
        assert "chưa có gì được lưu" in answer.text
    assert desk.counter.checks == []
    assert await still_in(lan)


async def test_a_form_with_the_token_of_another_session_does_nothing(
    desk: StaffDesk, lan: Browser
) -> None:
    async with a_browser(desk) as other:
        await other.log_in()
        await other.get("/staff")
        assert other.token != lan.token
        for path in PATHS:
            answer = await lan.client.post(path, data={**FIELDS, "form_token": other.token})
            assert answer.status_code == 403
    assert desk.counter.checks == []
    assert await still_in(lan)


async def test_a_form_of_another_site_does_nothing_even_with_the_token(
    desk: StaffDesk, lan: Browser
) -> None:
    given = {**FIELDS, "form_token": lan.token}
    for path, headers in product(PATHS, FROM_ELSEWHERE):
        answer = await lan.client.post(path, data=given, headers=headers)
        assert answer.status_code == 403
    assert desk.counter.checks == []
    assert await still_in(lan)


async def test_a_form_of_ours_works_in_every_browser(lan: Browser) -> None:
    given = {"code": CODE, "form_token": lan.token}
    for headers in FROM_HERE:
        answer = await lan.client.post("/staff", data=given, headers=headers)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/slip/{CODE}")


async def test_nobody_is_logged_in_by_a_form_of_another_site(desk: StaffDesk) -> None:
    given = {"login": LAN.login, "password": PASSWORD}
    async with a_browser(desk) as browser:
        bare = await browser.client.post("/staff/login", data=given)
        assert (bare.status_code, "motcua_staff=" in str(bare.headers)) == (403, False)
        async with a_browser(desk) as attacker:
            await attacker.get("/staff/login")
            borrowed = {**given, "form_token": attacker.token}
            answer = await browser.client.post("/staff/login", data=borrowed)
            assert answer.status_code == 403
            assert "Bạn nhập lại giúp nhé" in answer.text
        await browser.get("/staff/login")
        far = {"Sec-Fetch-Site": "cross-site"}
        own = {**given, "form_token": browser.token}
        answer = await browser.client.post("/staff/login", data=own, headers=far)
        assert answer.status_code == 403


async def test_the_token_of_a_form_is_not_the_token_of_the_session(lan: Browser) -> None:
    session = lan.client.cookies["motcua_staff"]
    for path in ("/staff", f"/slip/{CODE}"):
        assert session not in (await lan.get(path)).text


@pytest.mark.parametrize("path", PATHS)
async def test_a_form_of_a_session_that_is_over_leads_to_the_login(
    desk: StaffDesk, lan: Browser, path: str
) -> None:
    await lan.get(f"/slip/{CODE}")
    await desk.accounts.disable(LAN.login, "quantri")
    answer = await lan.post(path, seen=lan.keys, mark=lan.mark)
    assert answer.status_code == 403
    assert "Phiên làm việc đã kết thúc nên chưa có gì được lưu" in answer.text
    assert desk.counter.checks == []


async def test_after_such_a_login_one_is_back_at_the_slip(desk: StaffDesk, lan: Browser) -> None:
    await lan.get(f"/slip/{CODE}")
    lan.client.cookies.delete("motcua_staff")
    await lan.save(CODE)
    assert f'name="next" value="/slip/{CODE}"' in lan.page.text
    entered = await lan.post(
        "/staff/login", login=LAN.login, password=PASSWORD, next=f"/slip/{CODE}"
    )
    assert entered.headers["location"] == f"/slip/{CODE}"


async def test_a_form_with_more_fields_than_are_read_is_answered_with_a_page(
    desk: StaffDesk, lan: Browser
) -> None:
    for path in (*PATHS, "/staff/login"):
        answer = await lan.post(path, seen=["0" * 8] * 1001)
        assert answer.status_code == 400
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "no-store"
        assert "chưa có gì được lưu" in answer.text
        assert "JSON" not in answer.text
    assert desk.counter.checks == []
    assert await still_in(lan)


async def test_a_file_where_text_belongs_is_answered_with_a_page(
    desk: StaffDesk, lan: Browser
) -> None:
    answer = await lan.client.post(
        f"/slip/{CODE}", data={"form_token": lan.token}, files={"mark": ("a.txt", b"a")}
    )
    assert answer.status_code == 422
    assert "chưa có gì được lưu" in answer.text
    assert desk.counter.checks == []
