"""Our content states what the official record of the code states, in our own words."""

from pathlib import Path

import pytest

from knowledge.content import SHIPPED, Reading, read_procedures
from knowledge.merging import merge_all
from knowledge.national import read_record
from tests.knowledge.content_report import faults_against_records
from tests.knowledge.records import read_records

FEWEST_PROCEDURES = 60


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_procedures(SHIPPED)


def test_at_least_sixty_procedures_ship(reading: Reading) -> None:
    assert len(reading.procedures) >= FEWEST_PROCEDURES


def test_shipped_content_has_no_fault(reading: Reading) -> None:
    assert reading.files
    assert [str(fault) for fault in reading.faults] == []


def test_every_fact_of_ours_is_in_the_record_of_its_code(
    reading: Reading, national_data: Path
) -> None:
    assert reading.files
    faults = faults_against_records(reading, read_records(national_data))
    assert [str(fault) for fault in faults] == []


def test_imported_records_find_nothing_to_disagree_with(
    reading: Reading, national_data: Path
) -> None:
    imported = [
        read_record(record).procedure for record in read_records(national_data).procedures.values()
    ]
    merged = merge_all(reading.procedures, imported)
    assert len(merged.procedures) > len(reading.procedures)
    assert [told.message() for told in merged.disagreements] == []
