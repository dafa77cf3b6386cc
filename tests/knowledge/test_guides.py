"""Guides of filing: reading them, putting single ones among the common steps, keeping them."""

import json
from pathlib import Path

import pytest

from knowledge.errors import ContentFaulty
from knowledge.guides import Guides, Need
from knowledge.guides_codec import decode_guides, encode_guides
from knowledge.guides_way import is_full, way_for, ways_of
from knowledge.guides_yaml import load_guides, read_guides
from knowledge.library import Library
from knowledge.procedure import FilingChannel, OnlineLevel, OnlineStatement
from knowledge.tables import Condition, Option
from tests.knowledge.guide_files import COMMON, OWN, TROUBLES, guides_in
from tests.support.builders import a_procedure

ONLINE, COUNTER, POST = FilingChannel


def test_a_guide_stands_among_the_common_steps(tmp_path: Path) -> None:
    guide = load_guides(guides_in(tmp_path)).of("1.001193")

    assert [one.key for one in guide.steps] == ["khai", "ky", "xac-minh", "nop-quay"]
    assert guide.steps[0].text == "Điền tờ khai cho bé: {forms}."
    assert (guide.steps[0].title, guide.steps[0].troubles) == ("Điền tờ khai", ("cong-loi",))
    assert guide.steps[2].condition == Condition(((("chung-sinh", ("khong",)),),))
    assert (guide.needs, guide.written) == (frozenset({Need.SIGN}), True)
    assert guide.closed[0].condition.holds({"lam-chung": "khong"})
    assert guide.scans[0].how == "Chụp cả hai mặt."


def test_who_has_no_guide_follows_the_common_one(tmp_path: Path) -> None:
    guide = load_guides(guides_in(tmp_path)).of("1.004222")

    assert [one.key for one in guide.steps] == ["khai", "nop", "nop-quay"]
    assert guide.written is False
    assert guide.way_labels["truc tuyen"] is ONLINE


@pytest.mark.parametrize("missing", ["folder", "files"])
def test_content_without_guides_guides_nobody_and_breaks_nothing(
    tmp_path: Path, missing: str
) -> None:
    content = guides_in(tmp_path, common="", troubles="", own="")
    if missing == "files":
        (content / "guides").mkdir()
    assert load_guides(content) == Guides()
    assert Library.of([a_procedure()]).guide("1.004222").steps == ()


def test_a_step_without_a_place_named_stands_first(tmp_path: Path) -> None:
    content = guides_in(tmp_path, own=OWN.replace("    after: khai\n", ""))
    assert load_guides(content).of("1.001193").steps[0].key == "ky"


def test_a_step_may_follow_one_that_is_left_out(tmp_path: Path) -> None:
    content = guides_in(tmp_path, own=OWN.replace("after: khai", "after: nop"))
    keys = [one.key for one in load_guides(content).of("1.001193").steps]
    assert keys == ["khai", "ky", "xac-minh", "nop-quay"]


LONG = "từ " * 61

FAULTS = [
    ("code: \"1.001193\"", "code: \"1.001194\"", "khác tên tệp"),
    ("step: khai", "step: khong-co", "Không có bước chung 'khong-co'"),
    ("leave_out: [nop]", "leave_out: [nop, la]", "Không có bước chung 'la'"),
    ("after: khai", "after: la", "'after' ghi 'la'"),
    ("after: khai", "after: xac-minh", "tạo thành vòng"),
    ("after: khai", "after: ky", "tạo thành vòng"),
    ("key: ky", "key: khai", "Khoá 'khai' đã có"),
    ("key: ky", "key: Ký số", "chỉ được gồm chữ thường"),
    ("key: xac-minh", "key: ky", "Khoá 'ky' đã có"),
    ("Ký trên điện thoại.", LONG, "dài 61 từ, tối đa 60"),
    ("Ký trên điện thoại.", "Một. Hai. Ba. Bốn. Năm.", "hơn bốn câu"),
    ("Ký trên điện thoại.", "Trả {tien}.", "Không có chỗ trống '{tien}'"),
    ("title: Ký tờ khai", f"title: {'Ký ' * 25}", "tối đa 60"),
    ("ways: [online]\n    needs", "needs", "Thiếu cách nộp"),
    ("ways: [online]\n", "ways: [mang]\n", "không nhận 'mang'"),
    ("needs: [sign]", "needs: [ky]", "không nhận 'ky'"),
    ("troubles: [cong-loi]", "troubles: [la]", "Không có chỗ vướng 'la'"),
    ("sign: true", "sign: có", "phải là true hoặc false"),
    ("sign: true", "signs: true", "Không có khoá 'signs'"),
    ("{if: {lam-chung: khong}, why", "{why", "Thiếu 'if'"),
    ("Không có người làm chứng thì nộp tại quầy.", "từ " * 41, "tối đa 40"),
    ("Chụp cả hai mặt.", "từ " * 31, "tối đa 30"),
    (', text: "Điền tờ khai cho bé: {forms}.", troubles: [cong-loi]', "", "Chưa nói khác gì"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "told"), FAULTS)
