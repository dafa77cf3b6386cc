"""`motcua dossiers …`: what officials and operators do with dossiers."""

import typer

from api.commands.dossier_import import import_, sample
from api.commands.dossier_key import new_key
from api.commands.dossier_staff import audit, show
from api.commands.terminal import VietnameseCommand, VietnameseGroup


def build_app() -> typer.Typer:
    """Return the commands of `motcua dossiers`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Hồ sơ trong kho: nhập từ tệp, xem một hồ sơ, và ai đã xem.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.command("import", cls=VietnameseCommand)(import_)
    app.command("new-key", cls=VietnameseCommand)(new_key)
    for command in (sample, show, audit):
        app.command(cls=VietnameseCommand)(command)
    return app
