"""Ticket logs: read the exported files of a help desk as histories, through a mapping."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.logs.log import (
        Log as Log,
        rejects_as_csv as rejects_as_csv,
    )
    from supportcore.logs.mapping.files import (
        load_mapping as load_mapping,
        own_mappings as own_mappings,
    )
    from supportcore.logs.mapping.mapping import (
        LogMapping as LogMapping,
    )
    from supportcore.logs.mapping.parsing import (
        structure_mapping as structure_mapping,
    )
    from supportcore.logs.reader import (
        read_log as read_log,
        write_rejects as write_rejects,
    )
    from supportcore.logs.rows.rows import (
        Reject as Reject,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
