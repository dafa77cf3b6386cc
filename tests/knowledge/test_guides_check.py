"""What the check says of guides: against records, tables, general questions, and for everybody."""

from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.content import load_procedures
from knowledge.faq import Faq
from knowledge.faq_yaml import load_faqs
from knowledge.guides import MOST_FILLED_WORDS, Guides, Need
from knowledge.guides_check import Known, check_guides
from knowledge.guides_proof import MAX_GUIDE_WORDS, proved, words_of
from knowledge.guides_way import closed_for, needs_of, open_ways, steps_of
from knowledge.guides_yaml import load_guides, read_guides
from knowledge.procedure import Circumstance, FilingChannel, Procedure
from knowledge.tables import Option, Question, Table
from knowledge.tables_yaml import load_tables
from tests.knowledge.guide_files import COMMON, OWN, TROUBLES, guides_in
from tests.support.builders import a_free_fee, a_method, a_paper, a_procedure

ONLINE, COUNTER, POST = FilingChannel
FAQS = tuple(
    Faq(key, "chung", "Tệp nặng thì sao?", "Tệp nặng", answer=("Nộp trong 15 ngày.",))
    for key in ("dung-luong-tep-dinh-kem", "cong-bi-loi", "to-khai-lay-o-dau")
)


def birth(*ways: FilingChannel, **changed: object) -> Procedure:
    parts: dict[str, object] = {
        "code": "1.001193",
        "methods": tuple(a_method(way) for way in ways or (ONLINE, COUNTER)),
        "circumstances": (Circumstance("", (a_paper("Giấy chứng sinh"),)),),
    }
    return a_procedure("Đăng ký khai sinh", **(parts | changed))


def faults_of(content: Path, *records: Procedure) -> list[str]:
    """Return what is wrong with the guides of a folder whose own reading is in order."""
    files, faults = read_guides(content)
    assert faults == ()
    known = Known.of(records or (birth(),), load_tables(content).values(), FAQS)
    return [str(one) for one in check_guides(files, known)]


