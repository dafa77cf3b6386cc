"""Prose that the export broke over lines."""

from knowledge.national import read_record
from tests.support.exports import an_exported_method, an_exported_record


def test_a_sentence_broken_over_lines_is_one_step_and_one_condition() -> None:
    broken = (
        "Nộp hồ sơ tại xã\nChờ trong thời hạn 05 ngày\nlàm việc kể từ ngày nộp;\na) trừ ngày lễ"
    )
    procedure = read_record(an_exported_record(steps=broken, requirements=broken)).procedure

    whole = "Chờ trong thời hạn 05 ngày làm việc kể từ ngày nộp;"
    assert [step.text for step in procedure.steps][1:] == [whole, "a) trừ ngày lễ"]
    assert procedure.conditions[1] == whole


def test_a_note_into_which_other_cells_ran_keeps_its_own_only() -> None:
    torn = "KhôngMiễn phíQua Cổng dịch vụ công.Dịch vụ bưu chínhKhôngMiễn phíGửi về trung tâm"
    whole = "Miễn phí cho hộ nghèo; Trực tiếp tại xã hoặc Trực tuyến"
    records = [
        read_record(an_exported_record(methods=[an_exported_method("Trực tuyến", note=note)]))
        for note in (torn, whole)
    ]

    assert [record.procedure.methods[0].note for record in records] == [
        "Qua Cổng dịch vụ công.",
        whole,
    ]
    assert "dính nhiều ô" in records[0].doubts[0]
    assert records[1].doubts == ()
