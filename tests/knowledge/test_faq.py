"""Questions that belong to no procedure: reading, checking, giving way, finding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty
from knowledge.faq import Faq, FaqSource, still_needed
from knowledge.faq_check import check_faqs, check_finding
from knowledge.faq_codec import decode_faq, encode_faq
from knowledge.faq_finder import FaqShelf, shelf_beside, ways_to_ask
from knowledge.faq_yaml import load_faq_content, load_faqs, read_faqs
from knowledge.procedure import Amount, Fee, FeeStatus, FilingChannel, FilingMethod, Procedure
from knowledge.record_texts import texts_of
from knowledge.sayings import Saying, Sayings
from knowledge.synonyms import Synonym, Vocabulary
from knowledge.synonyms_file import load_vocabulary
from knowledge.text import strip_accents
from tests.support.builders import a_procedure

FORGOTTEN = """\
key: quen-mat-khau
question: Quên mật khẩu VNeID thì làm sao?
label: Quên mật khẩu VNeID
asked: [mất pass vneid, không nhớ mật khẩu, lấy lại mật khẩu định danh, đặt lại mật khẩu,
  mật khẩu vneid báo sai, quên mật khẩu tài khoản định danh]
answer: [Bạn bấm “Quên mật khẩu” rồi làm theo hướng dẫn.]
sources: [{document: 69/2024/NĐ-CP, title: Nghị định về định danh điện tử, read: "2026-11"}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "faq" / "vneid").mkdir(parents=True)
    return tmp_path / "content"


def write(folder: Path, text: str, name: str = "quen-mat-khau.yaml") -> None:
    (folder / "faq" / "vneid" / name).write_text(text, "utf-8")


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in read_faqs(folder)[1]]


def a_faq(key: str = "rut-ho-so", **parts: Any) -> Faq:
    plain = Faq(key=key, topic="ho-so", question="Muốn rút hồ sơ thì làm sao?", label="Rút hồ sơ")
    return replace(plain, **parts)


def test_an_entry_is_read_with_its_sources(folder: Path) -> None:
    write(folder, FORGOTTEN)

    (faq,) = load_faqs(folder)

    assert (faq.key, faq.topic, len(faq.asked)) == ("quen-mat-khau", "vneid", 6)
    assert faq.sources == (
        FaqSource(document="69/2024/NĐ-CP", title="Nghị định về định danh điện tử", read="2026-11"),
    )


def test_a_folder_without_entries_has_none(tmp_path: Path) -> None:
    assert load_faq_content(tmp_path).faqs == ()


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        (("key: quen-mat-khau", "key: quen"), "khác tên tệp"),
        (("làm sao?", "làm sao"), "dấu hỏi"),
        (("label: Quên mật khẩu VNeID", "label: " + "Quên mật khẩu " * 4), "tối đa 40"),
        (("mất pass vneid, ", ""), "cần ít nhất 6"),
        (("hướng dẫn.", "hướng dẫn trong 3 ngày."), "Số '3' không có trong 'says'"),
        (("hướng dẫn.", "hướng dẫn" + " từng bước" * 12 + "."), "rút còn 25"),
        (('read: "2026-11"', 'read: "11/2026"'), "2026-11"),
        (("document: 69/2024/NĐ-CP", "page: https://example.com/"), "gov.vn"),
        (("document: 69/2024/NĐ-CP, ", ""), "đúng một trong ba khoá"),
        (("sources: [", "sources: []\nkhac: ["), "Chưa có nguồn nào"),
        (("answer:", 'valid_to: "31/12/2026"\nanswer:'), "không phải ngày"),
        (("answer:", "links: [{label: Tải, url: http://vneid.gov.vn}]\nanswer:"), "https"),
        (("answer:", "answers:"), "Có phải là 'answer'?"),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_remedy(
    folder: Path, change: tuple[str, str], told_of: str
) -> None:
    assert change[0] in FORGOTTEN
    write(folder, FORGOTTEN.replace(*change))

    faults = told(folder)

    assert any(told_of in fault for fault in faults), faults
    assert all(fault.startswith("content/faq/vneid/quen-mat-khau.yaml:") for fault in faults)
    with pytest.raises(ContentFaulty):
        load_faqs(folder)


