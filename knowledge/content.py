"""Reads the procedures that we wrote ourselves: `content/procedures/<field>/<code>.yaml`.

The format is told in `knowledge/content/README.md`. All faults of all files are found at once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentFaulty, Fault
from knowledge.procedure import Procedure
from knowledge.procedure_yaml import read_procedure
from knowledge.text import fold
from knowledge.yaml_sections import Notebook, read_section

SHIPPED = Path(__file__).parent / "content"
"""The content that ships with the program."""


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file and the procedure it holds; faulty parts of it are left empty."""

    file: str
    procedure: Procedure | None
    """None: the file is no mapping at all."""
    lines: dict[str, int]
    """Lines of the keys that are compared with other files: "code", "aliases"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of procedures holds."""

    files: tuple[ContentFile, ...]
    faults: tuple[Fault, ...]
    """Sorted by file and line."""

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """The procedures, in the order of their files."""
        return tuple(file.procedure for file in self.files if file.procedure is not None)


def load_procedures(folder: Path = SHIPPED) -> tuple[Procedure, ...]:
    """Return the procedures of a content folder, in the order of their codes.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    reading = read_procedures(folder)
    if reading.faults:
        raise ContentFaulty(reading.faults)
    return tuple(sorted(reading.procedures, key=lambda procedure: procedure.code))


def read_procedures(folder: Path = SHIPPED) -> Reading:
    """Read `folder/procedures/**/*.yaml`; never raises, all faults are in the answer."""
    root = folder / "procedures"
    if not root.is_dir():
        missing = Fault(f"{folder.name}/procedures", 0, "Không có thư mục này. Kiểm tra đường dẫn.")
        return Reading((), (missing,))
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    reading = read_files((path for path in paths if path.suffix == ".yaml"), folder.parent)
    strange = tuple(
        Fault(_shown(path, folder.parent), 0, "Tệp ở đây phải có tên <mã thủ tục>.yaml. Đổi tên.")
        for path in paths
        if path.suffix not in {".yaml", ".md"}
    )
    empty = () if paths else (Fault(_shown(root, folder.parent), 0, "Chưa có thủ tục nào."),)
    return Reading(reading.files, tuple(sorted(reading.faults + strange + empty)))


def read_files(paths: Iterable[Path], shown_from: Path) -> Reading:
    """Read the given files; `shown_from` is left off the file names in faults."""
    faults: list[Fault] = []
    files = []
    for path in paths:
        notebook = Notebook(_shown(path, shown_from))
        files.append(_read_file(path, notebook))
        faults += notebook.faults
    faults += _twice(files, _codes_of, "Mã {what} đã có ở {first}. Giữ một tệp.")
    faults += _twice(files, _aliases_of, "Tên gọi '{what}' đã thuộc về {first}. Đặt tên khác nhau.")
    return Reading(tuple(files), tuple(sorted(set(faults))))


def _shown(path: Path, start: Path) -> str:
    return path.relative_to(start).as_posix() if path.is_relative_to(start) else path.as_posix()


def _read_file(path: Path, notebook: Notebook) -> ContentFile:
    top = read_section(path, notebook)
    if top is None:
        return ContentFile(notebook.file, None, {})
    procedure = read_procedure(top)
    if procedure.code and procedure.code != path.stem:
        top.fault("code", f"Mã '{procedure.code}' khác tên tệp '{path.name}'. Sửa cho khớp.")
    top.finish()
    return ContentFile(
        notebook.file, procedure, {key: top.line_of(key) for key in ("code", "aliases")}
    )


def _codes_of(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    yield "code", procedure.code, procedure.code


def _aliases_of(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    for alias in (procedure.label, *procedure.aliases):
        yield "aliases", fold(alias), alias


def _twice(
    files: Iterable[ContentFile],
    claims: Callable[[Procedure], Iterator[tuple[str, str, str]]],
    message: str,
) -> Iterator[Fault]:
    """Yield a fault for each claim made by two files: (key, what is compared, what is shown)."""
    first: dict[str, str] = {}
    for file in files:
        for key, compared, shown in claims(file.procedure) if file.procedure else ():
            owner = first.setdefault(compared, file.file)
            if compared and owner != file.file:
                yield Fault(file.file, file.lines[key], message.format(what=shown, first=owner))
