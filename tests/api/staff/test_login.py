"""Logging in: who gets in, what a stranger is told, and how long a session holds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from api.staff.routes import WRONG
from api.store.dossier_tables import dossier_tries
from api.store.filing_tables import staff, staff_sessions
from bot.dossiers.tries import BY_ADDRESS
from tests.support.staff_desk import LAN, PASSWORD, Browser, StaffDesk, a_browser, a_staff_desk

pytestmark = pytest.mark.anyio

AN = replace(LAN, login="an.le", name="Lê Văn An")
ELSEWHERE = (
    *("https://ke-xau.example", "//ke-xau.example", "/\\ke-xau.example", "javascript:alert(1)"),
    *("/slip//x.example", "/slip/../../x", "/slip/K7Q2MX@ke-xau.example", "\r\nLocation: /x"),
    *("/staff/login", ""),
)


async def test_an_official_logs_in_and_out(browser: Browser) -> None:
    came = await browser.get("/staff")
    assert (came.status_code, came.headers["location"]) == (303, "/staff/login")
    entered = await browser.log_in()
    assert (entered.status_code, entered.headers["location"]) == (303, "/staff")
    home = await browser.get("/staff")
    assert home.status_code == 200
    assert LAN.name in home.text
    assert LAN.unit in home.text
    left = await browser.post("/staff/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/staff/login")
    assert (await browser.get("/staff")).status_code == 303


async def test_what_was_wrong_is_never_told(desk: StaffDesk) -> None:
    await desk.add(AN)
    await desk.accounts.disable(AN.login, "quantri")
    told = set()
    for login, password in (
        (LAN.login, "không phải mật khẩu này"),
        ("khong.co.ai", PASSWORD),
        (AN.login, PASSWORD),
        ("\x00'--", PASSWORD),
        (LAN.login, ""),
    ):
        async with a_browser(desk) as browser:
            page = await browser.log_in(password, login)
            assert page.status_code == 403
            assert "motcua_staff=" not in str(page.headers.get_list("set-cookie"))
            assert WRONG in page.text
            told.add(page.text.split('<p class="error"')[1].split("</p>")[0])
    assert len(told) == 1


async def test_the_password_is_never_shown_again(browser: Browser) -> None:
    page = await browser.log_in("mật khẩu gõ nhầm", "lan")
    assert 'value="lan"' in page.text
    assert "gõ nhầm" not in page.text


async def test_who_goes_on_guessing_at_an_account_has_to_wait(
    desk: StaffDesk, browser: Browser
) -> None:
    for _ in range(5):
        assert (await browser.log_in("sai")).status_code == 403
    locked = await browser.log_in(PASSWORD)
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "60")
    assert "thử lại sau 1 phút" in locked.text
    desk.now += timedelta(seconds=60)
    assert (await browser.log_in("sai")).status_code == 403
    assert (await browser.log_in(PASSWORD)).headers["retry-after"] == "120"
    desk.now += timedelta(seconds=120)
    assert (await browser.log_in(PASSWORD)).status_code == 303


async def test_an_account_that_does_not_exist_is_locked_the_same_way(browser: Browser) -> None:
    answers = [await browser.log_in("sai", "khong.co.ai") for _ in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]


async def test_no_account_is_locked_for_more_than_a_quarter_of_an_hour(
    desk: StaffDesk, browser: Browser
) -> None:
    waits = []
    for _ in range(16):
        answer = await browser.log_in("sai")
        if answer.status_code == 429:
            waits.append(int(answer.headers["retry-after"]))
            desk.now += timedelta(seconds=waits[-1])
    assert waits
    assert max(waits) == 15 * 60


async def test_an_address_that_guesses_at_many_accounts_has_to_wait(
    desk: StaffDesk, browser: Browser
) -> None:
    for number in range(BY_ADDRESS.free):
        assert (await browser.log_in("sai", f"nguoi.{number}")).status_code == 403
    assert (await browser.log_in()).status_code == 429


async def test_a_right_login_takes_back_the_own_mistakes(desk: StaffDesk, browser: Browser) -> None:
    for _ in range(3):
        await browser.log_in("sai")
    assert (await browser.log_in()).status_code == 303
    async with desk.database.reading() as connection:
        assert (await connection.execute(select(dossier_tries))).all() == []


async def test_a_session_is_over_after_an_hour_without_use(desk: StaffDesk, lan: Browser) -> None:
    desk.now += timedelta(minutes=59)
    assert (await lan.get("/staff")).status_code == 200
    desk.now += timedelta(minutes=60)
    assert (await lan.get("/staff")).status_code == 303


async def test_a_session_is_over_after_its_hours(desk: StaffDesk, lan: Browser) -> None:
    for _ in range(16):
        assert (await lan.get("/staff")).status_code == 200
        desk.now += timedelta(minutes=30)
    assert (await lan.get("/staff")).status_code == 303


async def test_a_stolen_cookie_opens_nothing_after_the_owner_left(
    desk: StaffDesk, lan: Browser
) -> None:
    async with a_browser(desk) as thief:
        thief.client.cookies.update(dict(lan.client.cookies))
        assert (await thief.get("/staff")).status_code == 200
        await lan.post("/staff/logout")
        assert "motcua_staff" not in lan.client.cookies
        assert (await thief.get("/staff")).status_code == 303


@pytest.mark.parametrize("change", ["password", "disabled"])
async def test_a_session_ends_with_the_password_and_the_account(
    desk: StaffDesk, lan: Browser, change: str
) -> None:
    if change == "password":
        other = desk.passwords.hash("gió thổi qua rặng tre")
        await desk.accounts.set_password(LAN.login, other, "quantri")
    else:
        await desk.accounts.disable(LAN.login, "quantri")
    assert (await lan.get("/staff")).status_code == 303
    assert (await lan.log_in()).status_code == 403


async def test_every_login_makes_a_new_session_and_ends_the_old_one(
    desk: StaffDesk, lan: Browser
) -> None:
    before = lan.client.cookies["motcua_staff"]
    lan.client.cookies.delete("motcua_staff")
    await lan.get("/staff/login")
    lan.client.cookies.set("motcua_staff", before)
    entered = await lan.post("/staff/login", login=LAN.login, password=PASSWORD)
    assert entered.status_code == 303
    async with desk.database.reading() as connection:
        rows = (await connection.execute(select(staff_sessions))).all()
    assert len(rows) == 1
    async with a_browser(desk) as thief:
        thief.client.cookies.set("motcua_staff", before)
        assert (await thief.get("/staff")).status_code == 303


async def test_a_token_that_somebody_else_chose_is_never_taken_over(desk: StaffDesk) -> None:
    async with a_browser(desk) as browser:
        browser.client.cookies.set("motcua_staff", "chosen-by-a-stranger")
        entered = await browser.log_in()
        assert "chosen-by-a-stranger" not in str(entered.headers)


async def test_the_database_holds_neither_password_nor_token(desk: StaffDesk, lan: Browser) -> None:
    token = lan.client.cookies["motcua_staff"]
    async with desk.database.reading() as connection:
        rows = [(await connection.execute(select(one))).all() for one in (staff, staff_sessions)]
    assert all(rows)
    assert token not in str(rows)
    assert PASSWORD not in str(rows)
    assert "$argon2id$" in str(rows)


async def test_over_https_the_cookie_belongs_to_this_host_alone(tmp_path: Path) -> None:
    async with (
        a_staff_desk(tmp_path / "var") as desk,
        a_browser(desk, "https://motcua.example.gov.vn") as browser,
    ):
        entered = await browser.log_in()
        cookies = entered.headers.get_list("set-cookie")
        (session,) = [one for one in cookies if one.startswith("__Host-motcua_staff=")]
        parts = set(session.lower().split("; ")[1:])
        assert parts == {"httponly", "path=/", "samesite=strict", "secure"}
        assert (await browser.get("/staff")).status_code == 200


async def test_behind_a_proxy_that_does_not_say_https_the_cookie_is_secure_too(
    tmp_path: Path,
) -> None:
    address = "https://motcua.example.gov.vn"
    async with (
        a_staff_desk(tmp_path / "var", address) as desk,
        a_browser(desk, address.replace("https", "http")) as browser,
    ):
        page = await browser.get("/staff/login")
        assert page.headers["set-cookie"].startswith("__Host-motcua_staff_visit=")
        assert "Secure" in page.headers["set-cookie"]


async def test_without_https_the_cookie_is_hidden_from_scripts_and_other_sites(
    browser: Browser,
) -> None:
    cookies = (await browser.log_in()).headers.get_list("set-cookie")
    (session,) = [one for one in cookies if one.startswith("motcua_staff=")]
    assert set(session.lower().split("; ")[1:]) == {"httponly", "path=/", "samesite=strict"}


async def test_nobody_is_sent_to_another_site(browser: Browser) -> None:
    for asked in ELSEWHERE:
        page = await browser.client.get("/staff/login", params={"next": asked})
        assert 'name="next" value="/staff"' in page.text
        entered = await browser.log_in(onward=asked)
        assert (entered.status_code, entered.headers["location"]) == (303, "/staff")
        again = await browser.client.get("/staff/login", params={"next": asked})
        assert (again.status_code, again.headers["location"]) == (303, "/staff")
        browser.client.cookies.clear()


async def test_the_slip_that_was_asked_for_is_shown_after_the_login(browser: Browser) -> None:
    await browser.get("/slip/k7q-2mx")
    assert 'name="next" value="/slip/K7Q2MX"' in browser.page.text
    entered = await browser.log_in(onward="/slip/K7Q2MX")
    assert entered.headers["location"] == "/slip/K7Q2MX"


async def test_no_page_is_kept_or_found(lan: Browser) -> None:
    pages = [await lan.get(path) for path in ("/staff", "/slip/K7Q2MX", "/slip/K7Q2MA")]
    pages.append(await lan.post("/staff/logout"))
    pages.append(await lan.get("/staff/login"))
    for page in pages:
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "style=" not in page.text
        assert "<script" not in page.text
