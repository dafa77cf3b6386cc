"""Only Zalo's own bytes get in. The vector was computed with the official Java code."""

import contextlib
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import Unauthentic
from bot.channels.zalo_oa.signature import Signature
from tests.support.zalo_oa_channel import SIGNATURE, a_reader
from tests.support.zalo_oa_events import APP_ID, OA_SECRET_KEY, Style, a_text, mac, signed

BODY = (
    '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},'
    '"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},'
    '"event_name":"user_send_text","message":{"text":"Xin chào, thủ tục làm CCCD?",'
    '"msg_id":"96d3cdf3af150460909"},"timestamp":"1543908534740"}'
).encode()
TIMESTAMP = "1543908534740"
MAC = "880dec5ac9ebc1d848d57b173c94975969993ca81c90d967746f0ad5582d6d47"


def read(body: bytes, signature: str | None) -> list[str]:
    headers = {} if signature is None else {"x-zevent-signature": signature}
    return [arrival.text for arrival in a_reader().read(body, headers)]


def test_case_19_the_vector_of_the_official_code_is_accepted() -> None:
    assert SIGNATURE.mac(BODY, TIMESTAMP) == MAC
    assert read(BODY, f"mac={MAC}") == ["Xin chào, thủ tục làm CCCD?"]


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_case_19_a_flipped_byte_is_refused(place: int, mask: int) -> None:
    flipped = bytearray(BODY)
    flipped[place] ^= mask

    with pytest.raises(Unauthentic):
        read(bytes(flipped), f"mac={MAC}")


@pytest.mark.parametrize("body", [BODY + b"\n", b" " + BODY, BODY.replace(b",", b", ")])
def test_case_19_a_blank_more_is_refused(body: bytes) -> None:
    with pytest.raises(Unauthentic):
        read(body, f"mac={MAC}")


def test_case_19_json_written_anew_is_refused() -> None:
    again = json.dumps(json.loads(BODY)).encode()

    with pytest.raises(Unauthentic):
        read(again, f"mac={MAC}")


@pytest.mark.parametrize(
    "wrong",
    [
        Signature(APP_ID, "app-secret-of-the-tests").mac(BODY, TIMESTAMP),
        Signature("360846524940903968", OA_SECRET_KEY).mac(BODY, TIMESTAMP),
        hmac.new(OA_SECRET_KEY.encode(), BODY, hashlib.sha256).hexdigest(),
        hmac.new(
            OA_SECRET_KEY.encode(), APP_ID.encode() + BODY + TIMESTAMP.encode(), hashlib.sha256
        ).hexdigest(),
        hashlib.sha256(BODY).hexdigest(),
        "0" * 64,
    ],
)
def test_case_19_other_keys_and_an_hmac_are_refused(wrong: str) -> None:
    with pytest.raises(Unauthentic):
        read(BODY, f"mac={wrong}")


@pytest.mark.parametrize(
    "written",
    [f"mac={MAC}", MAC, MAC.upper(), f"MAC={MAC.upper()}", f"  mac= {MAC}  ", f"mac = {MAC}\t"],
)
def test_case_20_prefix_capitals_and_blanks_do_not_matter(written: str) -> None:
    assert read(BODY, written)


@pytest.mark.parametrize(
    "written",
    [
        *(None, "", "mac=", f"mac={MAC[:-1]}", f"mac={MAC}0", f"sha256={MAC}", f"mac={MAC} {MAC}"),
        *(f"mac=mac={MAC}", f"mac={MAC[:32]} {MAC[32:]}", "mac=" + "đ" * 64, f'"{MAC}"'),
    ],
)
def test_case_20_a_missing_or_misshapen_signature_is_refused(written: str | None) -> None:
    with pytest.raises(Unauthentic):
        read(BODY, written)


@pytest.mark.parametrize("timestamp", ["1543908534740", 1543908534740])
def test_case_21_the_timestamp_may_be_a_string_or_a_number(timestamp: object) -> None:
    body, headers = signed(a_text("xin chào", "m1", timestamp=timestamp))
    (arrival,) = a_reader().read(body, {name.lower(): value for name, value in headers.items()})

    assert arrival.sent_at.isoformat() == "2018-12-04T07:28:54.740000+00:00"


def test_case_21_an_old_event_is_read_and_keeps_its_id_when_it_is_repeated() -> None:
    event = a_text("xin chào", "m1", timestamp="1543908534740")
    arrivals = [
        a_reader().read(body, {name.lower(): value for name, value in headers.items()})[0]
        for body, headers in (signed(event), signed(event, num_retry=5))
    ]

    assert len({arrival.event_id for arrival in arrivals}) == 1


@pytest.mark.parametrize("timestamp", [None, True, "", "hôm qua", -1, 1.5, [], "9" * 21])
def test_case_21_without_a_timestamp_nothing_is_authentic(timestamp: object) -> None:
    body, headers = signed(a_text("xin chào", "m1", timestamp=timestamp))

    with pytest.raises(Unauthentic):
        read(body, headers["X-ZEvent-Signature"])


@pytest.mark.parametrize("style", list(Style))
def test_the_bytes_count_however_the_json_is_written(style: Style) -> None:
    body, headers = signed(a_text("Đăng ký khai sinh ở đâu?", "m1"), style)

    assert read(body, headers["X-ZEvent-Signature"]) == ["Đăng ký khai sinh ở đâu?"]


@pytest.mark.parametrize("body", [b"", b" \r\n", b"{}"])
def test_an_empty_probe_means_nothing_and_needs_no_signature(body: bytes) -> None:
    assert read(body, None) == []


NESTED = b"[" * 100_000


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b'"chao"', b"{", b"\xff\xfe\xfa", NESTED, b'{"a":' + NESTED]
)
def test_what_is_no_object_of_json_is_refused_and_breaks_nothing(body: bytes) -> None:
    with pytest.raises(Unauthentic):
        read(body, f"mac={mac(body, '')}")


@given(st.binary(max_size=300), st.text(max_size=90))
def test_whatever_comes_is_read_or_refused(body: bytes, signature: str) -> None:
    with contextlib.suppress(Unauthentic):
        assert read(body, signature) == []


def test_the_key_is_not_shown() -> None:
    assert OA_SECRET_KEY not in repr(SIGNATURE)
