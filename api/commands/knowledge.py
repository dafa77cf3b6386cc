"""`motcua knowledge …`: check, export and count what the assistant knows; import and confirm."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.commands.checking import check
from api.commands.files import write_whole
from api.commands.profile import profile_sample
from api.commands.revising import confirm_, held, import_, revisions, rollback
from api.commands.stats import stats
from api.commands.terminal import (
    Exports,
    VietnameseCommand,
    VietnameseGroup,
    say,
    warn,
)
from api.commands.workbooks import export_workbook
from api.errors import CannotStart
from api.settings import load_settings
from api.wiring.build import terminal_library
from api.wiring.counting import every_procedure
from knowledge.codec import canonical

Output = Annotated[
    Path | None, typer.Option(metavar="TỆP", help="Tệp ghi ra. Bỏ trống: in ra màn hình.")
]
Excel = Annotated[
    Path | None, typer.Option(metavar="TỆP.xlsx", help="Xuất ra Excel để sửa rồi nhập lại.")
]
Only = Annotated[
    str,
    typer.Option(
        metavar="PHẦN", help="Với --excel: ours (thủ tục biên soạn), faq, hoặc tên một lĩnh vực."
    ),
]


def build_app() -> typer.Typer:
    """Return the commands of `motcua knowledge`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Kiểm tra, nhập, xuất, thống kê và xác nhận kiến thức.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name, command in (
        ("check", check),
        ("import", import_),
        ("export", export),
        ("stats", stats),
        ("revisions", revisions),
        ("rollback", rollback),
        ("held", held),
        ("confirm", confirm_),
        ("profile-sample", profile_sample),
    ):
        app.command(name, cls=VietnameseCommand)(command)
    return app


def export(
    output: Output = None,
    excel: Excel = None,
    only: Only = "",
    knowledge: Exports = None,
) -> None:
    """Xuất mọi thủ tục đang dùng, mỗi thủ tục một dòng JSON.

    Với --excel: xuất nội dung biên soạn thành tệp Excel để sửa, rồi nhập lại.
    """
    if excel is not None:
        export_workbook(excel, only, knowledge or [])
        return
    if only:
        raise CannotStart("--only chỉ dùng cùng --excel TỆP.xlsx.")
    library = asyncio.run(terminal_library(load_settings(), knowledge or [], warn))
    lines = [canonical(procedure) for procedure in every_procedure(library)]
    if output is None:
        for line in lines:
            say(line)
        return
    write_whole(output, "".join(f"{line}\n" for line in lines))
    say(f"Đã ghi {len(lines)} thủ tục vào {output}.")