def test_a_figure_is_known_from_says_or_from_the_number_of_the_document(folder: Path) -> None:
    said = FORGOTTEN.replace("hướng dẫn.", "hướng dẫn trong 3 ngày, theo Nghị định 69/2024/NĐ-CP.")
    write(folder, said.replace("read:", 'says: ["3 ngày"], read:'))

    assert told(folder) == []


def test_a_file_at_another_place_is_told(folder: Path) -> None:
    (folder / "faq" / "lac-cho.yaml").write_text(FORGOTTEN, "utf-8")

    assert any("<chủ đề>/<khoá>" in fault for fault in told(folder))


def checked(
    folder: Path,
    *records: Procedure,
    sayings: tuple[Sayings, ...] = (),
    complete: bool = True,
) -> list[str]:
    files, faults = read_faqs(folder)
    assert not faults
    return [str(one) for one in check_faqs(files, records, sayings, complete=complete)]


def test_what_two_entries_ask_alike_is_told(folder: Path) -> None:
    write(folder, FORGOTTEN)
    twin = FORGOTTEN.replace("key: quen-mat-khau", "key: quen-pass").replace(
        "mất pass vneid", "MAT PASS VNEID!"
    )
    write(folder, twin, "quen-pass.yaml")

    faults = checked(folder)

    assert any("'MAT PASS VNEID!' đã thuộc về" in fault for fault in faults)


def test_what_a_procedure_is_called_asks_no_general_question(folder: Path) -> None:
    write(folder, FORGOTTEN)
    name = a_procedure(code="1.000001", title="Đặt lại mật khẩu")
    saying = Sayings("1.000002", (Saying("mất pass vneid", 3),), "sayings/dinh-danh.yaml", 1)

    faults = checked(folder, name, sayings=(saying,))

    assert any("1.000001" in fault for fault in faults)
    assert any("1.000002" in fault for fault in faults)


def test_codes_and_keys_that_lead_nowhere_are_told(folder: Path) -> None:
    write(folder, FORGOTTEN + 'procedures: ["9.999999"]\nrelated: [khong-co]\n')

    assert any("khong-co" in fault for fault in checked(folder))
    assert any("9.999999" in fault for fault in checked(folder))
    assert not any("9.999999" in fault for fault in checked(folder, complete=False))


def test_a_figure_of_a_record_stands_in_the_part_that_is_named(folder: Path) -> None:
    paid = Fee(FeeStatus.AMOUNT, (Amount(10_000, "mỗi lần"),))
    record = a_procedure(code="1.004222", methods=(FilingMethod(FilingChannel.ONLINE, None, paid),))
    quoted = FORGOTTEN + "  # end\n"
    source = '{code: "1.004222", field: fee, says: ["10.000 đồng", "20.000 đồng"]}'
    write(folder, quoted.replace("sources: [", f"sources: [{source}, "))

    faults = checked(folder, record)

    assert texts_of(record, "fee") == ("10000 đồng", "mỗi lần")
    assert [("'20000'" in fault, "'10000'" in fault) for fault in faults] == [(True, False)]


def test_a_figure_of_our_record_is_known_beside_the_imported_one(folder: Path) -> None:
    words = Fee(FeeStatus.SEE_TEXT, text="Nộp sau 15 giờ thì trả hôm sau.")
    plain = replace(words, text="Theo quy định.")
    ours, imported = (
        a_procedure(
            code="1.004222", ours=own, methods=(FilingMethod(FilingChannel.ONLINE, None, fee),)
        )
        for own, fee in ((True, words), (False, plain))
    )
    source = '{code: "1.004222", field: fee, says: ["15 giờ"]}'
    write(folder, FORGOTTEN.replace("sources: [", f"sources: [{source}, "))

    assert checked(folder, ours, imported) == []
    assert any("'15'" in fault for fault in checked(folder, imported))


