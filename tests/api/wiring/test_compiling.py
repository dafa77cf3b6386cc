"""The program beside this one builds what it is given, whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path

from api.settings import PROJECT_FOLDER, load_settings
from api.wiring.compile_main import EXIT_CUT_OFF
from api.wiring.compiling import PROGRAM, Planned, compile_beside
from api.wiring.knowledge import Imported, build_library, is_compiled
from knowledge.codec import canonical
from knowledge.procedure import Procedure
from tests.support.builders import a_procedure
from tests.support.small_content import a_small_content


def no_records() -> dict[str, Procedure]:
    raise AssertionError("the library should have been compiled")


def test_what_was_built_beside_is_found_in_the_cache(tmp_path: Path) -> None:
    settings = load_settings(
        data_folder=tmp_path / "var", content_folder=a_small_content(tmp_path), database_url=""
    )
    one = a_procedure(code="9.000001", name="Việc chỉ có trong dữ liệu nhập")
    told: list[str] = []
    planned = Planned("abc", {one.code: canonical(one)})
    assert compile_beside(settings, (), told.append, planned)
    imported = Imported("abc", no_records)
    assert is_compiled(settings, (), imported)
    assert build_library(settings, (), imported, told.append).get(one.code) == one
    assert told == []


def test_records_that_were_cut_off_are_not_built(tmp_path: Path) -> None:
    settings = load_settings(
        data_folder=tmp_path / "var", content_folder=a_small_content(tmp_path), database_url=""
    )
    plain = settings.model_dump(mode="json")
    order = {"settings": plain, "exports": [], "digest": "abc", "records": 2}
    lines = f"{json.dumps(order)}\n{canonical(a_procedure())}\n"
    done = subprocess.run(
        [sys.executable, "-m", PROGRAM],
        input=lines.encode(),
        cwd=PROJECT_FOLDER,
        capture_output=True,
        check=False,
    )
    assert done.returncode == EXIT_CUT_OFF
    assert not is_compiled(settings, (), Imported("abc", no_records))
