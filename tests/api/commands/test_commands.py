"""The command line as people run it: a process, its output, its exit status."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
NO_MODEL = {"MODEL_FOLDER": "/khong/co"}


def motcua(
    *arguments: str, folder: Path, given: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run it in a folder that is not the project's, in a locale that knows no Vietnamese."""
    variables = {"PATH": os.environ["PATH"], "LC_ALL": "C", "DATA_FOLDER": str(folder / "var")}  # noqa: TID251
    result = subprocess.run(
        [str(Path(sys.executable).parent / "motcua"), *arguments],
        input=given,
        capture_output=True,
        check=False,
        cwd=folder,
        env=variables | (env or {}),
        timeout=120,
    )
    out, err = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err
    return subprocess.CompletedProcess(arguments, result.returncode, out, err)


def understood(lines: Sequence[bytes], folder: Path) -> list[dict[str, Any]]:
    result = motcua("understand", folder=folder, given=b"\n".join(lines))
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(**parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=False).encode()


def test_ask_answers_with_code_decision_and_link(tmp_path: Path) -> None:
    result = motcua("ask", "làm giấy khai sinh cho con cần giấy tờ gì", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "1.001193" in result.stdout
    assert "https://dichvucong.gov.vn/" in result.stdout


@pytest.mark.parametrize("question", ["", "🙂🙂", "a" * 50_000])
def test_ask_tells_when_there_is_nothing_to_read(tmp_path: Path, question: str) -> None:
    result = motcua("ask", question, folder=tmp_path)
    assert result.returncode == 1
    assert result.stdout.strip()


def test_chat_keeps_the_topic_from_line_to_line(tmp_path: Path) -> None:
    given = "đăng ký thường trú cần gì\nthế phí bao nhiêu\nthoát\nkhông đọc nữa\n".encode()
    result = motcua("chat", folder=tmp_path, given=given)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("1.004222") == 2


def test_understand_answers_line_by_line_in_order(tmp_path: Path) -> None:
    answers = understood(
        [
            line(id="1", text="đăng ký thường trú cần gì", conversation="a"),
            line(id=2, text="xin chào", conversation=None),
            line(id="3", text="thế phí bao nhiêu", conversation="a"),
            line(id="4", text="thế phí bao nhiêu", conversation=None),
        ],
        tmp_path,
    )
    assert [answer["id"] for answer in answers] == ["1", 2, "3", "4"]
    keys = ["id", "intent", "confidence", "asked", "procedure", "candidates", "outcome"]
    keys += ["dossier_code", "reply"]
    assert all(list(answer) == keys for answer in answers)
    assert answers[0]["procedure"] == answers[2]["procedure"] == "1.004222"
    assert answers[2]["asked"] == ["fee"]
    assert answers[1]["intent"] == "greet"
    assert answers[3]["procedure"] is None
    assert all(len(answer["candidates"]) <= 10 for answer in answers)


def test_understand_tells_the_fields_that_a_message_carries_over(tmp_path: Path) -> None:
    answers = understood(
        [
            line(id="1", text="đăng ký thường trú hết bao nhiêu tiền", conversation="a"),
            line(id="2", text="thế còn xoá thường trú?", conversation="a"),
            line(id="3", text="cảm ơn nhé", conversation="a"),
        ],
        tmp_path,
    )
    assert [answer["asked"] for answer in answers] == [["fee"], ["fee"], []]


def test_understand_tells_a_bad_line_and_goes_on(tmp_path: Path) -> None:
    answers = understood(
        [
            b'{"id": "1", ',
            b"\xff\xfe",
            line(id="3", text=5, conversation=None),
            line(id="4", text="xin chào", conversation=4),
            b"[]",
            b'{"id": "6", "text": "xin ch\\ud800\\u00e0o", "conversation": null}',
        ],
        tmp_path,
    )
    assert [answer["id"] for answer in answers] == [None, None, "3", "4", None, "6"]
    assert all(answer["error"] for answer in answers[:5])
    assert answers[5]["reply"]


def test_understand_finds_a_dossier_code_in_one_spelling(tmp_path: Path) -> None:
    text = "hồ sơ h17.15-250710-0012 của tôi đến đâu rồi"
    (answer,) = understood([line(id="1", text=text, conversation=None)], tmp_path)
    assert answer["dossier_code"] == "H17.15-250710-0012"


def test_understand_tells_what_is_wanted_of_a_dossier(tmp_path: Path) -> None:
    texts = ("hồ sơ của tôi đến đâu rồi", "sao hồ sơ của tôi lâu thế", "quên mã hồ sơ")
    given = [line(id=text, text=text, conversation=None) for text in texts]
    answers = understood(given, tmp_path)
    wanted = ["check_dossier", "dossier_late", "forgot_dossier_code"]
    assert [answer["intent"] for answer in answers] == wanted
    assert {answer["outcome"] for answer in answers} == {"clarify_which_dossier"}


def test_understand_asks_back_for_a_mistyped_dossier_code(tmp_path: Path) -> None:
    text = "hồ sơ h17.15-25O710-0012 của tôi đến đâu rồi"
    (answer,) = understood([line(id="1", text=text, conversation=None)], tmp_path)
    assert answer["dossier_code"] is None
    assert answer["outcome"] == "clarify_dossier_code"


@pytest.mark.parametrize("text", ["", '/greet{"x":1}', "<b>khai sinh</b>", "a" * 50_000])
def test_understand_survives_odd_texts(tmp_path: Path, text: str) -> None:
    (answer,) = understood([line(id="1", text=text, conversation=None)], tmp_path)
    assert answer["reply"]


@pytest.mark.parametrize(
    ("arguments", "env", "told"),
    [
        (("ask", "xin chào"), NO_MODEL, "MODEL_FOLDER"),
        (("ask", "xin chào"), {"CONTENT_FOLDER": "/khong/co"}, "/khong/co"),
        (("ask", "xin chào", "--knowledge", "khong-co.jsonl"), {}, "khong-co.jsonl"),
        (("serve",), {"PORT": "tám nghìn"}, "PORT=8000"),
        (("serve",), NO_MODEL | {"PORT": "18231"}, "MODEL_FOLDER"),
        (("serve",), {"DATA_FOLDER": "/proc/khong-ghi-duoc"}, "DATA_FOLDER"),
        (("serve",), {"HOST": "203.0.113.1"}, "HOST"),
        (("knowledge", "import", "khong-co.jsonl"), {}, "khong-co.jsonl"),
        (("ask", "xin chào"), {"PROVINCE_PROFILE": "/khong/co.yaml"}, "co.yaml"),
    ],
)
def test_what_cannot_start_is_told_in_words(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str], told: str
) -> None:
    result = motcua(*arguments, folder=tmp_path, env=env)
    assert result.returncode == 1
    assert told in result.stderr
    assert result.stderr.startswith("Lỗi: ")


