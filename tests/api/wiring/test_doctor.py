"""`motcua doctor` tells what is wrong, against platforms and databases that are so."""

import os
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from api.settings import Settings
from api.store.channel_tables import inbox, outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts
from api.store.migrate import migrate, upgrade_to
from api.wiring import doctor
from api.wiring.doctor import machine
from api.wiring.doctor.findings import Finding, Mark
from api.wiring.doctor.knowing import look_at_content, look_at_model
from api.wiring.doctor.limits import look_at_limits
from api.wiring.doctor.machine import compare_clocks, look_at_files, look_at_settings
from api.wiring.doctor.stored import look_at_database
from tests.support.examined import SECRET, a_setting, marks, now, told
from tests.support.stored import fill

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("seconds", "mark"), [(0, Mark.WELL), (-4, Mark.WELL), (20, Mark.LOOK), (-3600, Mark.WRONG)]
)
def test_clocks_are_compared(seconds: int, mark: Mark) -> None:
    moment = datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert compare_clocks(moment, moment + timedelta(seconds=seconds), "PostgreSQL").mark is mark


def test_files_from_the_future_give_a_wrong_clock_away(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text("{}")
    assert look_at_files(now(), tmp_path) == []
    future = time.time() + 7200
    os.utime(file, (future, future))
    assert marks(look_at_files(now(), tmp_path)) == {Mark.WRONG}


def test_a_secret_out_of_the_pages_is_none(tmp_path: Path) -> None:
    example = "mot-chuoi-ngau-nhien-dai"
    pages = (ROOT / "docs" / "telegram.md", ROOT / "docs" / "zalo-bot.md")
    assert all(f"WEBHOOK_SECRET={example}" in page.read_text("utf-8") for page in pages)
    names = ("telegram_webhook_secret", "zalo_bot_webhook_secret", "metrics_token")
    settings = a_setting(tmp_path, **dict.fromkeys(names, example))
    text = told(look_at_settings(settings), Mark.WRONG)
    for name in names:
        assert f"{name.upper()} là chuỗi ví dụ" in text


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "var"
    in_the_way.write_text("a file, no folder")
    settings = a_setting(tmp_path, data_folder=in_the_way)
    assert "không ghi được vào" in told(machine.look_at_disk(settings), Mark.WRONG)


def test_settings_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    webhook = {"telegram_token": "1:a", "telegram_webhook_secret": SECRET}
    without = look_at_settings(a_setting(tmp_path, public_url="", **webhook))
    assert "PUBLIC_URL" in told(without, Mark.WRONG)
    plain = look_at_settings(a_setting(tmp_path, public_url="http://motcua.example", **webhook))
    assert "https" in told(plain, Mark.WRONG)
    assert "TRUSTED_PROXIES" in told(look_at_settings(a_setting(tmp_path)), Mark.LOOK)
    whole = a_setting(tmp_path, trusted_proxies="10.0.0.0/8", **webhook)
    assert marks(look_at_settings(whole)) == {Mark.WELL}


@pytest.mark.parametrize(
    ("little", "too_little", "mark"),
    [(0, 0, Mark.WELL), (2**60, 0, Mark.LOOK), (2**60, 2**60, Mark.WRONG)],
)
def test_a_disk_that_fills_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, little: int, too_little: int, mark: Mark
) -> None:
    monkeypatch.setattr(machine, "LITTLE_BYTES", little)
    monkeypatch.setattr(machine, "TOO_LITTLE_BYTES", too_little)
    assert marks(machine.look_at_disk(a_setting(tmp_path))) == {mark}


async def test_a_database_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    settings = a_setting(tmp_path)
    assert marks(await look_at_database(settings, now)) == {Mark.LOOK}
    assert not settings.data_folder.exists()


async def test_a_database_in_use_is_well(tmp_path: Path, address: str) -> None:
    settings = a_setting(tmp_path, database_url=address)
    database = Database(address)
    await migrate(database)
    assert marks(await look_at_database(settings, now)) == {Mark.WELL}
    await database.close()


async def test_tables_of_a_former_version_are_told_and_left(tmp_path: Path, address: str) -> None:
    settings = a_setting(tmp_path, database_url=address)
    database = Database(address)
    async with database.engine.connect() as connection:
        await connection.run_sync(upgrade_to, "0002")
        await connection.commit()
    for _ in range(2):
        assert "phiên bản 0002" in told(await look_at_database(settings, now), Mark.LOOK)
    await database.close()