def test_a_fault_of_a_guide_is_told_with_its_place(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in OWN
    _, faults = read_guides(guides_in(tmp_path, own=OWN.replace(right, wrong, 1)))

    assert [one for one in faults if told in one.message], faults
    assert {one.file for one in faults} == {"content/guides/ho-tich/1.001193.yaml"}
    assert all(one.line > 0 for one in faults)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    content = guides_in(
        tmp_path,
        COMMON.replace("from: [to-khai-lay-o-dau]", "", 1).replace("Bưu điện]", "Tại quầy]"),
        TROUBLES.replace("key: cong-loi", "key: tep-lon") + "    signs: [file nang]\n",
        OWN.replace("step: khai", "step: la"),
    )
    (content / "guides" / "la.yaml").write_text("a: b", "utf-8")

    with pytest.raises(ContentFaulty) as raised:
        load_guides(content)

    told = str(raised.value)
    for part in (
        "Thiếu 'from'",
        "Nhãn 'Tại quầy' đã thuộc cách nộp khác",
        "Khoá 'tep-lon' đã có",
        "Không có bước chung 'la'",
        "guides/<lĩnh vực>/<mã>.yaml",
    ):
        assert part in told


def test_a_sign_belongs_to_one_trouble_with_and_without_accents(tmp_path: Path) -> None:
    troubles = TROUBLES + "    signs: [FILE NANG]\n"
    _, faults = read_guides(guides_in(tmp_path, troubles=troubles))
    assert [one.message for one in faults] == [
        "'FILE NANG' đã thuộc chỗ vướng 'tep-lon'. Giữ một chỗ."
    ]


def test_own_guides_without_the_common_one_are_a_fault(tmp_path: Path) -> None:
    own = 'code: "1.001193"\nsteps: [{key: a, title: A, text: A, ways: [online]}]\n'
    _, faults = read_guides(guides_in(tmp_path, common="", own=own))
    assert [one.file for one in faults] == ["content/guides/chung.yaml"]


def test_a_code_has_one_guide(tmp_path: Path) -> None:
    content = guides_in(tmp_path)
    (content / "guides" / "khac").mkdir()
    (content / "guides" / "khac" / "1.001193.yaml").write_text(OWN, "utf-8")
    _, faults = read_guides(content)
    assert ["đã có hướng dẫn ở" in one.message for one in faults] == [True]


def test_guides_come_back_from_the_compiled_form_as_they_were(tmp_path: Path) -> None:
    for guides in (load_guides(guides_in(tmp_path)), load_guides(), Guides()):
        assert decode_guides(json.loads(json.dumps(encode_guides(guides)))) == guides


LABELS = {"truc tuyen": ONLINE, "tai quay": COUNTER, "buu dien": POST}


@pytest.mark.parametrize(
    ("label", "ways"),
    [
        ("Trực tuyến", {ONLINE}),
        ("Tại quầy hoặc bưu điện", {COUNTER, POST}),
        ("Tại quầy hoặc nhờ người khác", set()),
        ("Không có", set()),
    ],
)
def test_a_label_leaves_ways_open(label: str, ways: set[FilingChannel]) -> None:
    assert ways_of(Option("a", label), LABELS) == ways


def test_the_answer_goes_before_the_wish_and_the_wish_before_what_is_usual() -> None:
    assert way_for((ONLINE, COUNTER, POST), frozenset({COUNTER, POST}), ONLINE) is COUNTER
    assert way_for((ONLINE, COUNTER, POST), frozenset({COUNTER, POST}), POST) is POST
    assert way_for((ONLINE, COUNTER), frozenset(), COUNTER) is COUNTER
    assert way_for((ONLINE, COUNTER), frozenset(), None) is ONLINE
    assert way_for((COUNTER,), frozenset({ONLINE}), ONLINE) is COUNTER
    assert way_for((), frozenset({ONLINE}), ONLINE) is None


FULL = OnlineStatement(OnlineLevel.FULL, "Quyết định 1")
PARTIAL = OnlineStatement(OnlineLevel.PARTIAL, "Quyết định 2")
HERE = OnlineStatement(OnlineLevel.FULL, "Quyết định 3 (Đồng Nai)", local=True)


@pytest.mark.parametrize(
    ("level", "stated", "full"),
    [
        (OnlineLevel.FULL, (), True),
        (OnlineLevel.FULL, (FULL,), True),
        (OnlineLevel.FULL, (FULL, HERE), True),
        (OnlineLevel.FULL, (HERE,), False),
        (OnlineLevel.PARTIAL, (PARTIAL,), False),
        (None, (FULL, PARTIAL), False),
        (None, (), False),
    ],
)
def test_only_decisions_that_agree_make_it_toan_trinh(
    level: OnlineLevel | None, stated: tuple[OnlineStatement, ...], *, full: bool
) -> None:
    assert is_full(a_procedure(online_level=level, online_levels=stated)) is full
