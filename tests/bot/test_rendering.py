"""Answers hold what the record holds, and nothing else."""

import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deciding.decisions import Answer, GuideOnline
from bot.messages import Choices, FactList, Outcome, OutcomeFamily, Reply
from bot.parse import AskedField
from bot.rendering import render, render_plain
from knowledge.procedure import (
    Circumstance,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    Level,
    OnlineLevel,
    Paper,
    Procedure,
    TimeLimit,
    TimeUnit,
)
from tests.support.builders import (
    a_fee,
    a_free_fee,
    a_method,
    a_procedure,
    a_replaced_paper,
    a_source,
    a_time,
)
from tests.support.desks import a_desk

DESK = a_desk()
BOOK = DESK.book


def answer(procedure: Procedure, *fields: AskedField, detail: bool = False) -> Reply:
    return render(Answer(procedure, fields, detail=detail), DESK)


def told(procedure: Procedure, *fields: AskedField, detail: bool = False) -> str:
    return render_plain(answer(procedure, *fields, detail=detail))


def fee_of(fee: Fee, **changes: Any) -> str:
    return told(a_procedure(methods=(a_method(fee=fee),), **changes), AskedField.FEE)


texts = st.text(st.sampled_from("abc đăng ký 0123456789.,;:/-\n"), max_size=400)
fees = st.builds(
    a_fee, st.integers(1, 10**7), status=st.sampled_from(FeeStatus), text=texts
) | st.builds(Fee, status=st.sampled_from(FeeStatus), text=texts)
times = st.none() | st.builds(
    TimeLimit,
    amount=st.sampled_from(["", "1", "7", "0,5", "15-30"]),
    unit=st.none() | st.sampled_from(TimeUnit),
    text=texts,
)
methods = st.builds(
    FilingMethod, channel=st.sampled_from(FilingChannel), time=times, fee=fees, note=texts
)
papers = st.builds(
    Paper,
    name=texts,
    original=st.integers(0, 3),
    copies=st.integers(0, 3),
    form=st.sampled_from(["", "CT01"]),
    when=texts,
    note=texts,
)
circumstances = st.builds(
    Circumstance,
    title=texts,
    papers=st.lists(papers, max_size=10).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)
lists = st.lists(texts, max_size=9).map(tuple)
procedures = st.builds(
    a_procedure,
    st.just("Đăng ký thường trú"),
    summary=texts,
    agency=texts,
    where=texts,
    methods=st.lists(methods, max_size=4).map(tuple),
    circumstances=st.lists(circumstances, max_size=10).map(tuple),
    steps=lists,
    conditions=lists,
    results=lists,
    legal_basis=lists,
    who=lists,
    levels=st.lists(st.sampled_from(Level), max_size=2).map(tuple),
    changed_to=st.sampled_from([(), ("1.116410",)]),
    replaced_papers=st.sampled_from([(), (a_replaced_paper(),)]),
    online_level=st.none() | st.sampled_from(OnlineLevel),
    online_level_source=texts,
    source=st.builds(a_source, as_of=st.sampled_from(["", "2026-07", "2026-07-15"])),
    ours=st.booleans(),
)


def numbers(text: str) -> set[str]:
    without_thousands = re.sub(r"(?<=\d)\.(?=\d{3}(?:\D|$))", "", text)
    return {run.lstrip("0") or "0" for run in re.findall(r"\d+", text + " " + without_thousands)}


def counts_of(procedure: Procedure) -> set[str]:
    """Numbers that count what the record lists, and the numbering of lists."""
    papers = sum(len(one.papers) for one in procedure.circumstances)
    longest = max(papers, 10, len(procedure.circumstances))
    return {str(count) for count in range(longest + 1)}


@settings(max_examples=60, deadline=None)
@given(procedures, st.lists(st.sampled_from(AskedField), min_size=1, unique=True), st.booleans())
def test_every_number_of_an_answer_occurs_in_the_record(
    procedure: Procedure,
    fields: list[AskedField],
    detail: bool,  # noqa: FBT001 - hypothesis fills it
) -> None:
    reply = answer(procedure, *fields, detail=detail)
    text = render_plain(reply).replace(reply.sources[0].url, "")
    sums = [amount.value for method in procedure.methods for amount in method.fee.amounts]
    grouped = " ".join(f"{value:,}".replace(",", ".") for value in sums)
    known = numbers(f"{asdict(procedure)!r} {grouped}") | counts_of(procedure)

    assert numbers(text) <= known


@settings(max_examples=40, deadline=None)
@given(procedures, st.sampled_from(AskedField), st.booleans())
def test_every_answer_ends_with_its_source(
    procedure: Procedure,
    field: AskedField,
    detail: bool,  # noqa: FBT001 - hypothesis fills it
) -> None:
    reply = answer(procedure, field, detail=detail)
    last = render_plain(reply).splitlines()[-1]

    assert procedure.code in last
    assert procedure.source.decision in last
    assert "https://dichvucong.gov.vn" in last


@settings(max_examples=40, deadline=None)
@given(procedures, st.lists(st.sampled_from(AskedField), min_size=1, unique=True))
def test_free_of_charge_is_said_of_free_fees_only(
    procedure: Procedure, fields: list[AskedField]
) -> None:
    free = any(method.fee.status is FeeStatus.FREE for method in procedure.methods)

    assert free or "miễn phí" not in told(procedure, *fields).lower()


