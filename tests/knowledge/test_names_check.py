"""Names that do not find their procedure are told, whoever wrote them."""

from knowledge.content import ContentFile
from knowledge.library import Library
from knowledge.names_check import check_names
from knowledge.procedure import Procedure
from tests.support.builders import a_procedure

BIRTH = a_procedure("Đăng ký khai sinh", code="1.1", label="Khai sinh", aliases=("làm khai sinh",))
DEATH = a_procedure("Đăng ký khai tử", code="2.2", label="Khai tử", aliases=("làm giấy báo tử",))


def a_file(procedure: Procedure) -> ContentFile:
    return ContentFile(f"content/procedures/{procedure.code}.yaml", procedure, {"aliases": 6})


def test_names_that_find_their_procedure_are_no_fault() -> None:
    told: list[tuple[int, int]] = []
    files = [a_file(BIRTH), a_file(DEATH)]
    library = Library.of([BIRTH, DEATH])
    assert list(check_names(files, library, lambda *done: told.append(done))) == []
    assert told == [(1, 2), (2, 2)]


def test_an_alias_that_finds_nothing_of_it_is_told_in_both_spellings() -> None:
    written = a_procedure(
        "Đăng ký khai sinh", code="1.1", label="Khai sinh", aliases=("đổi biển số xe",)
    )
    kinds = ("máy", "tải", "khách", "đạp điện", "ba bánh", "rơ moóc")
    plates = [
        a_procedure(f"Đổi biển số xe {kind}", code=f"3.{number}", label=f"Biển xe {kind}")
        for number, kind in enumerate(kinds)
    ]
    faults = list(check_names([a_file(written)], Library.of([BIRTH, DEATH, *plates])))
    assert [(fault.line, fault.message.split(" không")[0]) for fault in faults] == [
        (6, "'đổi biển số xe'"),
        (6, "'doi bien so xe'"),
    ]
