"""No file over 300 lines, no function over 40: what is longer is two things."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE_LINES = 300
FUNCTION_LINES = 40


def source_files(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    found = [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]
    assert found, f"no files end with {endings}"
    return found


def test_no_source_file_is_longer_than_300_lines() -> None:
    lengths = {
        file.relative_to(ROOT): len(file.read_text("utf-8").splitlines())
        for file in source_files(".py", ".js", ".css", ".html")
    }
    assert {file: lines for file, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {}
    for file in source_files(".py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"] = lines
    assert long == {}