@settings(max_examples=40, deadline=None)
@given(procedures, st.lists(st.sampled_from(AskedField), min_size=1, unique=True))
def test_the_values_of_all_buttons_fit_into_64_bytes(
    procedure: Procedure, fields: list[AskedField]
) -> None:
    twins = (a_procedure(code="2.001194"),)
    reply = render(Answer(procedure, tuple(fields), twins=twins), DESK)
    items = [
        choice for block in reply.blocks if isinstance(block, Choices) for choice in block.items
    ]

    assert items
    assert max(len(choice.value.encode()) for choice in items) <= 64


def test_each_way_of_filing_is_named_with_its_own_fee() -> None:
    text = told(a_procedure(), AskedField.FEE)

    assert "Nộp trực tuyến: 10.000 đồng" in text
    assert "Nộp trực tiếp: 20.000 đồng" in text


def test_free_names_who_says_so() -> None:
    assert "miễn phí, theo Cổng Dịch vụ công quốc gia" in fee_of(a_free_fee())


def test_a_fee_that_refers_to_a_text_is_quoted() -> None:
    fee = Fee(FeeStatus.SEE_TEXT, text="Theo quy định của Hội đồng nhân dân cấp tỉnh")

    assert (
        "Cổng Dịch vụ công quốc gia ghi “Theo quy định của Hội đồng nhân dân cấp tỉnh”"
        in fee_of(fee)
    )


def test_our_own_wording_of_a_fee_is_no_quotation() -> None:
    fee = Fee(FeeStatus.SEE_TEXT, text="Mức thu do Hội đồng nhân dân tỉnh định.")

    assert "ghi “" not in fee_of(fee, ours=True)


def test_no_published_fee_is_said_to_be_unknown() -> None:
    assert "chưa công bố mức lệ phí" in fee_of(Fee(FeeStatus.NOT_PUBLISHED))


def test_reductions_stand_beside_the_sum_with_their_dates() -> None:
    fee = a_fee(70_000, text="Đến hết ngày 31/12/2026 chỉ thu 50% mức này.")

    assert "70.000 đồng. Đến hết ngày 31/12/2026 chỉ thu 50% mức này." in fee_of(fee)


def test_a_time_without_a_unit_gets_none() -> None:
    text = told(a_procedure(methods=(a_method(time=a_time("1", None)),)), AskedField.TIME)

    assert "“1”, không ghi đơn vị" in text
    assert not re.search(r"1 (?:ngày|giờ|tháng)", text)


@pytest.mark.parametrize("field", list(AskedField))
def test_what_the_record_does_not_say_is_said_to_be_unknown(field: AskedField) -> None:
    empty = a_procedure(
        methods=(), circumstances=(), steps=(), results=(), legal_basis=(), forms=(),
        agency="", levels=(),
    )  # fmt: skip
    text = told(empty, field)

    assert "không" in text
    assert "https://dichvucong.gov.vn/tim-kiem-thu-tuc-hanh-chinh?keyword=" in text


def test_a_replaced_code_warns_with_the_date_of_the_data() -> None:
    text = told(a_procedure(changed_to=("1.116410",)), AskedField.FEE)

    assert "(7/2026)" in text
    assert "1.116410" in text


def test_long_official_prose_is_cut_between_sentences_and_ours_is_not() -> None:
    step = "Nộp hồ sơ tại bộ phận một cửa. " * 20
    official = told(a_procedure(steps=(step,)), AskedField.STEPS)
    ours = told(a_procedure(steps=(step,), ours=True), AskedField.STEPS)

    assert "một cửa. …" in official
    assert "rút bớt" in official
    assert "…" not in ours


def test_filing_online_is_explained_without_asking_for_secrets() -> None:
    procedure = a_procedure(online_level=OnlineLevel.FULL, url="https://dichvucong.gov.vn/x")
    text = render_plain(render(GuideOnline(procedure, old_word=True), DESK))

    assert "toàn trình" in text
    assert "Nghị định 42/2022/NĐ-CP" in text
    assert "Nộp hồ sơ trực tuyến: https://dichvucong.gov.vn/x" in text
    assert "Đừng đưa mật khẩu" in text


def test_a_fee_is_not_passed_off_as_a_fine() -> None:
    asked = Answer(a_procedure(), (AskedField.FEE,), penalty=True)
    text = render_plain(render(asked, DESK))

    assert text.index("Tôi không có mức phạt") < text.index("20.000 đồng")
    assert "mức phạt" not in told(a_procedure(), AskedField.FEE)


def test_a_fee_is_not_passed_off_as_what_a_benefit_pays() -> None:
    asked = Answer(a_procedure(), (AskedField.FEE,), benefit=True)
    text = render_plain(render(asked, DESK))

    said = ("không ghi số tiền được nhận", "tiền phải nộp", "20.000 đồng")
    assert sorted(said, key=text.index) == list(said)
    assert "được nhận" not in told(a_procedure(), AskedField.FEE)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2026", "dữ liệu cập nhật đến năm 2026"),
        ("2026-07", "dữ liệu cập nhật đến tháng 7/2026"),
        ("2026-07-15", "dữ liệu cập nhật đến ngày 15/7/2026"),
    ],
)
def test_the_date_of_the_data_is_as_exact_as_its_source(as_of: str, said: str) -> None:
    assert said in told(a_procedure(source=a_source(as_of=as_of)), AskedField.FEE)


def test_a_title_that_is_a_sentence_needs_no_colon() -> None:
    facts = [
        FactList("Bạn xem thủ tục nào đúng nhé.", ("Tách hộ",)),
        FactList("Giấy tờ", ("Tờ khai",)),
    ]
    text = render_plain(Reply(tuple(facts), Outcome(OutcomeFamily.CLARIFY, "which_procedure")))

    assert text.splitlines()[0] == "Bạn xem thủ tục nào đúng nhé."
    assert "Giấy tờ:" in text
