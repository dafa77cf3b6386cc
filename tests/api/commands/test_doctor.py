"""`motcua doctor` as people run it: its marks, its exit status, no secret."""

import json
from pathlib import Path

from bot.channels.zalo_oa.sealing import new_key
from tests.api.commands.test_commands import motcua

TOKEN = "123456:AAE-rat-bi-mat"  # noqa: S105 - of no bot
SECRET = "chuoi-rat-bi-mat-0123456789"  # noqa: S105 - as above

WITH_CHANNELS = {
    "PUBLIC_URL": "https://motcua.example.gov.vn",
    "TRUSTED_PROXIES": "127.0.0.1",
    "TELEGRAM_TOKEN": TOKEN,
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
    "ZALO_BOT_TOKEN": TOKEN,
    "ZALO_BOT_WEBHOOK_SECRET": SECRET,
    "METRICS_TOKEN": SECRET,
    "DATABASE_URL": "postgresql+psycopg://motcua:mat-khau-bi-mat@127.0.0.1:1/motcua",
}


def test_what_ships_has_nothing_wrong_and_every_line_has_a_mark(tmp_path: Path) -> None:
    result = motcua("doctor", "--offline", folder=tmp_path)
    assert result.returncode == 0, result.stdout
    lines = result.stdout.splitlines()
    assert lines[-1] == "Không có gì sai."
    assert all(line.startswith(("✓", "–", "!", "    → ")) for line in lines[:-1])
    assert "– Telegram: tắt (chưa có TELEGRAM_TOKEN)." in lines
    assert not (tmp_path / "var").exists()


def test_a_wrong_setting_is_told_with_what_to_write(tmp_path: Path) -> None:
    result = motcua("doctor", folder=tmp_path, env={"PORT": "nhieu", "RETENTION_DAYS": "1"})
    assert result.returncode == 1
    assert result.stdout.count("✗ Cài đặt: Biến ") == 2
    assert "2 điều sai." in result.stdout


def test_no_secret_is_printed_whatever_is_wrong(tmp_path: Path) -> None:
    for arguments in (("--offline",), ("--offline", "--json")):
        result = motcua("doctor", *arguments, folder=tmp_path, env=WITH_CHANNELS)
        assert result.returncode == 1
        assert "không đọc hoặc ghi được" in result.stdout
        for secret in (TOKEN, SECRET, "mat-khau-bi-mat"):
            assert secret not in result.stdout + result.stderr


def test_json_tells_the_same_to_machines(tmp_path: Path) -> None:
    env = {
        "ZALO_OA_APP_ID": "360846524940903967",
        "ZALO_OA_APP_SECRET": "bi-mat",
        "ZALO_OA_SECRET_KEY": "bi-mat",
        "TOKEN_KEY": new_key(),
    }
    result = motcua("doctor", "--offline", "--json", folder=tmp_path, env=env)
    assert result.returncode == 1
    shown = json.loads(result.stdout)
    assert shown["ok"] is False
    found = {one["area"]: one for one in shown["findings"]}
    assert found["Zalo OA"]["mark"] == "error"
    assert "motcua zalo authorize" in found["Zalo OA"]["remedy"]
    assert found["Telegram"]["mark"] == "off"
