"""What may be told of a dossier to whoever knows its code and nothing else."""

from bot.dossiers.status import DossierStatus


def published(status: DossierStatus) -> DossierStatus:
    """Return the state and the days of a dossier, and nothing else.

    What may be told is named one by one: a field that comes later stays untold.
    """
    return DossierStatus(
        code=status.code,
        state=status.state,
        changed_at=status.changed_at,
        as_of=status.as_of,
        received_at=status.received_at,
        due_at=status.due_at,
        returned_at=status.returned_at,
        stays=status.stays,
        terse=True,
    )
