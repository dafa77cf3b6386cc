"""The profile of a province: what differs from the national data and is told to every citizen.

A profile is one YAML file; `content/profiles/sample.yaml` shows it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentFaulty, Fault
from knowledge.yaml_sections import Notebook, Section, read_section

PORTAL_SEARCH = "https://dichvucong.gov.vn/tim-kiem-thu-tuc-hanh-chinh?keyword="
"""The search of the National Public Service Portal; the words are appended, percent-encoded."""

_HOTLINE = re.compile(r"\+?[\d .]{3,15}")
_SEARCH = re.compile(r"https://(?:[a-z0-9-]+\.)*gov\.vn/\S*=")


@dataclass(frozen=True, slots=True)
class ProvinceProfile:
    """What a province says of itself."""

    name: str
    hotline: str = ""
    """As it is dialled; empty: none is published, and none is told."""
    hotline_source: str = ""
    """Where the number is published; never empty beside a number."""
    portal_search: str = PORTAL_SEARCH
    """The search words are appended to it."""


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
    top = read_section(path, notebook)
    profile = ProvinceProfile(name="") if top is None else _profile(top)
    return profile, tuple(notebook.faults)


def _profile(top: Section) -> ProvinceProfile:
    profile = ProvinceProfile(
        name=top.required_text("name"),
        hotline=top.text("hotline"),
        hotline_source=top.text("hotline_source"),
        portal_search=top.text("portal_search") or PORTAL_SEARCH,
    )
    if profile.hotline and not _HOTLINE.fullmatch(profile.hotline):
        top.fault("hotline", f"'{profile.hotline}' không phải số điện thoại. Chỉ viết số.")
    if profile.hotline and not profile.hotline_source:
        top.fault("hotline_source", "Ghi nơi công bố số tổng đài, ví dụ trang web của tỉnh.")
    if not _SEARCH.fullmatch(profile.portal_search):
        top.fault("portal_search", "Phải là trang https:// của gov.vn, kết thúc bằng dấu '='.")
    top.finish()
    return profile
