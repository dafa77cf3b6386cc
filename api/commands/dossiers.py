"""`motcua dossiers …`: what officials and operators do with dossiers."""

import typer

from api.commands.dossier_staff import audit, show
from api.commands.terminal import VietnameseCommand, VietnameseGroup


def build_app() -> typer.Typer:
    """Return the commands of `motcua dossiers`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Hồ sơ trong kho: xem một hồ sơ, và ai đã xem.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (show, audit):
        app.command(cls=VietnameseCommand)(command)
    return app
