"""The key of the four digits: made once, kept to its owner, never replaced unseen."""

import stat
from pathlib import Path

import pytest

from api.errors import CannotStart
from api.settings import load_settings
from api.wiring.build import open_database
from api.wiring.doctor.dossiers import look_at_dossiers
from api.wiring.dossiers.key import KEY_FILE, exchange_key, open_factor_key
from api.wiring.dossiers.office import open_book
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import FactorKind
from tests.support.dossier_updates import an_update

CODE = "H17.15-250710-0012"


def hashed(key: FactorKey) -> str:
    return key.hash(CODE, FactorKind.PHONE, "5678")


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = load_settings(data_folder=tmp_path / "var")
    first = open_factor_key(settings)
    assert hashed(open_factor_key(settings)) == hashed(first)
    file = tmp_path / "var" / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [KEY_FILE]


def test_two_machines_make_two_keys_and_one_setting_makes_one(tmp_path: Path) -> None:
    keys = [open_factor_key(load_settings(data_folder=tmp_path / name)) for name in "ab"]
    assert hashed(keys[0]) != hashed(keys[1])
    given = {"dossier_key": "mot-khoa-dai-hon-ba-muoi-hai-ky-tu-nhe"}
    same = [open_factor_key(load_settings(data_folder=tmp_path / n, **given)) for n in "ab"]
    assert hashed(same[0]) == hashed(same[1])


@pytest.mark.parametrize("content", [b"", b"khong phai khoa", b"ab" * 16, b"\xff" * 64])
def test_a_damaged_key_stops_the_start_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / KEY_FILE
    file.write_bytes(content)
    with pytest.raises(CannotStart, match="bản sao lưu"):
        open_factor_key(load_settings(data_folder=tmp_path))
    assert file.read_bytes() == content


@pytest.mark.anyio
async def test_a_database_of_another_key_stops_the_start_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    settings = load_settings(data_folder=tmp_path)
    async with open_database(settings) as database:
        book = await open_book(settings, database)
        await book.put([an_update(factors={FactorKind.PHONE: "5678"})], "motcua-tinh")
        await open_book(settings, database)
        (tmp_path / KEY_FILE).unlink()
        with pytest.raises(CannotStart, match="new-key"):
            await open_book(settings, database)
        assert not (tmp_path / KEY_FILE).exists(), "a new key would only hide that the old is lost"
        (tmp_path / KEY_FILE).write_text("ab" * 32)
        with pytest.raises(CannotStart, match="new-key"):
            await open_book(settings, database)
        assert [
            one.told
            for one in await look_at_dossiers(settings, offline=True)
            if "kho này" in one.told
        ]
        assert await exchange_key(settings, database) == 1
        await open_book(settings, database)
