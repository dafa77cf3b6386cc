"""The command `motcua`."""

import sys

import typer

from api.commands import dossiers, keys, knowledge, staff, telegram, zalo
from api.commands.backup import backup, restore
from api.commands.doctor import doctor
from api.commands.filings import filings
from api.commands.serve import serve
from api.commands.talk import ask, chat
from api.commands.terminal import VietnameseCommand, VietnameseGroup, run_safely
from api.commands.understand import understand


def build_app() -> typer.Typer:
    """Return the command line with all its commands."""
    app = typer.Typer(
        cls=VietnameseGroup,
        name="motcua",
        help="Một cửa: hỏi đáp thủ tục hành chính, có nguồn.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
    )
    for command in (serve, chat, ask, understand, doctor, backup, restore, filings):
        app.command(cls=VietnameseCommand)(command)
    app.add_typer(knowledge.build_app(), name="knowledge")
    app.add_typer(dossiers.build_app(), name="dossiers")
    app.add_typer(keys.build_app(), name="keys")
    app.add_typer(staff.build_app(), name="staff")
    app.add_typer(telegram.build_app(), name="telegram")
    app.add_typer(zalo.build_app(), name="zalo")
    return app


def main() -> int:
    """Run the command line and return the exit status."""
    app = build_app()
    return run_safely(lambda: app(standalone_mode=False, prog_name="motcua"))


if __name__ == "__main__":
    sys.exit(main())
