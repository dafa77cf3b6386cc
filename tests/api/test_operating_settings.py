"""What an operator sets is read whole, or refused with what to write and without its secrets."""

import pytest

from api.errors import SettingsInvalid
from api.settings import load_settings


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ()),
        ("127.0.0.1", ("127.0.0.1/32",)),
        (" 10.0.0.1/8 , 2001:db8::1,", ("10.0.0.0/8", "2001:db8::1/128")),
    ],
)
def test_proxies_are_addresses_or_networks(given: str, read: tuple[str, ...]) -> None:
    assert load_settings(trusted_proxies=given).trusted_proxies == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trusted_proxies", "nginx"),
        ("trusted_proxies", "*"),
        ("limits_url", "memcached://:matkhau@may"),
        ("metrics_token", "matkhau"),
        ("retention_days", "6"),
        ("sessions_per_minute", "0"),
    ],
)
def test_what_cannot_be_used_is_told_with_an_example_and_without_a_password(
    name: str, value: str
) -> None:
    with pytest.raises(SettingsInvalid, match=f"Biến {name.upper()} .*{name.upper()}=") as refused:
        load_settings(**{name: value})
    assert "matkhau" not in str(refused.value)


def test_printed_settings_show_no_token() -> None:
    settings = load_settings(metrics_token="mot-ma-rat-bi-mat")  # noqa: S106 - of this test
    assert "mot-ma-rat-bi-mat" not in f"{settings!r} {settings}"
