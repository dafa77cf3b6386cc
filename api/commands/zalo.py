"""`motcua zalo …`: what an operator does once for the channels of Zalo."""

import typer

from api.commands.terminal import VietnameseCommand, VietnameseGroup
from api.commands.zalo_bot import bot_setup
from api.commands.zalo_oa import authorize, key, status


def build_app() -> typer.Typer:
    """Return the commands of `motcua zalo`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Nối với Zalo Official Account và Zalo Bot.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (key, authorize, status):
        app.command(cls=VietnameseCommand)(command)
    app.command("bot-setup", cls=VietnameseCommand)(bot_setup)
    return app
