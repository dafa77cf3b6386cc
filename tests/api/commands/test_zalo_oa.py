"""`motcua zalo key|authorize|status` as an operator runs them, against the OAuth emulator."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.commands.zalo_oa import MINUTES
from bot.channels.zalo_oa.consent import LIFETIME_SECONDS
from tests.api.commands.test_commands import motcua
from tests.support.zalo_oa_events import APP_ID, OA_ID
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_tokens import KEY, OTHER_KEY, Zalo

CALLBACK = "https://cong-ty.example.vn/ve-day"


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with Zalo() as zalo:
        yield zalo


@pytest.fixture
def env(zalo: Zalo) -> dict[str, str]:
    return {
        "ZALO_OA_APP_ID": APP_ID,
        "ZALO_OA_APP_SECRET": APP_SECRET,
        "ZALO_OA_SECRET_KEY": "khoá ký sự kiện",
        "TOKEN_KEY": KEY,
        "ZALO_OAUTH_URL": zalo.url,
    }


class Operator:
    """Runs `motcua zalo authorize`, opens the link, clicks “Cho phép”, pastes what comes back."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        variables = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(folder / "var")}  # noqa: TID251
        self.process = subprocess.Popen(
            [
                str(Path(sys.executable).parent / "motcua"),
                "zalo",
                "authorize",
                "--callback",
                CALLBACK,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables | env,
            encoding="utf-8",
        )
        self.link = self._read_link()

    def _read_link(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("http"):
                return line.strip()
        raise AssertionError("no link was printed")

    def click(self) -> str:
        """Where Zalo sends the browser."""
        return str(httpx.get(self.link).headers["location"])

    def paste(self, text: str) -> tuple[int, str, str]:
        out, err = self.process.communicate(f"{text}\n", timeout=120)
        assert "Traceback" not in out + err
        return self.process.returncode, out, err


def test_a_key_is_printed_that_can_be_used(tmp_path: Path) -> None:
    first, second = (motcua("zalo", "key", folder=tmp_path) for _ in range(2))
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}=\n", first.stdout)
    assert first.stdout != second.stdout


def test_consent_is_given_by_pasting_the_address_that_the_browser_opened(
    tmp_path: Path, env: dict[str, str], zalo: Zalo
) -> None:
    operator = Operator(tmp_path, env)
    status, out, err = operator.paste(operator.click())
    assert (status, err) == (0, "")
    assert "Đã được cấp quyền" in out
    told = motcua("zalo", "status", folder=tmp_path, env=env)
    assert told.returncode == 0, told.stderr
    assert f"Official Account: {OA_ID}" in told.stdout
    assert "Token hết hạn lúc" in told.stdout
    seen = out + told.stdout + (tmp_path / "var" / "motcua.db").read_bytes().decode("latin-1")
    assert zalo.oauth.given
    assert not [token for pair in zalo.oauth.given for token in pair if token in seen]


def test_the_bare_code_can_be_pasted_too(tmp_path: Path, env: dict[str, str]) -> None:
    operator = Operator(tmp_path, env)
    (code,) = parse_qs(urlsplit(operator.click()).query)["code"]
    assert operator.paste(code)[0] == 0


@pytest.mark.parametrize("pasted", ["", f"{CALLBACK}?error=access_denied"])
def test_what_is_no_code_is_told_and_changes_nothing(
    tmp_path: Path, env: dict[str, str], pasted: str
) -> None:
    status, _, err = Operator(tmp_path, env).paste(pasted)
    assert status == 1
    assert "motcua zalo authorize" in err
    told = motcua("zalo", "status", folder=tmp_path, env=env)
    assert told.returncode == 1
    assert "chưa được cấp quyền" in told.stderr


def test_the_address_of_another_consent_is_refused(
    tmp_path: Path, env: dict[str, str], zalo: Zalo
) -> None:
    other = Operator(tmp_path / "khac", env)
    address = other.click()
    other.paste("")
    operator = Operator(tmp_path, env)
    status, _, err = operator.paste(address)
    assert status == 1
    assert "không dùng được" in err
    assert zalo.http.asked_of("/v4/oa/access_token") == []


def test_the_web_way_prints_a_link_to_our_own_page(tmp_path: Path, env: dict[str, str]) -> None:
    public = env | {"PUBLIC_URL": "https://motcua.example.gov.vn/"}
    told = motcua("zalo", "authorize", "--web", folder=tmp_path, env=public)
    assert told.returncode == 0, told.stderr
    assert "https://motcua.example.gov.vn/zalo/authorize?state=" in told.stdout


@pytest.mark.parametrize("way", [(), ("--web",)])
def test_without_an_address_the_operator_is_told_both_ways_out(
    tmp_path: Path, env: dict[str, str], way: tuple[str, ...]
) -> None:
    told = motcua("zalo", "authorize", *way, folder=tmp_path, env=env)
    assert told.returncode == 1
    assert "PUBLIC_URL" in told.stderr
    assert "--callback" in told.stderr


@pytest.mark.parametrize("command", ["authorize", "status"])
def test_without_zalo_the_variables_are_named(tmp_path: Path, command: str) -> None:
    told = motcua("zalo", command, folder=tmp_path)
    assert told.returncode == 1
    assert "ZALO_OA_APP_ID" in told.stderr
    assert "motcua zalo key" in told.stderr


def test_a_key_that_does_not_fit_is_told_with_what_to_do(
    tmp_path: Path, env: dict[str, str]
) -> None:
    operator = Operator(tmp_path, env)
    operator.paste(operator.click())
    told = motcua("zalo", "status", folder=tmp_path, env=env | {"TOKEN_KEY": OTHER_KEY})
    assert told.returncode == 1
    assert "TOKEN_KEY không mở được" in told.stderr
    both = env | {"TOKEN_KEY": f"{OTHER_KEY},{KEY}"}
    assert motcua("zalo", "status", folder=tmp_path, env=both).returncode == 0


def test_what_is_no_key_is_told_before_anything_starts(tmp_path: Path, env: dict[str, str]) -> None:
    told = motcua("zalo", "status", folder=tmp_path, env=env | {"TOKEN_KEY": "ngan-qua"})
    assert told.returncode == 1
    assert "TOKEN_KEY" in told.stderr
    assert "ngan-qua" not in told.stderr


def test_the_minutes_that_are_told_are_those_that_hold() -> None:
    assert MINUTES * 60 == LIFETIME_SECONDS
