"""The source of dossiers is built from the settings; where they cannot work all of it is told."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from api.errors import CannotStart
from api.settings import Settings, load_settings
from api.wiring.doctor.dossiers import NOBODYS_CODE, look_at_dossiers
from api.wiring.doctor.findings import Mark
from api.wiring.dossiers.key import KEY_FILE
from api.wiring.dossiers.sources import build_source
from bot.dossier_sources.breaker import MOST_FAILURES
from bot.dossiers.codes import normal_form
from bot.dossiers.ports import SourceUnreachable
from tests.support.examined import a_setting, marks, told
from tests.support.local_http import Answered, Fault
from tests.support.tracuuhoso import DSTCODE, PASSWORD, UNIT, USERNAME, TraCuuHoSoServer, a_row

pytestmark = pytest.mark.anyio

CODE = "H17.15-261116-0012"
SAMPLE = Path(__file__).parents[3] / "docs" / "dossier-source.sample.yaml"
KEY = "mot-khoa-ngau-nhien-cua-phep-thu-dai-du"


@pytest.fixture
def server() -> Iterator[TraCuuHoSoServer]:
    with TraCuuHoSoServer(a_row(CODE)) as server:
        yield server


def of(server: TraCuuHoSoServer, folder: Path, **changes: Any) -> Settings:
    """The settings that the emulator prints."""
    given = {
        "dossier_source": "tracuuhoso",
        "tracuuhoso_url": server.url,
        "tracuuhoso_username": USERNAME,
        "tracuuhoso_password": PASSWORD,
        "tracuuhoso_dstcode": DSTCODE,
        "tracuuhoso_unit": UNIT,
        "dossier_key": KEY,
    }
    return a_setting(folder, **(given | changes))


def a_rest(folder: Path, url: str, **changes: Any) -> Settings:
    (folder / "khoa").write_text("khoa-cua-tinh", "ascii")
    raw = SAMPLE.read_text("utf-8").replace("https://motcua.example.gov.vn", url)
    file = folder / "ho-so.yaml"
    file.write_text(raw.replace("/run/secrets/he-thong-mot-cua", str(folder / "khoa")), "utf-8")
    given = {"dossier_source": "rest", "dossier_rest_file": file, "dossier_key": KEY}
    return a_setting(folder, **(given | changes))


def test_the_own_store_needs_no_source(tmp_path: Path) -> None:
    assert build_source(a_setting(tmp_path)) is None


async def test_tracuuhoso_is_asked_as_the_settings_say(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    source = build_source(of(server, tmp_path))
    assert source is not None
    (update,) = await source.fetch(CODE)
    assert update.code == CODE
    await source.close()


async def test_an_operator_is_told_when_the_source_is_down_and_when_it_works_again(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    source = build_source(of(server, tmp_path))
    assert source is not None
    server.fail_login(*[Fault(lost=True)] * MOST_FAILURES)
    with structlog.testing.capture_logs() as lines:
        for _ in range(MOST_FAILURES + 2):
            with pytest.raises(SourceUnreachable):
                await source.fetch(CODE)
    await source.close()
    assert [line["event"] for line in lines] == ["dossier_source_down"]
    assert CODE not in repr(lines)


async def test_what_tracuuhoso_still_needs_is_told_all_at_once(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    settings = of(server, tmp_path, tracuuhoso_password="", tracuuhoso_unit=" ")
    with pytest.raises(CannotStart, match="TRACUUHOSO_PASSWORD, TRACUUHOSO_UNIT"):
        build_source(settings)
    findings = await look_at_dossiers(settings, offline=False)
    assert "TRACUUHOSO_PASSWORD, TRACUUHOSO_UNIT" in told(findings, Mark.WRONG)


def test_a_rest_source_without_its_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="DOSSIER_REST_FILE"):
        build_source(a_setting(tmp_path, dossier_source="rest"))


async def test_every_fault_of_the_rest_file_is_a_line_of_the_doctor(tmp_path: Path) -> None:
    settings = a_rest(tmp_path, "http://motcua.example.gov.vn")
    file = tmp_path / "ho-so.yaml"
    file.write_text(file.read_text("utf-8") + "\nlam: gi\n", "utf-8")
    with pytest.raises(CannotStart):
        build_source(settings)
    findings = await look_at_dossiers(settings, offline=True)
    assert "https" in told(findings, Mark.WRONG)
    assert "lam" in told(findings, Mark.WRONG)


async def test_a_secret_file_that_is_missing_is_told(tmp_path: Path) -> None:
    settings = a_rest(tmp_path, "https://motcua.example.gov.vn")
    (tmp_path / "khoa").unlink()
    findings = await look_at_dossiers(settings, offline=True)
    assert str(tmp_path / "khoa") in told(findings, Mark.WRONG)


async def test_the_doctor_finds_a_source_that_works(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    findings = await look_at_dossiers(of(server, tmp_path), offline=False)
    assert marks(findings) == {Mark.WELL}
    assert server.questions()[0].data["MaHoSo"] == NOBODYS_CODE == normal_form(NOBODYS_CODE)


async def test_the_doctor_tells_what_is_wrong_and_no_secret(
    server: TraCuuHoSoServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = of(server, tmp_path, tracuuhoso_password="sai-mat-khau-roi")  # noqa: S106 - made up
    findings = await look_at_dossiers(wrong, offline=False)
    assert "TRACUUHOSO_PASSWORD" in told(findings, Mark.WRONG)
    assert "sai-mat-khau-roi" not in f"{findings}{caplog.text}"
    away = await look_at_dossiers(
        of(server, tmp_path, tracuuhoso_url="http://127.0.0.1:1"), offline=False
    )
    assert "TRACUUHOSO_URL" in told(away, Mark.WRONG)


async def test_the_doctor_tells_a_unit_that_the_service_does_not_know(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    settings = of(server, tmp_path, tracuuhoso_unit="000.00.00.H99")
    findings = await look_at_dossiers(settings, offline=False)
    assert "TRACUUHOSO_UNIT" in told(findings, Mark.WRONG)


async def test_the_doctor_asks_another_system_too(server: TraCuuHoSoServer, tmp_path: Path) -> None:
    settings = a_rest(tmp_path, server.http.url)
    path = f"/api/ho-so/{NOBODYS_CODE}"
    server.http.fail(path, Fault(answer=Answered.json({"maLoi": 0, "duLieu": None})))
    assert marks(await look_at_dossiers(settings, offline=False)) == {Mark.WELL}
    server.http.fail(path, Fault(answer=Answered(b"", 500)))
    assert "HTTP 500" in told(await look_at_dossiers(settings, offline=False), Mark.WRONG)


async def test_offline_nobody_is_asked(server: TraCuuHoSoServer, tmp_path: Path) -> None:
    findings = await look_at_dossiers(of(server, tmp_path), offline=True)
    assert marks(findings) == {Mark.WELL, Mark.OFF}
    assert server.http.asked == []


async def test_a_password_that_goes_over_an_open_line_is_looked_at(
    server: TraCuuHoSoServer, tmp_path: Path
) -> None:
    settings = of(server, tmp_path, tracuuhoso_url="http://truc.example.gov.vn/mapi")
    assert "https" in told(await look_at_dossiers(settings, offline=True), Mark.LOOK)


async def test_the_key_is_looked_at_and_never_made(tmp_path: Path) -> None:
    settings = load_settings(data_folder=tmp_path / "var")
    assert marks(await look_at_dossiers(settings, offline=True)) == {Mark.WELL}
    assert not (tmp_path / "var").exists()
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / KEY_FILE).write_text("hỏng", "utf-8")
    assert "DOSSIER_KEY" in told(await look_at_dossiers(settings, offline=True), Mark.WRONG)


async def test_several_servers_need_one_key(tmp_path: Path) -> None:
    settings = a_setting(tmp_path, database_url="postgresql+psycopg://m:matkhau@db/m")
    assert "DOSSIER_KEY" in told(await look_at_dossiers(settings, offline=True), Mark.LOOK)


@pytest.mark.parametrize(("factors", "told"), [("phone4,id4", 0), ("phone4,birth_year", 1)])
async def test_a_year_of_birth_is_said_to_be_weak(tmp_path: Path, factors: str, told: int) -> None:
    settings = a_setting(tmp_path, dossier_factors=factors)
    findings = await look_at_dossiers(settings, offline=True)
    assert sum("năm sinh" in str(one) and "dễ đoán" in str(one) for one in findings) == told