async def test_tables_of_a_newer_program_are_wrong(tmp_path: Path, database: Database) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    address = database.engine.url.render_as_string(hide_password=False)
    findings = await look_at_database(a_setting(tmp_path, database_url=address), now)
    assert "mới hơn" in told(findings, Mark.WRONG)


async def test_what_waits_failed_and_is_held_is_told(tmp_path: Path, database: Database) -> None:
    await fill(database)
    lost = {"channel": "zalo_oa", "user_id": "7", "part": "", "created_at": time.time()}
    ended = {"done_at": time.time(), "result": "refused", "reason": "-201"}
    waits = {"channel": "telegram", "user_id": "8", "event_id": "9", "arrival": "{}"}
    alert = {"follow_id": 11, "code": "H17.15-250710-0012", "kind": "due", "subject": "hôm kia"}
    async with database.writing() as connection:
        created = {"created_at": time.time() - 172_800}
        await connection.execute(insert(dossier_alerts), [{**alert, **created}])
        await connection.execute(insert(outbox), [{**lost, **ended}])
        await connection.execute(insert(inbox), [{**waits, "received_at": time.time() - 900}])
    address = database.engine.url.render_as_string(hide_password=False)
    findings = await look_at_database(a_setting(tmp_path, database_url=address), now)
    text = told(findings, Mark.LOOK)
    assert "telegram: 2 tin nhắn chờ trả lời" in text
    assert "tin báo hồ sơ còn ghi lại: " in told(findings, Mark.WELL)
    assert " đang chờ, " in told(findings, Mark.WELL)
    assert "tin báo hồ sơ chờ gửi" in text
    assert "H17.15" not in text
    assert "refused -201" in text
    assert "motcua knowledge held" in text
    assert "9007199254740993" not in text


async def test_a_damaged_or_absent_database_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "motcua.db").write_bytes(b"khong phai kho du lieu" * 100)
    assert marks(await look_at_database(a_setting(tmp_path), now)) == {Mark.WRONG}
    away = a_setting(tmp_path, database_url="postgresql+psycopg://m:matkhau@127.0.0.1:1/m")
    findings = await look_at_database(away, now)
    assert marks(findings) == {Mark.WRONG}
    assert "matkhau" not in repr(findings)


async def test_the_model_is_loaded_and_in_step(tmp_path: Path) -> None:
    assert Mark.WRONG not in marks(await look_at_model(a_setting(tmp_path)))
    copy = tmp_path / "model"
    shutil.copytree(a_setting(tmp_path).model_folder, copy)
    (copy / "intents.npz").write_bytes(b"hong")
    damaged = await look_at_model(a_setting(tmp_path, model_folder=copy))
    assert "bị hỏng" in told(damaged, Mark.WRONG)
    away = await look_at_model(a_setting(tmp_path, rasa_url="http://127.0.0.1:1"))
    assert "RASA_URL" in told(away, Mark.WRONG)


async def test_faults_of_the_content_are_counted(tmp_path: Path) -> None:
    (tmp_path / "content" / "procedures" / "thu").mkdir(parents=True)
    (tmp_path / "content" / "procedures" / "thu" / "1.yaml").write_text("code: [")
    findings = await look_at_content(a_setting(tmp_path, content_folder=tmp_path / "content"))
    assert "motcua knowledge check" in told(findings, Mark.WRONG)


async def test_shared_counts_that_do_not_answer_are_told(tmp_path: Path) -> None:
    assert marks(await look_at_limits(a_setting(tmp_path))) == {Mark.WELL}
    away = a_setting(tmp_path, limits_url="valkey://:matkhau@127.0.0.1:1")
    findings = await look_at_limits(away)
    assert marks(findings) == {Mark.LOOK}
    assert "matkhau" not in repr(findings)


async def test_one_look_that_breaks_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(_settings: Settings) -> Sequence[Finding]:
        raise ZeroDivisionError("bí mật")

    monkeypatch.setattr(doctor, "look_at_model", breaks)
    findings = await doctor.examine(a_setting(tmp_path), now, offline=True)
    assert "ZeroDivisionError" in told(findings, Mark.WRONG)
    assert "bí mật" not in repr(findings)
    areas = {finding.area for finding in findings}
    assert {"Telegram", "Zalo OA", "Zalo Bot", "Kho dữ liệu", "Kiến thức"} <= areas