def test_a_damaged_model_is_told(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for file in (ROOT / "nlu" / "model").iterdir():
        (model / file.name).write_bytes(file.read_bytes()[:-20])
    result = motcua("ask", "xin chào", folder=tmp_path, env={"MODEL_FOLDER": str(model)})
    assert result.returncode == 1
    assert "bị hỏng" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("hoi",), "Không có lệnh"),
        (("ask", "--la"), "Không có tuỳ chọn"),
        (("ask",), "Thiếu"),
        (("serve", "--port", "x"), "phải là số nguyên"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = motcua(*arguments, folder=tmp_path)
    assert result.returncode == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("serve",), ("ask",), ("chat",), ("understand",), ("knowledge", "import")]
)
def test_help_is_vietnamese(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = motcua(*arguments, "--help", folder=tmp_path)
    assert result.returncode == 0
    assert "Cách dùng:" in result.stdout
    for english in ("Usage", "Options", "Commands", "Show this", "required"):
        assert english not in result.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"{Path(sys.executable).parent / 'motcua'} knowledge export | head -c 100 > /dev/null"
    env = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path)}  # noqa: TID251
    result = subprocess.run(
        ["/bin/sh", "-c", script],
        env=env, capture_output=True, check=False, cwd=tmp_path, timeout=120,
    )  # fmt: skip
    assert result.stderr == b""


def test_importing_twice_changes_nothing_and_a_damaged_line_is_told(
    tmp_path: Path, national_data: Path
) -> None:
    source = (national_data / "procedures_social_supplement.jsonl").read_text("utf-8")
    records = source.strip().splitlines()
    export = tmp_path / "xuất.jsonl"
    export.write_text("\n".join([records[0], "{hỏng", *records[1:]]), "utf-8")
    first = motcua("knowledge", "import", export.name, folder=tmp_path)
    again = motcua("knowledge", "import", export.name, folder=tmp_path)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "dòng 2" in first.stdout
    assert f"mới {len(records)}" in first.stdout
    assert "Không có gì thay đổi" in again.stdout
    assert "Thủ tục:" in motcua("knowledge", "stats", folder=tmp_path).stdout
    told = json.loads(motcua("knowledge", "stats", "--json", folder=tmp_path).stdout)
    assert told["procedures"] == sum(one["total"] for one in told["coverage"])


def test_check_and_export_work_on_the_content_that_ships(tmp_path: Path) -> None:
    assert motcua("knowledge", "check", folder=tmp_path).stdout == "Không có lỗi nào.\n"
    assert motcua("knowledge", "export", "--output", "ra.jsonl", folder=tmp_path).returncode == 0
    lines = (tmp_path / "ra.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= 60
    assert all(json.loads(line)["code"] for line in lines)


def test_a_question_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = motcua("ask", "khai sinh lệ phí", folder=tmp_path, env=env)
    assert result.returncode == 0, result.stderr
    assert "Lệ phí" in result.stdout
    assert "1.001193" in result.stdout


def test_nan_is_no_json(tmp_path: Path) -> None:
    (answer,) = understood([b'{"id": NaN, "text": "xin ch\xc3\xa0o"}'], tmp_path)
    assert answer["id"] is None
    assert "JSON" in answer["error"]


@pytest.mark.parametrize("as_of", ["hôm qua", "2026-13", "2026-7", "20260715"])
def test_an_impossible_date_of_the_data_is_refused(tmp_path: Path, as_of: str) -> None:
    result = motcua("knowledge", "import", "--as-of", as_of, "khong-can.jsonl", folder=tmp_path)
    assert result.returncode == 1
    assert "--as-of" in result.stderr


def test_an_export_that_cannot_be_written_leaves_nothing_and_names_the_file(
    tmp_path: Path,
) -> None:
    result = motcua("knowledge", "export", "--output", str(tmp_path), folder=tmp_path)
    assert result.returncode == 1
    assert f"{tmp_path} (" in result.stderr
    assert not [file.name for file in tmp_path.parent.glob(".*.part")]


def test_ctrl_c_ends_the_server_without_a_word_of_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    variables = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path), "PORT": port}  # noqa: TID251
    program = str(Path(sys.executable).parent / "motcua")
    with subprocess.Popen([program, "serve"], stderr=subprocess.PIPE, env=variables) as server:
        assert server.stderr is not None
        ready = next(line for line in server.stderr if b'"ready"' in line)
        with urllib.request.urlopen(f"http://localhost:{port}/readyz") as response:
            assert response.status == 200
        server.send_signal(signal.SIGINT)
        told = server.stderr.read().decode()
    assert b"ready" in ready
    assert "Traceback" not in told
    assert server.returncode == 0
