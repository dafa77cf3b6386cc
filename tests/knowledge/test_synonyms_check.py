"""`check` finds synonyms that contradict each other, lead astray or are never found."""

from pathlib import Path

import pytest

from knowledge.errors import Fault
from knowledge.procedure import Procedure
from knowledge.sayings import Saying, Sayings
from knowledge.synonyms_check import check_entries
from knowledge.synonyms_file import Entry, read_entries
from tests.support.builders import a_procedure

FILE = "synonyms.yaml"


def told(
    *rows: tuple[str, str], records: tuple[Procedure, ...] = (), sayings: tuple[Sayings, ...] = ()
) -> list[str]:
    """Return the faults of entries (phrase, meaning), the first of them in line 1."""
    entries = [
        Entry(said, (means,) if means else (), line) for line, (said, means) in enumerate(rows, 1)
    ]
    return [str(fault) for fault in check_entries(entries, records, sayings, FILE)]


def called(code: str, *texts: str) -> Sayings:
    return Sayings(code, tuple(Saying(text, 3) for text in texts), "content/sayings/a.yaml", 2)


def test_entries_that_agree_have_no_fault() -> None:
    assert told(("sổ đỏ", "giấy chứng nhận"), ("[mất|rơi] ví", "cấp lại"), ("ạ", "")) == []


def test_phrases_that_are_alike_without_accents_are_told_with_both_lines() -> None:
    (fault,) = told(("sổ hồng", "giấy chứng nhận"), ("[sổ|thẻ] hỏng", "cấp đổi"))
    assert fault.startswith("synonyms.yaml:2: 'sổ hỏng' và 'sổ hồng' (dòng 1) gõ không dấu")


def test_phrases_that_are_alike_and_mean_the_same_are_fine() -> None:
    assert told(("sổ hồng", "giấy chứng nhận"), ("sổ hỏng", "giấy chứng nhận")) == []


def test_noise_that_takes_a_synonym_away_once_unaccented_is_told() -> None:
    (fault,) = told(("cắt khẩu", "xóa thường trú"), ("cát khâu", ""))
    assert "'cát khâu' và 'cắt khẩu' (dòng 1)" in fault


def test_single_words_are_apart_as_they_count_only_as_spelled() -> None:
    assert told(("mất", "cấp lại"), ("mát", "")) == []


def test_a_single_synonym_without_accents_that_is_another_word_is_told() -> None:
    (fault,) = told(("phai", "cấp đổi"), ("phải", ""))
    assert fault.startswith("synonyms.yaml:1: 'phai' và 'phải' (dòng 2)")
    assert told(("rơi", "cấp lại"), ("roi", "")) == []


def test_noise_that_is_a_synonym_too_is_told() -> None:
    (fault,) = told(("hộ khẩu", "thường trú"), ("[hộ khẩu|xã]", ""))
    assert "'hộ khẩu' vừa là từ đồng nghĩa vừa là từ thừa (noise), xem dòng 1" in fault


def test_what_is_alike_once_abbreviations_are_written_out_is_told() -> None:
    (fault,) = told(("hk", "hộ khẩu"), ("sổ hộ khẩu", "cư trú"), ("sổ hk", "học bạ"))
    assert fault == "synonyms.yaml:3: 'sổ hk' đã có nghĩa khác ở dòng 2. Giữ một chỗ."


@pytest.mark.parametrize("never", ["tờ khai ct.07", "giấy tờ, sổ sách"])
def test_a_phrase_that_punctuation_cuts_is_never_found(never: str) -> None:
    (fault,) = told((never, "xác nhận cư trú"))
    assert f"'{never}' không bao giờ được tìm thấy" in fault


def test_noise_that_a_denial_swallows_is_never_found_but_a_synonym_is() -> None:
    (fault,) = told(("không phải hỏi", ""))
    assert "không bao giờ được tìm thấy" in fault
    assert told(("không nhận thừa kế", "từ chối nhận di sản")) == []


def test_a_phrase_that_calls_a_procedure_must_lead_there() -> None:
    record = a_procedure("Kiểm định khí thải xe mô tô", code="1.000001")
    sayings = (called("1.000001", "đăng kiểm xe máy"),)
    wrong = ("đăng kiểm [xe máy|ô tô]", "cấp chứng nhận cải tạo ô tô con")
    (fault,) = told(wrong, records=(record, a_procedure("Cải tạo ô tô")), sayings=sayings)
    assert "'đăng kiểm xe máy' là cách gọi của 1.000001 (content/sayings/a.yaml)" in fault
    right = ("đăng kiểm [xe máy|ô tô]", "kiểm định khí thải")
    assert told(right, records=(record,), sayings=sayings) == []
    assert told(wrong, sayings=sayings) == []  # no record at hand: nothing to judge by


def test_a_meaning_that_no_record_knows_is_told_with_its_line() -> None:
    rows = (("sổ đỏ", "giấy chứng nhận"), ("bay lên trời", "zzz"))
    (fault,) = told(*rows, records=(a_procedure("Cấp giấy chứng nhận"),))
    expected = "'bay lên trời' dẫn tới 'zzz', không thủ tục nào có. Sửa."
    assert fault == str(Fault(FILE, 2, expected))


def test_entries_are_read_with_the_line_of_each(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        "synonyms:\n  - say: [sổ đỏ,\n          bìa đỏ]\n    means: [giấy chứng nhận]\n"
        "noise:\n  - bao nhiêu tiền\ntelling: [lại]\nlight: [giấy]\n",
        encoding="utf-8",
    )
    _, entries, faults = read_entries(path)
    assert faults == ()
    assert entries == (
        Entry("sổ đỏ", ("giấy chứng nhận",), 2),
        Entry("bìa đỏ", ("giấy chứng nhận",), 3),
        Entry("bao nhiêu tiền", (), 6),
    )
