"""Reads the profile of a province: what differs from the national data and is told to citizens.

A profile is one YAML or Excel file; `content/profiles/sample.yaml` shows it, and
`motcua knowledge profile-sample` writes the Excel form of it.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from knowledge.errors import ContentFaulty, Fault
from knowledge.profile_parts import DAYS, DEAREST, fee_of, form_of, office_of, shifts_of
from knowledge.province import (
    PORTAL_SEARCH,
    CouncilFee,
    FormFile,
    Office,
    ProvinceProfile,
    Shift,
)
from knowledge.yaml_sections import Notebook, Section, read_section

_HOTLINE: Final = re.compile(r"\+?[\d .]{3,15}")
_SEARCH: Final = re.compile(r"https://(?:[a-z0-9-]+\.)*gov\.vn/\S*=")


def load_profile(path: Path) -> ProvinceProfile:
    """Return the profile of a file.

    Raises:
        ContentFaulty: with every fault of the file.
    """
    profile, faults = read_profile(path)
    if faults:
        raise ContentFaulty(faults)
    return profile


def read_profile(path: Path) -> tuple[ProvinceProfile, tuple[Fault, ...]]:
    """Return the profile, as far as it is right, and its faults; never raises."""
    notebook = Notebook(path.name)
    if path.suffix.lower() == ".xlsx":
        from knowledge.profile_sheets import read_sheets  # noqa: PLC0415 - only for Excel

        profile = read_sheets(path, notebook)
    else:
        top = read_section(path, notebook)
        profile = ProvinceProfile(name="") if top is None else _profile(top)
    for message in faults_of_profile(profile):
        notebook.note(0, message)
    return profile, tuple(notebook.faults)


def faults_of_profile(profile: ProvinceProfile) -> Iterator[str]:
    """Yield what is wrong with the whole: doubles, and what stands at its top."""
    if profile.hotline and not _HOTLINE.fullmatch(profile.hotline):
        yield f"Tổng đài '{profile.hotline}' không phải số điện thoại. Chỉ viết số."
    if profile.hotline and not profile.hotline_source:
        yield "Ghi nơi công bố số tổng đài (hotline_source), ví dụ trang web của tỉnh."
    if not _SEARCH.fullmatch(profile.portal_search):
        yield "Trang tìm thủ tục (portal_search) phải là trang https:// của gov.vn, cuối là '='."
    yield from _doubles("Cơ quan", (office.name for office in profile.offices))
    yield from _doubles("Mẫu đơn", (form.number for form in profile.forms))
    fees = (f"{fee.code} {fee.channel or ''} {fee.amount.purpose}" for fee in profile.fees)
    yield from _doubles("Lệ phí", (" ".join(fee.split()) for fee in fees))


def _doubles(what: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            yield f"{what} '{name}' có hai lần. Giữ một."
        seen.add(name)


class _YamlPart:
    """A section, as the builders of the parts read it."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.text = section.text
        self.required_text = section.required_text
        self.texts = section.texts
        self.fault = section.fault

    def amount(self, key: str) -> int | None:
        """Return a sum in đồng; None where it is missing."""
        if not self.section.has(key):
            return None
        return self.section.integer(key, low=0, high=DEAREST, default=0)


def _profile(top: Section) -> ProvinceProfile:
    profile = ProvinceProfile(
        name=top.required_text("name"),
        hotline=top.text("hotline"),
        hotline_source=top.text("hotline_source"),
        portal_search=top.text("portal_search") or PORTAL_SEARCH,
        sample=top.text("sample") == "có",
        offices=tuple(_offices(top.sections("offices"))),
        fees=tuple(_fees(top.sections("fees"))),
        forms=tuple(_forms(top.sections("forms"))),
    )
    top.finish()
    return profile


def _offices(sections: Iterable[Section]) -> Iterator[Office]:
    for section in sections:
        hours: list[Shift] = []
        week = section.section("hours")
        if week is not None:
            part = _YamlPart(week)
            for weekday, day in enumerate(DAYS):
                hours += shifts_of(part, day, weekday, week.texts(day))
            week.finish()
        yield office_of(_YamlPart(section), hours)
        section.finish()


def _fees(sections: Iterable[Section]) -> Iterator[CouncilFee]:
    for section in sections:
        fee = fee_of(_YamlPart(section))
        section.finish()
        if fee is not None:
            yield fee


def _forms(sections: Iterable[Section]) -> Iterator[FormFile]:
    for section in sections:
        yield form_of(_YamlPart(section))
        section.finish()
