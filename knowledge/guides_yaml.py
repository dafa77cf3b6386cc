"""Reads `content/guides/`: the common steps, the troubles, and the guides of single procedures.

The format is told in `knowledge/content/guides/README.md`. What a guide must not contradict in
records, tables and general questions is found by `knowledge.guides_check`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty, Fault
from knowledge.guides import Guide, Guides, Need, Trouble
from knowledge.guides_merging import merged
from knowledge.guides_parts import (
    Written,
    closed_rule,
    coming,
    scan,
    step,
    troubles_of,
    way_labels,
    words,
)
from knowledge.procedure import FilingChannel
from knowledge.text import fold
from knowledge.yaml_sections import Notebook, read_section

FOLDER: Final = "guides"
COMMON: Final = "chung.yaml"
TROUBLES: Final = "vuong-mac.yaml"
_FIELD_AND_FILE: Final = 2
"""Parts of the path of a guide of its own, below the folder."""


@dataclass(slots=True)
class GuideFile:
    """One file, and what it says; faulty parts of it are left empty."""

    notebook: Notebook
    guide: Guide
    """The common guide has no code."""
    written: tuple[Written, ...] = ()
    """What stands in this file, step by step: added steps and common ones in other words."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Of the top keys."""
    closed_lines: tuple[int, ...] = ()
    scan_lines: tuple[int, ...] = ()
    come_lines: tuple[int, ...] = ()


@dataclass(slots=True)
class GuideFiles:
    """Everything that stands in the folder."""

    guides: Guides = field(default_factory=Guides)
    common: GuideFile | None = None
    """None: there is no such file, so nothing is guided."""
    own: tuple[GuideFile, ...] = ()
    troubles: Notebook | None = None
    trouble_lines: Mapping[str, int] = field(default_factory=dict)
    """By key."""


