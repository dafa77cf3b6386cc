"""Everything that people wrote and that says a changed value is listed, with file and line."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.changes import Change, changes_of
from knowledge.dependants import Kind, Text, dependants, touched_entries
from knowledge.faq import Faq, FaqSource
from knowledge.watched import watched_texts
from tests.support.builders import a_fee, a_method, a_procedure

ROOT = Path(__file__).parents[2]
FEE = Change("1.004222", "fee", "nộp trực tiếp", ("20.000 đồng",), ("25.000 đồng",))
TIME = Change("1.004222", "time", "nộp trực tiếp", ("7 ngày làm việc",), ("5 ngày làm việc",))
PAPERS = Change("1.004222", "documents", "", ("Sổ hộ khẩu (1 bản chính)",), ())


def a_text(kind: Kind, *lines: str, stem: str = "tep") -> Text:
    return Text(kind, f"content/{stem}.yaml", stem, lines)


def lines_found(change: Change, *texts: Text) -> list[int]:
    return [one.line for one in dependants([change], texts)]


def test_a_line_of_the_same_procedure_that_says_the_old_value_is_listed() -> None:
    ours = a_text(Kind.PROCEDURE, "code: 1.004222", "summary: Phí 20.000 đồng.", stem="1.004222")
    other = a_text(Kind.PROCEDURE, "summary: Phí 20.000 đồng.", stem="1.001193")
    (found,) = dependants([FEE], [ours, other])
    assert (found.file, found.line, found.value) == ("content/1.004222.yaml", 2, "20000")
    assert found.message().startswith("content/1.004222.yaml:2: bản biên soạn")


@pytest.mark.parametrize(
    "line", ["nộp hai mươi nghìn, tức 20 nghìn đồng", "Phí: 20.000đ", "20000 đồng"]
)
def test_a_sum_is_found_however_it_is_written(line: str) -> None:
    assert lines_found(FEE, a_text(Kind.FAQ, "procedures: ['1.004222']", line)) == [2]


def test_a_small_number_counts_before_a_unit_only() -> None:
    lines = ("1.004222", "chờ bảy ngày", "bước 7", "trong 7 ngày", "mẫu số 7")
    assert lines_found(TIME, a_text(Kind.FAQ, *lines)) == [2, 4]


def test_in_a_file_of_many_entries_only_those_of_the_code_count() -> None:
    sayings = a_text(
        Kind.SAYING,
        '"1.004222":',
        "  say: [nhập hộ khẩu, nộp sổ hộ khẩu]",
        '"1.001193":',
        "  say: [trả sổ hộ khẩu]",
    )
    assert lines_found(PAPERS, sayings) == [2]


def test_a_golden_answer_to_the_field_is_listed_whatever_it_says() -> None:
    golden = a_text(
        Kind.GOLDEN,
        "- name: Một",
        '    expect: {outcome: answered_fee, procedure: "1.004222"}',
        '    expect: {outcome: answered_time, procedure: "1.004222"}',
        "- name: Hai",
        '    expect: {outcome: answered_fee, procedure: "1.001193"}',
    )
    assert lines_found(FEE, golden) == [2]


def test_a_form_is_listed_when_its_papers_change() -> None:
    form = a_text(Kind.TABLE, "questions: []", stem="1.004222")
    assert lines_found(PAPERS, form) == [1]
    assert lines_found(FEE, form) == []


def test_a_phrase_is_listed_for_a_sum_or_a_legal_number_only() -> None:
    phrases = a_text(Kind.PHRASE, "one: mất 7 ngày", "two: hết 20.000 đồng")
    assert lines_found(FEE, phrases) == [2]
    assert lines_found(TIME, phrases) == []


def an_entry(field: str, *says: str, code: str = "1.004222") -> Faq:
    source = FaqSource(code=code, field=field, says=says)
    return Faq(key="muc-phi", topic="phi", question="?", label="?", sources=(source,))


@pytest.mark.parametrize(
    ("entry", "change", "touched"),
    [
        (an_entry("fee", "20.000 đồng"), FEE, True),
        (an_entry("fee", "7.000 đồng"), FEE, False),
        (an_entry("fee"), FEE, True),
        (an_entry("fee"), replace(FEE, new=("20.000 đồng mỗi lần",)), False),
        (an_entry("time"), FEE, False),
        (an_entry("methods", "20.000 đồng"), FEE, True),
        (an_entry("overview", "7 ngày"), TIME, True),
        (an_entry("fee", "20.000 đồng", code="1.001193"), FEE, False),
    ],
)
def test_a_general_question_depends_on_what_its_source_names(
    entry: Faq, change: Change, *, touched: bool
) -> None:
    assert bool(list(touched_entries([change], [entry]))) is touched


def test_the_content_that_ships_is_read_with_all_its_kinds() -> None:
    texts = list(
        watched_texts(
            ROOT / "knowledge" / "content",
            ROOT / "bot" / "phrases",
            [ROOT / "tests" / "conversations"],
        )
    )
    assert {text.kind for text in texts} >= {
        Kind.PROCEDURE, Kind.FAQ, Kind.TABLE, Kind.GUIDE, Kind.SAYING, Kind.SIBLING, Kind.PHRASE,
        Kind.GOLDEN,
    }  # fmt: skip
    assert any(text.file == "content/procedures/cu-tru/1.004222.yaml" for text in texts)
    assert any(text.file == "tests/conversations/cases.yaml" for text in texts)


def test_a_real_change_finds_the_golden_conversations_that_tell_it() -> None:
    before = a_procedure(methods=(a_method(fee=a_fee(20_000)),))
    after = a_procedure(methods=(a_method(fee=a_fee(25_000)),))
    goldens = watched_texts(ROOT / "no-content", goldens=[ROOT / "tests" / "conversations"])
    found = dependants(changes_of(before, after), goldens)
    assert any("20.000 đồng" in one.text or "20000" in one.value for one in found)
