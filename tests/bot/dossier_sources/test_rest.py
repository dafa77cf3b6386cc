"""Another system is asked as the sample file says, over a real wire."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.rest import RestSource
from bot.dossier_sources.rest_file import RestFile, SourceFileInvalid, read_rest_file
from bot.dossier_sources.wire import a_client
from bot.dossiers.ports import AnswerUnreadable, SourceUnreachable
from bot.dossiers.status import DossierUpdate, FactorKind, Payment, State
from tests.support.local_http import Answered, Asked, Fault, LocalHttp

pytestmark = pytest.mark.anyio

SAMPLE = Path(__file__).parents[3] / "docs" / "dossier-source.sample.yaml"
CODE = "H17.15-261116-0012"
PATH = f"/api/ho-so/{CODE}"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SECRET = "khoa-cua-he-thong-tinh"  # noqa: S105 - of these tests
PATIENCE_SECONDS = 30.0
NEVER_TOLD = ("Thu Hằng", "0912345678", "001190009876", "Quốc Bảo", SECRET)


def a_dossier(**changes: Any) -> dict[str, Any]:
    return {
        "soHoSo": CODE,
        "thuTuc": {"ma": "1.004222", "ten": "Đăng ký thường trú"},
        "nguoiNop": {
            "hoTen": "Nguyễn Thị Thu Hằng",
            "dienThoai": "0912345678",
            "soDinhDanh": "001190009876",
        },
        "trangThai": "Đang thụ lý",
        "capNhatLuc": "18/11/2026 14:00",
        "ngayNhan": "16/11/2026 08:30",
        "ngayHen": "25/11/2026",
        "ngayTra": "",
        "coQuan": {"ten": "UBND phường Ngô Quyền"},
        "lePhi": [{"ten": "Lệ phí đăng ký cư trú", "soTien": 20000, "daNop": True}],
        "ketQua": None,
    } | changes


STEP = {
    "trangThai": "Đã tiếp nhận",
    "luc": "16/11/2026 08:45",
    "noiDung": "Trần Quốc Bảo đã gọi bà Nguyễn Thị Thu Hằng theo số 0912345678",
    "canBo": "Trần Quốc Bảo",
    "phongBan": "Bộ phận Một cửa",
}


class System:
    """The system of a province; tells `answer`."""

    def __init__(self) -> None:
        self.answer: Any = {
            "maLoi": 0,
            "duLieu": {"hoSo": a_dossier(), "lichSu": [STEP]},
        }
        self.http = LocalHttp(lambda _asked: Answered.json(self.answer))

    def tell(self, **changes: Any) -> None:
        self.answer["duLieu"]["hoSo"] = a_dossier(**changes)

    @property
    def asked(self) -> list[Asked]:
        return self.http.asked


@pytest.fixture
def system() -> Iterator[System]:
    system = System()
    with system.http:
        yield system


def a_plan(system: System, folder: Path, **changes: Any) -> RestFile:
    """The sample, pointed at the system here."""
    (folder / "khoa").write_text(f"{SECRET}\n", "ascii")
    sample = read_rest_file(SAMPLE)
    raw = SAMPLE.read_text("utf-8").replace("https://motcua.example.gov.vn", system.http.url)
    file = folder / "ho-so.yaml"
    file.write_text(raw.replace("/run/secrets/he-thong-mot-cua", str(folder / "khoa")), "utf-8")
    assert sample.url.endswith("/api/ho-so/{code}")
    return read_rest_file(file).model_copy(update=changes)


@asynccontextmanager
async def opened(plan: RestFile) -> AsyncIterator[RestSource]:
    reader = RowReader(lambda: NOW)
    source = RestSource(a_client(PATIENCE_SECONDS), plan, reader, PATIENCE_SECONDS)
    try:
        yield source
    finally:
        await source.close()


@pytest.fixture
async def source(system: System, tmp_path: Path) -> AsyncIterator[RestSource]:
    async with opened(a_plan(system, tmp_path)) as source:
        yield source


async def the_dossier(source: RestSource) -> DossierUpdate:
    return (await source.fetch(CODE))[0]


async def test_a_dossier_is_told_by_its_mapping(source: RestSource) -> None:
    told, step = await source.fetch(CODE)
    assert (told.state, step.state) == (State.PROCESSING, State.ACCEPTED)
    assert told.at == datetime(2026, 11, 18, 7, tzinfo=UTC)
    assert told.due_at == datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC)
    assert told.payments == (Payment("Lệ phí đăng ký cư trú", 20000, paid=True),)
    assert (told.unit, step.unit) == ("UBND phường Ngô Quyền", "Bộ phận Một cửa")


async def test_the_question_holds_the_code_and_the_secret_of_the_file(
    source: RestSource, system: System
) -> None:
    await source.fetch(CODE)
    (asked,) = system.asked
    assert (asked.method, asked.path) == ("GET", PATH)
    assert asked.headers["x-api-key"] == SECRET


async def test_personal_data_is_nowhere_in_what_is_returned_or_logged(
    source: RestSource, system: System, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.ERROR, logger="httpx")  # as `api.logs` has it: it tells addresses
    told, step = await source.fetch(CODE)
    system.tell(trangThai="Ở chỗ ông Trần Quốc Bảo")
    with pytest.raises(AnswerUnreadable) as unreadable:
        await source.fetch(CODE)
    shown = f"{told}{step}{told.factors}{unreadable.value!r}{unreadable.value.__context__!r}"
    logged = " ".join(one.getMessage() for one in caplog.records)
    assert CODE not in logged
    for piece in NEVER_TOLD:
        assert piece not in shown
        assert piece not in logged
    assert told.applicant == "N*** T*** T*** H***"
    assert told.factors == {FactorKind.PHONE: "5678", FactorKind.IDENTITY: "9876"}
    assert "đã gọi" in step.note


@pytest.mark.parametrize("nothing", [None, [], {}])
async def test_nothing_found_in_an_answer_that_went_well_is_no_dossier(
    source: RestSource, system: System, nothing: object
) -> None:
    system.answer = {"maLoi": 0, "duLieu": {"hoSo": nothing}}
    assert await source.fetch(CODE) == []


async def test_a_status_that_means_no_dossier_is_none(source: RestSource, system: System) -> None:
    system.http.fail(PATH, Fault(answer=Answered(b"<html>", 404)))
    assert await source.fetch(CODE) == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(answer=Answered(b"{}", 500)),
        Fault(answer=Answered(b"{}", 403)),
        Fault(answer=Answered(b"", 302, {"Location": "https://example.vn/"})),
        Fault(answer=Answered(b"<html>")),
        Fault(answer=Answered.json({"maLoi": 5, "duLieu": None})),
        Fault(answer=Answered.json([])),
        Fault(lost=True),
    ],
)
async def test_an_answer_that_went_wrong_is_never_no_dossier(
    source: RestSource, system: System, fault: Fault
) -> None:
    system.http.fail(PATH, fault)
    with pytest.raises(SourceUnreachable):
        await source.fetch(CODE)


@pytest.mark.parametrize("answer", [{}, {"loi": "bảo trì"}, {"duLieu": None}, [1], "x", None])
async def test_without_a_sign_of_success_null_is_never_no_dossier(
    system: System, tmp_path: Path, answer: object
) -> None:
    async with opened(a_plan(system, tmp_path, succeeded=None)) as source:
        system.answer = answer
        with pytest.raises(SourceUnreachable):
            await source.fetch(CODE)
        system.answer = {"duLieu": {"hoSo": []}}
        assert await source.fetch(CODE) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"soHoSo": "H17.15-261102-0345"},
        {"soHoSo": None},
        {"trangThai": "Đang bay"},
        {"trangThai": None},
        {"trangThai": {"ma": 4}},
        {"ngayNhan": "hôm qua"},
        {"ngayHen": 20261125},
        {"ngayHen": True},
        {"lePhi": [{"ten": "Lệ phí", "soTien": "rất nhiều 12x"}]},
        {"boSung": {"giayTo": 5}},
    ],
)
async def test_a_dossier_of_another_shape_is_an_answer_that_cannot_be_read(
    source: RestSource, system: System, changes: dict[str, Any]
) -> None:
    system.tell(**changes)
    with pytest.raises(AnswerUnreadable):
        await source.fetch(CODE)


@pytest.mark.parametrize("word", ["Đã có kết quả", "  đã CÓ  kết quả "])
async def test_their_words_for_states_are_known_however_they_are_written(
    source: RestSource, system: System, word: str
) -> None:
    system.tell(trangThai=word)
    assert (await the_dossier(source)).state is State.DONE


async def test_what_is_to_be_handed_in_is_told(source: RestSource, system: System) -> None:
    asked = {"noiDung": "Bổ sung giấy tờ chỗ ở", "giayTo": ["Sổ đỏ", "Hợp đồng thuê"]}
    system.tell(trangThai="Chờ bổ sung", boSung=asked | {"han": "30/11/2026"})
    supplement = (await the_dossier(source)).supplement
    assert supplement is not None
    assert supplement.papers == ("Sổ đỏ", "Hợp đồng thuê")
    assert f"{supplement.until}" == "2026-11-30"


async def test_a_body_holds_code_and_secrets_where_the_file_says(
    system: System, tmp_path: Path
) -> None:
    secret = {"file": str(tmp_path / "khoa")}
    body = {"ma": "{code}", "loc": [{"khoa": secret}, 5, "hồ sơ {code}"], "moi": True}
    url = f"{system.http.url}/hoi"
    plan = a_plan(system, tmp_path, url=url, method="POST", body=body)
    async with opened(plan) as source:
        assert await source.fetch(CODE)
    expected = {"ma": CODE, "loc": [{"khoa": SECRET}, 5, f"hồ sơ {CODE}"], "moi": True}
    assert system.asked[0].data == expected


async def test_secrets_that_cannot_be_read_are_told_all_at_once(
    system: System, tmp_path: Path
) -> None:
    plan = a_plan(system, tmp_path, method="POST", body={"k": {"file": "/khong/co/khoa"}})
    (tmp_path / "khoa").write_text("một khoá có dấu", "utf-8")
    with pytest.raises(SourceFileInvalid) as invalid:
        RestSource(a_client(1), plan, RowReader(lambda: NOW), 1)
    assert len(invalid.value.faults) == 2
    assert "có dấu" not in str(invalid.value).replace("không dấu", "")
