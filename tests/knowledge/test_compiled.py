"""A compiled library: the same answers as a built one, whatever happens to its folder."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from knowledge.compiled import Sources, fingerprint, load_or_build
from knowledge.content import load_procedures
from knowledge.faq import Faq
from knowledge.faq_finder import FaqContent
from knowledge.guides_yaml import load_guides
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.synonyms import Synonym, Vocabulary
from knowledge.tables_yaml import load_tables
from tests.support.builders import a_procedure

WORDS = Vocabulary(
    synonyms=(Synonym("cắt khẩu", ("xóa đăng ký thường trú",)),),
    noise=("ở đâu",),
    telling=("xóa",),
    light=("giấy",),
)


@dataclass
class Shelf:
    """Sources that count how often they were read."""

    name: str = "một"
    reads: int = 0
    procedures: tuple[Procedure, ...] = (
        a_procedure(code="1.004222", former_codes=("1.000001",)),
        a_procedure("Xóa đăng ký thường trú", code="1.003197"),
        a_procedure("Tách hộ", code="1.010038", suspect="Văn bản của thủ tục khác"),
        a_procedure("Gia hạn tạm trú (thực hiện tại cấp tỉnh)", code="1.000003"),
        a_procedure("Gia hạn tạm trú", code="1.000002"),
    )
    troubles: list[str] = field(default_factory=list)

    def read(self) -> Iterable[Procedure]:
        self.reads += 1
        return self.procedures

    def library(self, folder: Path | None) -> Library:
        sources = Sources(self.name, self.read, lambda: WORDS)
        return load_or_build(sources, folder, self.troubles.append)


def told(library: Library) -> object:
    """Everything a library can be asked, for comparing two of them."""
    asked = ("cắt khẩu ở đâu", "đăng ký thường trú", "gia hạn tạm trú", "tách hộ", "")
    return (
        [library.search(words) for words in asked],
        [(code, library.get(code), library.twins(code)) for code in library.codes()],
        [library.resolve(code) for code in ("1.000001", "1.010038", "9.999999")],
    )


def test_a_loaded_library_answers_like_the_one_that_was_built(tmp_path: Path) -> None:
    shelf = Shelf()
    built = Library.of(shelf.procedures, WORDS)
    assert built.search("cắt khẩu")[0].procedure.code == "1.003197"
    assert told(shelf.library(None)) == told(built)
    assert told(shelf.library(tmp_path)) == told(built)
    assert told(shelf.library(tmp_path)) == told(built)


def test_general_questions_are_compiled_too(tmp_path: Path) -> None:
    faq = Faq(key="rut-ho-so", topic="ho-so", question="Muốn rút hồ sơ?", label="Rút hồ sơ")
    waiting = replace(faq, key="cat-khau", until=("xóa đăng ký thường trú",))
    content = FaqContent((faq, waiting), Vocabulary(light=("hồ",)))
    shelf = Shelf()
    sources = Sources(shelf.name, shelf.read, lambda: WORDS, faqs=lambda: content)

    for folder in (None, tmp_path, tmp_path):
        library = load_or_build(sources, folder, shelf.troubles.append)
        assert [one.faq for one in library.faqs.search("rut ho so")] == [faq]
        assert library.faqs.get("cat-khau") is None
    assert shelf.troubles == []


def test_sources_are_read_only_once(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.library(tmp_path)
    shelf.library(tmp_path)
    assert (shelf.reads, shelf.troubles) == (1, [])


def test_other_sources_are_compiled_anew(tmp_path: Path) -> None:
    Shelf().library(tmp_path)
    other = Shelf(name="hai", procedures=(a_procedure("Tách hộ", code="1.010038"),))
    assert other.library(tmp_path).codes() == ("1.010038",)


@pytest.mark.parametrize("file", ["arrays.npz", "words.json", "records.jsonl", "sums.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_folder_is_built_again(tmp_path: Path, file: str, damage: str) -> None:
    shelf = Shelf()
    whole = told(shelf.library(tmp_path))
    (path,) = tmp_path.glob(f"library-*/{file}")
    held = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        middle = len(held) // 2
        rest = held[middle + 1 :] if damage == "changed" else b""
        path.write_bytes(held[:middle] + bytes([held[middle] ^ 1]) + rest)
    assert told(shelf.library(tmp_path)) == whole
    assert shelf.reads == 2
    assert len(shelf.troubles) == 1
    assert "đang dựng lại" in shelf.troubles[0]
    assert told(shelf.library(tmp_path)) == whole
    assert shelf.reads == 2


def test_a_folder_that_cannot_be_written_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("không phải thư mục")
    shelf = Shelf()
    library = shelf.library(tmp_path / "file" / "cache")
    assert library.get("1.004222") == shelf.procedures[0]
    assert "lần sau sẽ phải dựng lại" in shelf.troubles[0]


def test_nothing_half_written_stays_and_old_folders_go(tmp_path: Path) -> None:
    for place in range(6):
        Shelf(name=str(place)).library(tmp_path)
    names = [folder.name for folder in tmp_path.iterdir()]
    assert len(names) == 3
    assert all(name.startswith("library-") for name in names)


def test_a_library_survives_the_removal_of_its_folder(tmp_path: Path) -> None:
    shelf = Shelf()
    library = shelf.library(tmp_path)
    (folder,) = tmp_path.iterdir()
    for file in folder.iterdir():
        file.unlink()
    assert library.get("1.003197") == shelf.procedures[1]


def test_an_empty_library_can_be_compiled(tmp_path: Path) -> None:
    shelf = Shelf(procedures=())
    assert len(shelf.library(tmp_path)) == len(shelf.library(tmp_path)) == 0
    assert shelf.troubles == []


def test_tables_are_compiled_with_the_library(tmp_path: Path) -> None:
    tables = load_tables()
    assert tables
    sources = Sources("bảng", load_procedures, lambda: WORDS, tables=lambda: tables)
    libraries = [load_or_build(sources, tmp_path) for _ in range(2)]
    for code, table in tables.items():
        assert [library.table(code) for library in libraries] == [table, table]
    assert libraries[1].table("9.999999") is None


def test_guides_are_compiled_with_the_library(tmp_path: Path) -> None:
    guides = load_guides()
    assert guides.common
    assert guides.troubles
    sources = Sources("hướng dẫn", load_procedures, lambda: WORDS, guides=lambda: guides)
    libraries = [load_or_build(sources, tmp_path) for _ in range(2)]
    for library in libraries:
        assert library.troubles == guides.troubles
        for code in (*guides.own, "9.999999"):
            assert library.guide(code) == guides.of(code)


def test_the_fingerprint_follows_names_bytes_and_revisions(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("code: 1")
    prints = [fingerprint([tmp_path]), fingerprint([tmp_path], "bản 2")]
    (tmp_path / "a.yaml").write_text("code: 2")
    prints.append(fingerprint([tmp_path]))
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    prints.append(fingerprint([tmp_path]))
    assert len(set(prints)) == 4
    assert fingerprint([tmp_path]) == prints[-1]