def load_guides(folder: Path = SHIPPED) -> Guides:
    """Return the guides of a content folder; a folder without the common steps has none.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    files, faults = read_guides(folder)
    if faults:
        raise ContentFaulty(faults)
    return files.guides


def read_guides(folder: Path = SHIPPED) -> tuple[GuideFiles, tuple[Fault, ...]]:
    """Read `folder/guides/`; never raises, all faults are in the answer, sorted."""
    root, shown = folder / FOLDER, f"{folder.name}/{FOLDER}"
    if not root.is_dir():
        return GuideFiles(), ()
    files = GuideFiles()
    troubles = _read_troubles(root / TROUBLES, f"{shown}/{TROUBLES}", files)
    known = frozenset(troubles)
    files.common = common = _read_common(root / COMMON, f"{shown}/{COMMON}", known)
    guide = common.guide if common else Guide("", ())
    places = sorted(one for one in root.rglob("*") if one.is_file())
    paths = [one for one in places if _is_own(one.relative_to(root))]
    files.own = tuple(
        _read_own(path, f"{shown}/{path.relative_to(root).as_posix()}", guide, known)
        for path in paths
    )
    _codes_twice(files.own)
    own = {one.guide.code: one.guide for one in files.own if one.guide.code}
    files.guides = Guides(guide.steps, own, troubles, guide.way_labels)
    notebooks = [one.notebook for one in (common, *files.own) if one]
    notebooks += [files.troubles] if files.troubles else []
    faults = {fault for notebook in notebooks for fault in notebook.faults}
    faults |= {*_misplaced(places, root, shown), *_lonely(common, paths, shown)}
    return files, tuple(sorted(faults))


def _is_own(place: Path) -> bool:
    return place.suffix == ".yaml" and len(place.parts) == _FIELD_AND_FILE


def _misplaced(places: Iterable[Path], root: Path, shown: str) -> Iterator[Fault]:
    for place in (one.relative_to(root) for one in places):
        if not (_is_own(place) or place.suffix == ".md" or place.as_posix() in (COMMON, TROUBLES)):
            told = "Tệp ở đây phải là guides/<lĩnh vực>/<mã>.yaml. Chuyển hoặc đổi tên."
            yield Fault(f"{shown}/{place.as_posix()}", 0, told)


def _lonely(common: GuideFile | None, paths: list[Path], shown: str) -> Iterator[Fault]:
    if common is None and paths:
        yield Fault(f"{shown}/{COMMON}", 0, "Có hướng dẫn riêng mà thiếu các bước chung. Thêm tệp.")


def _codes_twice(files: Iterable[GuideFile]) -> None:
    first: dict[str, str] = {}
    for file in files:
        owner = first.setdefault(file.guide.code, file.notebook.file)
        if file.guide.code and owner != file.notebook.file:
            told = f"Mã {file.guide.code} đã có hướng dẫn ở {owner}. Giữ một tệp."
            file.notebook.note(0, told)


def _read_troubles(path: Path, shown: str, files: GuideFiles) -> Mapping[str, Trouble]:
    """Read what goes wrong; no such file: nothing does."""
    if not path.is_file():
        return {}
    files.troubles = notebook = Notebook(shown)
    top = read_section(path, notebook)
    if top is None:
        return {}
    found = troubles_of(top)
    top.finish()
    files.trouble_lines = {one.key: line for one, line in found}
    _signs_twice(notebook, found)
    return {one.key: one for one, _ in found}


def _signs_twice(notebook: Notebook, found: Iterable[tuple[Trouble, int]]) -> None:
    first: dict[str, str] = {}
    for trouble, line in found:
        for sign in trouble.signs:
            owner = first.setdefault(fold(sign), trouble.key)
            if owner != trouble.key:
                notebook.note(line, f"'{sign}' đã thuộc chỗ vướng '{owner}'. Giữ một chỗ.")


def _read_common(path: Path, shown: str, troubles: frozenset[str]) -> GuideFile | None:
    if not path.is_file():
        return None
    notebook = Notebook(shown)
    top = read_section(path, notebook)
    if top is None:
        return GuideFile(notebook, Guide("", ()))
    written = tuple(step(part, troubles, common=True) for part in top.sections("steps"))
    labels = way_labels(top)
    top.finish()
    steps = merged(notebook, (), written, ())
    if not steps:
        top.fault("steps", "Chưa có bước nào. Viết ít nhất một bước cho mỗi cách nộp.")
    lines = {key: top.line_of(key) for key in ("steps", "way_labels")}
    return GuideFile(notebook, Guide("", steps, way_labels=labels), written, lines)


def _read_own(path: Path, shown: str, common: Guide, troubles: frozenset[str]) -> GuideFile:
    notebook = Notebook(shown)
    top = read_section(path, notebook)
    if top is None:
        return GuideFile(notebook, Guide(path.stem, ()))
    code = top.required_text("code")
    if code and code != path.stem:
        top.fault("code", f"Mã '{code}' khác tên tệp '{path.name}'. Sửa cho khớp.")
    known = {one.key: one for one in common.steps}
    in_other_words = tuple(words(part, known, troubles) for part in top.sections("words"))
    added = tuple(step(part, troubles, common=False) for part in top.sections("steps"))
    gone = top.placed_texts("leave_out")
    for key in gone.keys() - known.keys():
        notebook.note(gone[key], f"Không có bước chung '{key}'. Chọn: {', '.join(known)}.")
    written = (*in_other_words, *added)
    closed = [closed_rule(part) for part in top.sections("closed")]
    scans = [scan(part) for part in top.sections("scans")]
    come = [coming(part) for part in top.sections("come")]
    guide = Guide(
        code=code,
        steps=merged(notebook, common.steps, written, gone),
        closed=tuple(one for one, _ in closed),
        scans=tuple(one for one, _ in scans),
        come=tuple(one for one, _ in come),
        results_only=frozenset(top.choices("results_only", FilingChannel)),
        needs=frozenset({Need.SIGN}) if top.flag("sign") else frozenset(),
        way_labels=common.way_labels,
        written=True,
    )
    top.finish()
    lines = {key: top.line_of(key) for key in ("code", "steps", "closed")}
    placed = ([line for _, line in told] for told in (closed, scans, come))
    return GuideFile(notebook, guide, written, lines, *map(tuple, placed))
