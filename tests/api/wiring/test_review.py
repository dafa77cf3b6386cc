"""An import is compared under our entries, and behind them, before anything is stored."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from api.settings import load_settings
from api.wiring.knowledge import Ours
from api.wiring.review import Texts, compare, judge, read_and_compare
from knowledge.codec import canonical, decode
from knowledge.content import SHIPPED
from knowledge.importer import import_texts
from knowledge.procedure import Procedure
from tests.knowledge.records import EXPORTS
from tests.support.builders import a_procedure

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
OURS = a_procedure(conditions=("Bạn có chỗ ở.",), ours=True)
JUNE = a_procedure(conditions=("Có chỗ ở hợp pháp.",))
JULY = replace(JUNE, conditions=("Có chỗ ở hợp pháp.", "Đủ 18 tuổi."))
WITH_OURS = Ours({OURS.code: OURS}, (), ())


def texts(*records: Procedure) -> Texts:
    return {record.code: canonical(record) for record in records}


def imported(folder: Path, stored: Texts) -> Texts:
    found = dict(stored)
    for name in EXPORTS:
        found |= import_texts(folder / name, found)[0]
    return found


def test_a_condition_added_behind_our_entry_is_found_from_the_second_import_on() -> None:
    assert compare(WITH_OURS, {}, texts(JULY)).changes.unfollowed == ()
    assert not compare(WITH_OURS, texts(JULY), texts(JULY)).changes
    changes = compare(WITH_OURS, texts(JUNE), texts(JULY)).changes
    assert (changes.changed, len(changes.unfollowed)) == ((), 1)


def test_without_an_entry_of_ours_it_is_a_change_of_what_is_answered() -> None:
    changes = compare(Ours({}, (), ()), texts(JUNE), texts(JULY)).changes
    assert len(changes.changed) == 1
    assert changes.hidden == ()


def test_the_national_files_imported_twice_hold_nothing(
    national_data: Path, tmp_path: Path
) -> None:
    first = imported(national_data, {})
    again = imported(national_data, first)
    settings = load_settings(data_folder=tmp_path, content_folder=SHIPPED)
    comparison = read_and_compare(settings, first, again)
    verdict = judge(settings, comparison, (), (), MONDAY)
    assert len(first) > 2_000
    assert not verdict.changes
    assert verdict.holds == ()


def test_a_condition_added_to_a_national_record_holds_that_field_of_our_entry(
    national_data: Path, tmp_path: Path
) -> None:
    first = imported(national_data, {})
    settings = load_settings(data_folder=tmp_path, content_folder=SHIPPED)
    code = OURS.code
    changed = replace(decode(json.loads(first[code])), conditions=("Đủ 99 tuổi.",))
    comparison = read_and_compare(settings, first, {**first, code: canonical(changed)})
    places = {hold.place for hold in judge(settings, comparison, (), (), MONDAY).holds}
    assert f"{code}:conditions" in places
    assert {place for place in places if not place.startswith("faq:")} == {f"{code}:conditions"}
