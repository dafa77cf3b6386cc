"""Web page → slip code → counter → Telegram, with the whole program and a real browser.

Only Telegram is ours, at the wire. The official's account is made by the command.
"""

import itertools
import re
import subprocess
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.support import telegram_server
from tests.support.programs import PROGRAM, Program, until
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import LAN, a_chat, a_message, an_update

LOGIN = "lan.nguyen"
CODE = re.compile(r"\b[2-9ACDEFGHJKMNPQRTUVWXY]{6}\b")


class Town:
    """The program, Telegram beside it, and an official's password."""

    def __init__(self, program: Program, telegram: TelegramServer, password: str) -> None:
        self.program, self.telegram, self.password = program, telegram, password
        self._numbers = itertools.count(1)

    def writes(self, text: str) -> None:
        """Let Lan write to the bot."""
        message = a_message(text, message_id=next(self._numbers), chat=a_chat(LAN))
        update = an_update(next(self._numbers), message=message)
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
        url = f"{self.program.url}/webhooks/telegram"
        httpx.post(url, json=update, headers=headers, timeout=60).raise_for_status()

    def told(self) -> list[str]:
        """Return what Lan has been sent."""
        return [str(one.shown.text) for one in self.telegram.to(LAN)]


def an_account(environment: dict[str, str]) -> str:
    """Make an account as an administrator does; return the password that is shown once."""
    command = [PROGRAM, "staff", "add", LOGIN, "--name", "Nguyễn Thị Lan", "--generate"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    password = re.search(r"Mật khẩu: (\S+)", made.stdout)
    assert password is not None, "no password is shown"
    return password[1]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with TelegramServer() as telegram:
        environment = {
            "DATA_FOLDER": str(folder / "var"),
            "TELEGRAM_TOKEN": telegram_server.TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": telegram_server.SECRET,
            "TELEGRAM_API_URL": telegram.url,
            "ALERT_QUIET_HOURS": "none",
        }
        password = an_account(environment)
        with Program(folder, environment) as program:
            yield Town(program, telegram, password)


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=town.program.url)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def counter(browser: Browser, town: Town) -> Iterator[Page]:
    context = browser.new_context(base_url=town.program.url)
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    """Press the last button of this name, and wait until the answer is there."""
    page.get_by_role("button", name=name).last.click()
    expect(page.locator("#waiting")).to_be_hidden()


def prepare(page: Page) -> str:
    """Get the list on the web page, tick the first paper, and return the code of the slip."""
    page.goto("/")
    page.get_by_label("Câu hỏi của bạn").fill("nop ho so khai sinh qua mang")
    press(page, "Gửi")
    for answer in ("Bắt đầu chuẩn bị hồ sơ", "Cha hoặc mẹ của bé", "Không thuộc trường hợp nào"):
        press(page, answer)
    page.get_by_role("button", name=re.compile(r"^\d Có$")).last.click()
    paper = page.get_by_role("button", name=re.compile("Giấy chứng sinh"))
    paper.last.click()
    expect(paper.last).to_have_attribute("aria-pressed", "true")
    press(page, "Lấy phiếu")
    heading = page.get_by_role("heading", name=re.compile("Mã phiếu"))
    expect(heading).to_be_visible()
    code = CODE.search(heading.inner_text().replace(" ", "").removeprefix("Mãphiếu:"))
    assert code is not None
    return code[0]


def check(page: Page, code: str, town: Town) -> None:
    """Open the slip at the counter, tick what is there, and tell the citizen."""
    page.goto(f"/slip/{code}")
    page.get_by_label("Tên đăng nhập").fill(LOGIN)
    page.get_by_label("Mật khẩu").fill(town.password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile(f"/slip/{code}$"))
    page.get_by_role("checkbox", name=re.compile("Giấy chứng sinh")).check()
    page.get_by_role("button", name=re.compile("Lưu")).click()
    expect(page.get_by_text(re.compile("Còn thiếu 1 giấy tờ"))).to_be_visible()


def test_a_list_goes_from_the_web_to_the_counter_and_comes_back_in_telegram(
    phone: Page, counter: Page, town: Town
) -> None:
    code = prepare(phone)

    town.writes(f"ma phieu {code.lower()}")
    until(lambda: any("☑" in one and "Giấy chứng sinh" in one for one in town.told()))

    check(counter, code, town)
    until(lambda: any("Bộ phận một cửa" in one and "thiếu" in one for one in town.told()))
    told = next(one for one in town.told() if "Bộ phận một cửa" in one)
    assert "Giấy tờ tùy thân" in told
    assert "Giấy chứng sinh" not in told

    phone.goto(f"/phieu/{code}")
    expect(phone.get_by_text(re.compile("Còn thiếu 1 giấy tờ")).first).to_be_visible()
    phone.get_by_role("button", name=re.compile("Giấy tờ tùy thân")).click()
    town.writes("danh sach")
    until(lambda: town.told()[-1].count("☑") == 2)


def test_nothing_is_told_of_a_slip_to_whoever_has_no_code(phone: Page, town: Town) -> None:
    answer = phone.goto("/phieu/A2A2A2")
    assert answer is not None
    assert answer.status == 404
    phone.goto("/slip/A2A2A2")
    expect(phone.get_by_label("Mật khẩu")).to_be_visible()
    town.writes("A2A2A2")
    until(lambda: "phiếu" in town.told()[-1])
    assert "Giấy" not in town.told()[-1]
