"""Passwords: long rather than complex, and nothing that everybody would try."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from typing_extensions import override

from api.errors import StaffRefused
from api.staff.passwords import SHORTEST, Passwords, check, generated
from tests.support.staff_desk import quick_passwords

LOGIN, NAME = "lan.nguyen", "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "ít nhất 12"),
        ("ngắn quá", "ít nhất 12"),
        ("x" * 129, "tối đa 128"),
        ("mưa rơi trên\x00mái", "không đọc được"),
        ("aaaaaaaaaaaaaaaa", "lặp lại"),
        ("ababababababab", "lặp lại"),
        ("123456789012345", "liền nhau"),
        ("abcdefghijklmnop", "liền nhau"),
        ("zyxwvutsrqponm", "liền nhau"),
        ("aaaabbbbccccdddd", "lặp lại"),
        ("Lan.Nguyen-2026!", "tên đăng nhập hoặc họ tên"),
        ("NguyễnThịLan1985", "tên đăng nhập hoặc họ tên"),
        ("nguyen thi lan 85", "tên đăng nhập hoặc họ tên"),
        ("LanThịNguyễn@@99", "tên đăng nhập hoặc họ tên"),
        ("lan nguyen lan 1", "tên đăng nhập hoặc họ tên"),
        ("matkhau123456!", "dễ đoán"),
        ("Password@2026", "dễ đoán"),
        ("MotCua@123456", "dễ đoán"),
        ("qwertyuiop123", "dễ đoán"),
    ],
)
def test_a_weak_password_is_refused_and_never_repeated(password: str, told: str) -> None:
    with pytest.raises(StaffRefused, match=told) as caught:
        check(password, LOGIN, NAME)
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize(
    "password",
    ["mưa rơi trên mái ngói", "ba con mèo ngủ trưa", "k7q2m-vw8xr-3hd5t-9npjc", "Tr0n6-k3m-c4y"],
)
def test_a_long_one_is_taken_whatever_signs_it_has(password: str) -> None:
    check(password, LOGIN, NAME)


def test_what_we_make_ourselves_is_always_good_enough_and_never_twice_the_same() -> None:
    made = {generated() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        check(one, LOGIN, NAME)
        assert len(one.replace("-", "")) == 20 > SHORTEST


@pytest.mark.anyio
async def test_a_password_fits_however_a_keyboard_writes_its_accents() -> None:
    passwords = quick_passwords()
    kept = passwords.hash("mưa rơi trên mái ngói")
    for typed, fits in (
        ("mưa rơi trên mái ngói", True),
        ("mưa rơi trên mái ngói", True),
        ("Mưa rơi trên mái ngói", False),
        ("mua roi tren mai ngoi", False),
        ("", False),
        ("\ud800", False),
    ):
        assert (await passwords.fits(typed, kept))[0] is fits


@pytest.mark.anyio
async def test_nobody_s_password_is_right_and_is_compared_all_the_same() -> None:
    compared = []

    class Counting(Argon2Hasher):
        @override
        def verify(self, password: str | bytes, hash: str | bytes) -> bool:
            compared.append(hash)
            return super().verify(password, hash)

    passwords = Passwords(PasswordHash((Counting(time_cost=1, memory_cost=8, parallelism=1),)))
    kept = passwords.hash("mưa rơi trên mái ngói")
    assert await passwords.fits("sai", kept) == (False, None)
    assert await passwords.fits("sai", None) == (False, None)
    assert len(compared) == 2
    mine, nobodys = (str(one).rsplit("$", 2)[0] for one in compared)
    assert mine == nobodys  # the same parameters, so the same work
    assert await passwords.fits("sai", "không phải bản băm") == (False, None)


@pytest.mark.anyio
async def test_an_old_hash_is_renewed_when_the_password_is_right() -> None:
    old = quick_passwords().hash("mưa rơi trên mái ngói")
    stronger = Passwords(PasswordHash((Argon2Hasher(time_cost=2, memory_cost=8, parallelism=1),)))
    assert await stronger.fits("sai", old) == (False, None)
    fits, newer = await stronger.fits("mưa rơi trên mái ngói", old)
    assert fits
    assert newer is not None
    assert await stronger.fits("mưa rơi trên mái ngói", newer) == (True, None)


def test_the_recommended_parameters_are_those_of_the_library() -> None:
    assert Passwords().hash("mưa rơi trên mái ngói").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
