"""A real server in a process of its own, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"width": 390, "height": 844}
START_SECONDS = 60


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's path; the test skips where there is none, and fails in CI."""
    path = shutil.which("chromium")
    if path:
        return path
    if os.environ.get("CI") == "true":  # noqa: TID251 - a skip would hide a failure there
        pytest.fail("Chromium is not installed")
    pytest.skip("Chromium is not installed: apt-get install chromium")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Closed with the module: while Playwright is open, no other test can run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


class Server:
    """`tests.browser.server` on a free port, with a scripted language model; or another one."""

    def __init__(self, folder: Path, module: str = "tests.browser.server") -> None:
        self.module = module
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", self.module, str(self.port), str(self.folder)]
        self.process = subprocess.Popen(command)
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            try:
                httpx.get(f"{self.address}/readyz").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("var"))
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A telephone with JavaScript; an error in the script or a blocked request fails the test."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.extend(_foreign(request.url, server)))
    page.goto(server.address)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def plain_page(browser: Browser, server: Server) -> Iterator[Page]:
    """A telephone without JavaScript."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.address)
    yield page
    context.close()


def _foreign(url: str, server: Server) -> list[str]:
    ours = url.startswith((f"{server.address}/", "data:"))
    return [] if ours else [f"a request to the outside: {url}"]
