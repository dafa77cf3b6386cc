"""Whatever the body of a batch is, it becomes rows or one of the documented problems."""

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.dossiers.bodies import read_object, read_rows
from api.errors import CannotStart
from api.problems import ProblemError
from api.wiring.dossiers.files import open_dossiers

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
_BODIES = st.binary(max_size=300) | _JSON.map(lambda value: json.dumps(value).encode())


@settings(deadline=None)
@given(body=_BODIES, as_lines=st.booleans())
@example(body=b"[" * 200_000, as_lines=False)
@example(body=b"[" * 200_000, as_lines=True)
@example(body=b'{"data": [' + b"9" * 5000 + b"]}", as_lines=False)
@example(body=b'{"DATA": null}', as_lines=False)
@example(body="\ufeff[{}]".encode(), as_lines=False)
def test_a_body_becomes_rows_or_a_problem(*, body: bytes, as_lines: bool) -> None:
    with suppress(ProblemError):
        rows = read_rows(body, as_lines=as_lines)
        assert rows
        assert all((row.record is None) == bool(row.fault) for row in rows)
    with suppress(ProblemError):
        record: Any = read_object(body)
        assert isinstance(record, dict)


_HEADS = "Mã hồ sơ;Trạng thái;Ngày hẹn trả\n"


@settings(deadline=None, max_examples=60)
@given(
    content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    with_heads=st.booleans(),
)
@example(content=b'"', with_heads=True)
@example(content=b"\r\r\n;;;;;\n\0", with_heads=True)
def test_a_file_becomes_rows_or_is_refused_in_words(*, content: bytes, with_heads: bool) -> None:
    with TemporaryDirectory() as folder:
        for name in ("a.csv", "a.jsonl", "a.json", "a.xlsx"):
            path = Path(folder) / name
            path.write_bytes(_HEADS.encode() * with_heads + content)
            with suppress(CannotStart):
                numbers = [row.number for row in open_dossiers(path).rows]
                assert numbers == sorted(set(numbers))
