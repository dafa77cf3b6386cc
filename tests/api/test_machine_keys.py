"""A key that the other side chose is taken only if nobody guesses it."""

import secrets

import pytest

from api.errors import KeyRefused
from api.machine_keys import check_own_key, id_of, new_key


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("", "một dòng"),
        ("ngắn", "một dòng"),
        ("aB3$" * 7, "ngắn"),
        ("aB3$xY9!kL" * 4, "lặp lại"),
        ("ab" * 30, "ký tự khác nhau"),
        ("Password1!Password2@Password3#xYz", "dễ đoán"),
        ("12345678901234567890123456789012abcXYZ", "liên tiếp"),
        ("zyxwvutsrqponmlkjihgfedcba987654", "liên tiếp"),
        ("MotCuaTinhQuangNinh_zK83hfyqLpRw9s", "dễ đoán"),
        ("vZ8qLr2TnXw5KdYb 7HcMf3PsJg9AeUhQ", "một dòng"),
        ("khoá bí mật của hệ thống một cửa tỉnh", "một dòng"),
        ("mc_" + "vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ", "mc_"),
        ("vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ" * 7, "một dòng"),
    ],
)
def test_a_weak_key_is_refused_without_repeating_it(weak: str, why: str) -> None:
    with pytest.raises(KeyRefused) as caught:
        check_own_key(weak)
    assert why in str(caught.value)
    assert not weak or weak not in str(caught.value)


def test_random_keys_pass() -> None:
    made = ["vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ", secrets.token_urlsafe(48), secrets.token_hex(32)]
    for key in made:
        check_own_key(key.replace("test", "t3st"))


def test_keys_of_ours_are_found_by_their_id_and_are_never_the_same() -> None:
    made = [new_key() for _ in range(200)]
    assert len({key for _, key in made}) == len({key_id for key_id, _ in made}) == 200
    assert all(id_of(key) == key_id for key_id, key in made)
