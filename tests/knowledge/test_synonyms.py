"""People's words and the official words that stand for them."""

from pathlib import Path

import pytest

from knowledge.errors import ContentFaulty
from knowledge.synonyms import Phrases, Synonym, Vocabulary, expand
from knowledge.synonyms_file import load_vocabulary, read_vocabulary
from knowledge.terms import split

GOOD = """\
synonyms:
  - {say: [sổ đỏ, "[bìa|thẻ] đỏ"], means: [giấy chứng nhận quyền sử dụng đất]}
noise: [bao nhiêu tiền]
telling: [lại]
light: [giấy]
"""


def found(phrases: Phrases, text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in phrases.find(split(text))]


def faults(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "synonyms.yaml"
    file.write_text(text, encoding="utf-8")
    return [str(fault) for fault in read_vocabulary(file)[1]]


def test_a_pattern_stands_for_all_its_choices() -> None:
    assert expand("[làm|xin] [giấy|] khai sinh") == (
        "làm giấy khai sinh",
        "làm khai sinh",
        "xin giấy khai sinh",
        "xin khai sinh",
    )


def test_the_longest_phrase_wins_and_phrases_never_overlap() -> None:
    phrases = Phrases([("hộ khẩu", ("cư trú",)), ("xóa hộ khẩu", ("xóa thường trú",))])
    assert found(phrases, "muốn xoá hộ khẩu") == [(1, 4)]


def test_accents_must_agree_where_they_were_typed() -> None:
    phrases = Phrases([("sổ đỏ", ("giấy chứng nhận",))])
    assert found(phrases, "sổ đỏ") == found(phrases, "so do") == [(0, 2)]
    assert found(phrases, "sơ đồ") == []


def test_one_syllable_without_its_accents_could_be_any_word() -> None:
    phrases = Phrases([("mất", ("cấp lại",)), ("cccd", ("căn cước",))])
    assert found(phrases, "mất") == [(0, 1)]
    assert found(phrases, "mat") == []
    assert found(phrases, "CCCD") == [(0, 1)]


def test_noise_is_a_phrase_that_means_nothing() -> None:
    words = Vocabulary((Synonym("sổ đỏ", ("giấy chứng nhận",)),), noise=("bao nhiêu tiền",))
    phrases = words.phrases().find(split("sổ đỏ bao nhiêu tiền"))
    assert [one.means for one in phrases] == [("giấy chứng nhận",), ()]


def test_what_ships_has_no_fault_and_is_not_empty() -> None:
    vocabulary = load_vocabulary()
    assert len(vocabulary.synonyms) > 100
    assert vocabulary.noise
    assert vocabulary.telling
    assert vocabulary.light


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []
    vocabulary = load_vocabulary(tmp_path / "synonyms.yaml")
    assert vocabulary.synonyms[1] == Synonym("[bìa|thẻ] đỏ", ("giấy chứng nhận quyền sử dụng đất",))
    assert (vocabulary.noise, vocabulary.telling) == (("bao nhiêu tiền",), ("lại",))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("noise: [bao nhiêu tiền]", "", "synonyms.yaml:1: Thiếu khoá 'noise'."),
        ("light:", "ligth:", "synonyms.yaml:1: Không có khoá 'ligth'"),
        ("noise:", "  - {say: [bìa đỏ], means: [b]}\nnoise:", "yaml:3: 'bìa đỏ' đã có ở dòng 2."),
        ("means: [", "means: [sổ đỏ, ", "'sổ đỏ' nghĩa là chính nó"),
        ("[bìa|thẻ] đỏ", "[bìa|thẻ đỏ", "synonyms.yaml:2: '[bìa|thẻ đỏ': thiếu dấu ngoặc"),
        ("[giấy]", "giấy", "synonyms.yaml:5: 'light' phải là một danh sách"),
        ("[lại]", '[""]', "synonyms.yaml:4: Mỗi mục của 'telling' là một cụm từ"),
        ("synonyms:", "synonyms: [", "Không đọc được tệp"),
        (GOOD, "", "Tệp trống"),
        (GOOD, "- a", "synonyms.yaml:1: Ở đây cần các khoá"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in GOOD
    told = faults(tmp_path, GOOD.replace(before, after))
    assert any(fault in one for one in told), told
    with pytest.raises(ContentFaulty):
        load_vocabulary(tmp_path / "synonyms.yaml")


def test_a_missing_file_is_told_in_vietnamese(tmp_path: Path) -> None:
    _, missing = read_vocabulary(tmp_path / "khong-co.yaml")
    assert [fault.message for fault in missing] == [
        "Không mở được tệp (không có tệp hay thư mục này). Kiểm tra tên và quyền đọc."
    ]