def test_a_right_guide_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(guides_in(tmp_path)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("Ký trên điện thoại.", "Ký trong 30 ngày.", "Số '30' không có trong thủ tục"),
        ("Chụp cả hai mặt.", "Chụp 4 mặt.", "Số '4' không có trong thủ tục"),
        ("thì nộp tại quầy.", "thì chờ 8 ngày.", "Số '8' không có trong thủ tục"),
        ("paper: Giấy chứng sinh", "paper: Giấy ra viện", "không có giấy tờ 'Giấy ra viện'"),
        ("{chung-sinh: khong}", "{noi-nop: quay}", "Bảng không có câu hỏi 'noi-nop'"),
        ("{lam-chung: khong}", "{lam-chung: mat}", "không có câu trả lời 'mat'"),
        ("{lam-chung: khong}", '{lam-chung: "?"}', "không có câu trả lời '?'"),
        (
            "if: {lam-chung: khong}",
            "if_any: [{chung-sinh: co}, {chung-sinh: khong}]",
            "'closed' chặn mọi người",
        ),
        ("{lam-chung: khong}", "{chung-sinh: co, lam-chung: khong}", "không áp dụng cho ai"),
        ("{chung-sinh: khong}", "{chung-sinh: co, lam-chung: co}", "Không ai gặp bước 'xac-minh'"),
        ("[nop]", "[nop, nop-quay]", "Cách nộp 'counter' không còn bước nào"),
        ("needs: [sign]", "needs: [sign]\n    from: [la]", "'from' ghi 'la'"),
    ],
)
def test_what_a_guide_may_not_say_is_told(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in OWN
    faults = faults_of(guides_in(tmp_path, own=OWN.replace(right, wrong, 1)))
    assert [one for one in faults if told in one], faults


def test_a_figure_of_a_general_question_may_be_said_where_it_is_named(tmp_path: Path) -> None:
    own = OWN.replace("Ký trên điện thoại.", "Ký trong 15 ngày.")
    assert faults_of(guides_in(tmp_path, own=own)) != []
    own = own.replace("needs: [sign]", "needs: [sign]\n    from: [cong-bi-loi]")
    assert faults_of(guides_in(tmp_path, own=own)) == []


def test_a_guide_of_an_unknown_code_is_told(tmp_path: Path) -> None:
    faults = faults_of(guides_in(tmp_path), a_procedure(code="1.004222"))
    assert any("Mã 1.001193 không có trong dữ liệu" in one for one in faults)


def test_a_trouble_leads_to_a_question_that_there_is(tmp_path: Path) -> None:
    troubles = TROUBLES.replace("faq: cong-bi-loi", "faq: cong-bi-chay")
    faults = faults_of(guides_in(tmp_path, troubles=troubles))
    assert len(faults) == 1
    assert "vuong-mac.yaml:7" in faults[0]
    assert "'cong-bi-chay', không có" in faults[0]


def test_closing_online_where_nobody_files_online_is_told(tmp_path: Path) -> None:
    faults = faults_of(guides_in(tmp_path), birth(COUNTER))
    assert any("không nhận trực tuyến, nên 'closed' thừa" in one for one in faults)


COME = "come:\n  - {if: {chung-sinh: co}, say: Hai bên cùng đến nhận kết quả.}\n"


@pytest.mark.parametrize(
    ("added", "told"),
    [
        (COME.replace("Hai bên", "3 bên"), "Số '3' không có trong thủ tục"),
        (COME.replace("chung-sinh: co", "noi: xa"), "Bảng không có câu hỏi 'noi'"),
        (
            COME.replace("{chung-sinh: co}", "{chung-sinh: co, lam-chung: co}"),
            "'come' không áp dụng cho ai",
        ),
        ("results_only: [post]", "'results_only' ghi 'post', không phải cách nộp"),
        ("results_only: [online, counter]", "'results_only' không để lại cách nộp nào"),
        ("results_only: [online]", "Không ai gặp bước 'ky': cách nộp của nó ở 'results_only'"),
    ],
)
def test_who_comes_and_what_only_brings_results_is_held_against_the_record(
    tmp_path: Path, added: str, told: str
) -> None:
    assert faults_of(guides_in(tmp_path, own=f"{OWN}{COME}")) == []
    faults = faults_of(guides_in(tmp_path / "wrong", own=f"{OWN}{added}\n"))
    assert [one for one in faults if told in one], faults


def test_online_that_is_no_filing_may_be_closed_for_everybody(tmp_path: Path) -> None:
    own = OWN.replace("{if: {lam-chung: khong}, why", "{everybody: true, why")
    assert faults_of(guides_in(tmp_path, own=own)) == []
    guide = load_guides(guides_in(tmp_path / "more", own=own)).of("1.001193")
    assert closed_for(birth(), guide, {}) == "Không có người làm chứng thì nộp tại quầy."


def test_a_way_that_only_brings_the_result_is_no_way_to_file() -> None:
    record = birth(COUNTER, POST)
    assert open_ways(record, online=True, results_only=frozenset({POST})) == (COUNTER,)
    assert open_ways(record, online=True) == (COUNTER, POST)


def test_closing_the_only_way_is_told(tmp_path: Path) -> None:
    faults = faults_of(guides_in(tmp_path), birth(ONLINE))
    assert any("'closed' không để lại cách nộp nào" in one for one in faults)


def test_an_answer_that_chooses_a_way_that_nobody_offers_is_told(tmp_path: Path) -> None:
    guide = load_guides(guides_in(tmp_path)).of("1.004222")
    options = (Option("mang", "Trực tuyến"), Option("khac", "Tại quầy hoặc bưu điện"))
    table = Table("1.004222", (Question("nop", "Bạn nộp bằng cách nào?", options),))
    assert list(proved(birth(ONLINE, COUNTER, POST), guide, table)) == []
    told = list(proved(birth(ONLINE, COUNTER), guide, table))
    assert [one for one in told if "'Tại quầy hoặc bưu điện' là cách nộp mà" in one]


def test_conditions_need_a_table_that_somebody_wrote(tmp_path: Path) -> None:
    content = guides_in(tmp_path)
    (content / "tables" / "ho-tich" / "1.001193.yaml").unlink()
    faults = faults_of(content)
    assert any("chưa có bảng quyết định" in one for one in faults)


def test_every_way_needs_a_common_step_that_is_there_for_everybody(tmp_path: Path) -> None:
    common = COMMON.replace("ways: [counter, post]", "ways: [counter, post]\n    needs: [fee]")
    own = 'code: "1.001193"\nwords: [{step: nop, title: Nộp}]\n'
    faults = faults_of(guides_in(tmp_path, common, own=own))
    assert [one for one in faults if "Cách nộp 'post' cần ít nhất một bước" in one]


@pytest.mark.parametrize("written", [True, False])
def test_more_than_two_minutes_of_reading_is_told(tmp_path: Path, *, written: bool) -> None:
    steps = "".join(
        f"  - {{key: b{n}, title: Bước, text: {'từ ' * 59}, ways: [online], from: [cong-bi-loi]}}\n"
        for n in range(7)
    )
    own = "code: '1.001193'\nsteps:\n" + steps if written else ""
    common = COMMON if written else COMMON + steps
    record = birth(code="1.001193" if written else "1.004222", ours=True)
    faults = faults_of(guides_in(tmp_path, common, own=own), record)
    assert any(f"tối đa {MAX_GUIDE_WORDS}" in one for one in faults), faults


def test_the_common_guide_is_proved_for_imported_records_too(tmp_path: Path) -> None:
    steps = "".join(
        f"  - {{key: b{n}, title: Bước, text: {'từ ' * 59}, ways: [online], from: [cong-bi-loi]}}\n"
        for n in range(7)
    )
    folder = guides_in(tmp_path, COMMON + steps)
    record = birth(code="1.004222", ours=False)
    assert record.methods
    assert any("Thủ tục 1.004222: Cách nộp" in one for one in faults_of(folder, record))
    nothing = birth(code="1.004222", ours=False, methods=())
    assert not any("1.004222" in one for one in faults_of(folder, nothing))


def test_the_words_of_the_record_count_where_they_are_filled_in(tmp_path: Path) -> None:
    guide = load_guides(guides_in(tmp_path)).of("1.004222")
    steps = [one for one in guide.steps if ONLINE in one.ways]
    short = words_of(birth(ONLINE, forms=()), ONLINE, steps)
    for number, more in (("CT01 CT02 " * 5, 2), ("CT01 " * 90, MOST_FILLED_WORDS - 8)):
        named = birth(ONLINE, forms=(), circumstances=(Circumstance("", (a_paper(form=number),)),))
        assert words_of(named, ONLINE, steps) - short == more


def test_what_is_free_and_what_is_not_published_leads_different_steps() -> None:
    guide = Guides().of("1.001193")
    free = needs_of(birth(methods=(a_method(ONLINE, fee=a_free_fee()),)), guide, ONLINE, ())
    assert Need.FREE in free
    assert Need.FEE not in free
    unknown = needs_of(birth(methods=()), guide, POST, (a_paper(form="CT01"),))
    assert unknown >= {Need.FEE, Need.AMOUNT_UNKNOWN, Need.FORM, Need.PAPERS, Need.NOT_FULL}


def test_the_guides_that_ship_have_no_fault() -> None:
    files, faults = read_guides()
    known = Known.of(load_procedures(), load_tables().values(), load_faqs())
    assert files.own
    assert [*faults, *check_guides(files, known)] == []


def test_the_check_of_the_content_reads_the_guides(tmp_path: Path) -> None:
    told = [one.message for one in check(guides_in(tmp_path))]
    assert "Mã 1.001193 không có trong dữ liệu. Sửa mã hoặc xoá tệp." in told


def test_every_procedure_of_ours_is_led_to_the_end_on_every_way_in_two_minutes() -> None:
    guides, tables, records = load_guides(), load_tables(), load_procedures()
    assert len(records) > 200
    for record in records:
        guide = guides.of(record.code)
        assert list(proved(record, guide, tables.get(record.code))) == []


def test_the_common_guide_leads_everybody_on_every_way_whatever_the_record_leaves_out() -> None:
    guide = load_guides().of("9.999999")
    for way in FilingChannel:
        bare = a_procedure(methods=(a_method(way, time=None),), agency="", results=(), forms=())
        assert open_ways(bare, online=True) == (way,)
        assert steps_of(guide, way, needs_of(bare, guide, way, ()), {})


def test_every_common_step_leans_on_general_questions_that_ship() -> None:
    files, _ = read_guides()
    keys = {one.key for one in load_faqs()}
    assert files.common is not None
    assert {faq for one in files.common.written for faq in one.faqs} <= keys
    assert {one.faq for one in files.guides.troubles.values()} <= keys


def test_every_common_step_has_troubles_and_every_trouble_words_of_the_people() -> None:
    guides = load_guides()
    assert guides.troubles
    assert all(one.troubles for one in guides.common)
    assert all(one.signs for one in guides.troubles.values())