def test_an_entry_gives_way_to_the_procedure_it_waits_for(folder: Path) -> None:
    waiting = a_faq(until=("trợ cấp thất nghiệp",))
    benefit = a_procedure(code="1.000009", title="Giải quyết hưởng trợ cấp thất nghiệp")

    assert still_needed([waiting], []) == (waiting,)
    assert still_needed([waiting], [a_procedure("Trợ cấp mai táng")]) == (waiting,)
    assert still_needed([waiting], [benefit]) == ()
    write(folder, FORGOTTEN + "until: [trợ cấp thất nghiệp]\n")
    assert any("Đã có thủ tục" in one for one in checked(folder, replace(benefit, ours=True)))
    assert checked(folder, benefit) == []


def test_an_entry_is_answered_between_its_days() -> None:
    faq = a_faq(valid_from="2026-01-01", valid_to="2027-02-28")

    assert [faq.has_begun(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]
    assert [faq.has_ended(day) for day in (date(2027, 2, 28), date(2027, 3, 1))] == [False, True]
    assert a_faq().has_begun(date(2000, 1, 1))
    assert not a_faq().has_ended(date(2100, 1, 1))


def test_an_entry_is_found_by_its_words_and_by_what_they_stand_for() -> None:
    lost = a_faq("mat-khau", question="Quên mật khẩu thì làm sao?", asked=("không nhớ mật khẩu",))
    words = Vocabulary(synonyms=(Synonym("pass", ("mật khẩu",)),))
    shelf = FaqShelf.of([lost, a_faq()], words)

    assert shelf.search("quên pass rồi")[0].faq is lost
    assert shelf.search("rut ho so")[0].faq.key == "rut-ho-so"
    assert shelf.search("") == ()


def test_who_asks_just_as_an_entry_is_asked_means_it() -> None:
    other = a_faq("khac", question="Hồ sơ là gì?", asked=("muốn rút hồ sơ đã nộp ở xã",))
    shelf = FaqShelf.of([a_faq(), other])

    best = shelf.search("MUON RUT HO SO thi lam sao")[0]

    assert (best.faq.key, best.exact, best.score) == ("rut-ho-so", True, 1.0)


def test_stored_entries_come_back_as_they_were() -> None:
    shipped = load_faqs(SHIPPED)

    assert shipped
    assert [decode_faq(encode_faq(faq)) for faq in shipped] == list(shipped)


def shipped_shelf() -> FaqShelf:
    return shelf_beside(load_faq_content(), (), load_vocabulary())


def asked_ways(shelf: FaqShelf) -> Iterator[tuple[str, str]]:
    for faq in shelf:
        for way in ways_to_ask(faq):
            yield from ((faq.key, way), (faq.key, strip_accents(way)))


def test_every_entry_is_found_first_however_it_is_asked() -> None:
    shelf = shipped_shelf()
    ways = list(asked_ways(shelf))

    assert len(shelf) >= 120
    assert len(ways) >= 2 * 120 * 8
    missed = [(key, way) for key, way in ways if shelf.search(way, 1)[0].faq.key != key]
    assert missed == []


def test_nearly_every_way_is_found_by_its_words_alone() -> None:
    shelf = shipped_shelf()
    ways = list(asked_ways(shelf))

    assert ways
    missed = [(key, way) for key, way in ways if shelf.nearest(way, 1)[0].faq.key != key]
    assert len(missed) <= 0.01 * len(ways), missed


def test_what_ships_is_found_and_has_no_fault() -> None:
    files, faults = read_faqs(SHIPPED)

    assert files
    assert faults == ()
    assert list(check_finding(SHIPPED, files)) == []
