"""People's words and the official words that stand for them."""

from pathlib import Path

import pytest

from knowledge.errors import ContentFaulty
from knowledge.question import Reader
from knowledge.ranking import RANKING
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
    phrases = Phrases([("mất", ("cấp lại",)), ("thì", ()), ("cccd", ("căn cước", "thẻ"))])
    assert found(phrases, "mất") == found(phrases, "thì") == [(0, 1)]
    assert found(phrases, "mat") == found(phrases, "thi") == []
    assert found(phrases, "CCCD") == [(0, 1)]


def test_a_word_that_is_no_syllable_without_its_accents_matches_however_it_is_typed() -> None:
    phrases = Phrases([("đc", ()), ("đưoc", ())])
    assert found(phrases, "đc") == found(phrases, "dc") == [(0, 1)]
    assert found(phrases, "duoc") == []


def test_an_abbreviation_is_written_out_and_is_part_of_longer_phrases() -> None:
    phrases = Phrases([("đk", ("đăng ký",)), ("đăng ký xe", ("cấp biển số",))])
    for typed in ("đk xe", "dk xe", "ĐK xe"):
        full = phrases.written_out(split(typed))
        assert full == split("đăng ký xe")
        assert [one.means for one in phrases.find(full)] == [("cấp biển số",)]


def test_a_phrase_may_hold_an_abbreviation_itself() -> None:
    phrases = Phrases([("nn", ("nước ngoài",)), ("đất nn", ("đất nông nghiệp",))])
    full = phrases.written_out(split("đất nn"))
    assert [one.means for one in phrases.find(full)] == [("đất nông nghiệp",)]


def test_abbreviations_that_differ_by_an_accent_stay_apart() -> None:
    phrases = Phrases([("sđ", ("sổ đỏ",)), ("sd", ("sử dụng",))])
    assert phrases.written_out(split("sđ sd")) == split("sổ đỏ sử dụng")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dk ks cho bé", "đăng ký khai sinh cho bé"),
        ("mat gplx", "mat giấy phép lái xe"),
        ("đổi cmnd sang cccd", "đổi chứng minh nhân dân sang căn cước công dân"),
        ("cty cp", "công ty cổ phần"),
        ("gcn qsdd", "giấy chứng nhận quyền sử dụng đất"),
        ("vk e ms sinh", "vợ e mới sinh"),
        ("làm pasport đi nn", "làm hộ chiếu đi nước ngoài"),
        ("bán hàng ở chợ", "bán hàng ở chợ"),
    ],
)
def test_what_ships_writes_out_what_people_type(typed: str, meant: str) -> None:
    assert load_vocabulary().phrases().written_out(split(typed)) == split(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "cần giấy tờ chi rứa",
        "nộp ở mô rứa",
        "mần răng chừ",
        "bao lăm tiền rứa nì",
        "e k bik lsao z ạ",
        "mún bnhiu tiền j zậy",
        "hông bít khi mô xong hen",
        "nop o dau z",
        "phải làm sao hén",
    ],
)
def test_what_says_nothing_of_the_topic_is_noise_in_every_spelling(typed: str) -> None:
    words = split(typed)
    phrases = load_vocabulary().phrases()
    silent = {
        at for one in phrases.find(words) if not one.means for at in range(one.start, one.end)
    }
    left = [word.accented for at, word in enumerate(words) if at not in silent]
    assert left == []


@pytest.mark.parametrize("typed", ["thi", "ban", "dang", "the", "con", "mo", "vay", "dat"])
def test_a_word_of_a_topic_without_its_accents_is_no_noise(typed: str) -> None:
    assert load_vocabulary().phrases().find(split(typed)) == ()


def test_an_abbreviation_still_finds_a_saying_that_holds_it() -> None:
    phrases = Phrases([("nn", ("nước ngoài",))])
    question = Reader(phrases, {"nn", "nuoc", "ngoai", "vo"}, RANKING).read("vợ nn")
    assert {term.bare for term in question.terms} >= {"nuoc ngoai", "vo nuoc"}
    assert {term.bare for term in question.plain} == {"vo", "nn", "vo nn"}


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
