"""A province profile on the command line."""

from pathlib import Path

from knowledge.content import SHIPPED
from tests.api.commands.test_commands import motcua

SAMPLE = SHIPPED / "profiles" / "sample.yaml"


def with_profile(path: Path) -> dict[str, str]:
    return {"PROVINCE_PROFILE": str(path)}


def test_ask_tells_the_office_and_the_fee_of_the_profile(tmp_path: Path) -> None:
    asked = {
        "đăng ký kết hôn ở phường mẫu a nộp ở đâu": (
            "đường MẪU",
            "https://example.org/ban-do/mau-a",
            "không có thật",
        ),
        "đăng ký thường trú hết bao nhiêu tiền": ("11.111 đồng", "không có thật"),
    }
    for question, parts in asked.items():
        result = motcua("ask", question, folder=tmp_path, env=with_profile(SAMPLE))
        assert result.returncode == 0, result.stderr
        assert [part for part in parts if part not in result.stdout] == []


def test_the_sample_in_excel_is_written_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "tinh.xlsx"
    assert motcua("knowledge", "profile-sample", str(path), folder=tmp_path).returncode == 0
    question = "mấy giờ phường mẫu a làm việc"
    result = motcua("ask", question, folder=tmp_path, env=with_profile(path))
    assert "7:30–11:30" in result.stdout


def test_a_wrong_profile_stops_with_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "tinh.yaml"
    path.write_text("name: Tỉnh A\noffices: [{name: B}]\n", "utf-8")
    result = motcua("ask", "khai sinh", folder=tmp_path, env=with_profile(path))
    assert result.returncode != 0
    assert "tinh.yaml:2: Thiếu 'address'" in result.stderr
