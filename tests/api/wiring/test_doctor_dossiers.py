"""What the doctor says of dossiers."""

from pathlib import Path

import pytest

from api.settings import load_settings
from api.wiring.doctor.dossiers import look_at_dossiers

pytestmark = pytest.mark.anyio


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def told(folder: Path, factors: str) -> str:
    settings = load_settings(data_folder=folder, dossier_factors=factors)
    return "\n".join(one.told for one in await look_at_dossiers(settings, offline=True))


async def test_a_year_of_birth_is_called_weak_and_other_digits_are_not(tmp_path: Path) -> None:
    assert "dễ đoán" in await told(tmp_path, "phone4,birth_year")
    assert "dễ đoán" not in await told(tmp_path, "phone4,id4")


async def test_looking_makes_no_key(tmp_path: Path) -> None:
    assert "chưa có khoá" in await told(tmp_path, "phone4")
    assert names(tmp_path) == []
