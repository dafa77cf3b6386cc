"""`motcua zalo bot-setup`, against the emulated platform."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.api.commands.test_commands import motcua
from tests.support.local_http import Answered, Asked, Fault, LocalHttp
from tests.support.zalo_bot_server import TOKEN, Webhook, ZaloBotServer, refused

SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def platform() -> Iterator[ZaloBotServer]:
    with ZaloBotServer() as server:
        yield server


def setup(platform: ZaloBotServer, folder: Path, **changes: str) -> tuple[int, str, str]:
    env: Mapping[str, str] = {
        "ZALO_BOT_TOKEN": TOKEN,
        "ZALO_BOT_WEBHOOK_SECRET": SECRET,
        "ZALO_BOT_API_URL": platform.url,
        **changes,
    }
    result = motcua("zalo", "bot-setup", folder=folder, env=dict(env))
    assert SECRET not in result.stdout + result.stderr
    assert "abc-xyz" not in result.stdout + result.stderr
    return result.returncode, result.stdout, result.stderr


def test_the_webhook_is_set_with_its_secret_and_found_to_work(
    platform: ZaloBotServer, tmp_path: Path
) -> None:
    def ours(asked: Asked) -> Answered:
        knows = asked.headers["x-bot-api-secret-token"] == SECRET
        return Answered(status=200 if knows and asked.body == b"" else 403)

    with LocalHttp(ours) as server:
        status, out, _ = setup(platform, tmp_path, PUBLIC_URL=server.url)

        assert platform.webhook == Webhook(f"{server.url}/webhooks/zalo/bot", SECRET)
    assert status == 0
    assert "Bot Một Cửa" in out
    assert "gọi thử webhook: được" in out


@pytest.mark.parametrize(("answer", "told"), [(403, "máy chủ trả 403"), (0, "không kết nối được")])
def test_a_webhook_that_zalo_cannot_use_is_told_with_what_to_look_at(
    platform: ZaloBotServer, tmp_path: Path, answer: int, told: str
) -> None:
    with LocalHttp(lambda _: Answered(status=answer)) as server:
        url = server.url if answer else NOBODY
        status, _, err = setup(platform, tmp_path, PUBLIC_URL=url)

    assert status == 1
    assert told in err
    assert "User-Agent" in err
    assert platform.webhook is not None


def test_a_platform_that_does_not_try_the_webhook_leaves_that_to_the_operator(
    platform: ZaloBotServer, tmp_path: Path
) -> None:
    platform.verifies = False

    status, out, _ = setup(platform, tmp_path, PUBLIC_URL=NOBODY)

    assert status == 0
    assert "nhắn cho bot một câu để thử" in out


def test_polling_deletes_the_webhook(platform: ZaloBotServer, tmp_path: Path) -> None:
    platform.webhook = Webhook("https://motcua.example.gov.vn/webhooks/zalo/bot", SECRET)

    status, out, _ = setup(platform, tmp_path, ZALO_BOT_WAY="polling")

    assert status == 0
    assert platform.called("deleteWebhook") == 1
    assert platform.called("setWebhook") == 0
    assert "Đã bỏ webhook" in out


@pytest.mark.parametrize(
    ("method", "fault", "told"),
    [
        ("getMe", Fault(answer=refused(401, "Unauthorized")), "Zalo không nhận token"),
        ("setWebhook", Fault(answer=refused(400, "Bad request")), "PUBLIC_URL phải là https"),
        ("setWebhook", Fault(answer=refused(403, "Internal error")), "Zalo trả lỗi 403"),
        ("getMe", Fault(cut=True), "Không gọi được Zalo"),
        ("getMe", Fault(answer=Answered(b"<html>", 502)), "Zalo trả lỗi 502"),
    ],
)
def test_what_zalo_refuses_is_told_with_what_to_do(
    platform: ZaloBotServer, tmp_path: Path, method: str, fault: Fault, told: str
) -> None:
    platform.fail(method, fault)

    status, _, err = setup(platform, tmp_path, PUBLIC_URL=NOBODY)

    assert status == 1
    assert told in err


@pytest.mark.parametrize(
    ("variable", "value"), [("ZALO_BOT_TOKEN", ""), ("PUBLIC_URL", ""),
                            ("ZALO_BOT_WEBHOOK_SECRET", "")],
)  # fmt: skip
def test_what_is_not_set_is_named(
    platform: ZaloBotServer, tmp_path: Path, variable: str, value: str
) -> None:
    status, _, err = setup(platform, tmp_path, **{variable: value})

    assert status == 1
    assert f"Biến {variable} chưa có" in err
    assert platform.webhook is None
