"""Every table there is: whoever walks through all of them imports `metadata` from here."""

from typing import Final

from sqlalchemy import MetaData

from api.store import channel_tables, dossier_tables, filing_tables, tables, zalo_tables

MODULES: Final = (tables, channel_tables, zalo_tables, dossier_tables, filing_tables)
"""Each adds its tables to the same `metadata` when it is imported."""

metadata: Final[MetaData] = MODULES[0].metadata
