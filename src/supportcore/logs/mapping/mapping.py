"""A mapping file as values: which columns of a ticket log hold which values, and which changes are events.

A log consists of files of three shapes: *snapshots* (each row is the whole state of a ticket; its differences from the
row before are events), *changes* (each row is a change of one field) and *tickets* (one row per ticket, with its
current values). All other sections name columns, in files of any shape.
"""

from attrs import Factory, frozen

from supportcore.mappings import EMPTY, FrozenMapping


@frozen
class Source:
    """A column and how to parse its texts.

    `words` translates the words of the log (`"1 - High"` to `high`); any other word is an error, unless `words` is
    empty. `kind` is `text`, `yes or no`, `whole number`, `number` or `day`. A mapping file may give only the name of
    the column.
    """

    column: str
    words: FrozenMapping[str, str] = EMPTY
    kind: str = "text"


@frozen
class Author:
    """An actor: a role, the column with the name, and the names that have another role (`system`, `bot`)."""

    role: str
    name: str = ""
    roles: FrozenMapping[str, str] = EMPTY


@frozen
class Change:
    """The columns of a change: the name of the field, and its values before and after."""

    field: str
    before: str
    after: str


@frozen
class FileShape:
    """The shape of a file of the log.

    `rows` is `snapshots`, `changes` or `tickets`; `ticket` and `time` are columns. `in_order` declares that the rows of
    a ticket are in chronological order: of a local time that occurs twice, the second instant then counts if the row
    before is later than the first instant; without it, the first always counts (G-5). `id` is the column with the id of
    a row, which later rows refer to; without it, the id is the file and line.
    """

    name: str
    rows: str
    ticket: str
    time: str = ""
    change: Change | None = None
    by: Author | None = None
    in_order: bool = False
    id: str = ""


@frozen
class Opening:
    """How a ticket opens: the column with the instant (by default, its first row), the actor, customer and channel.

    `message` adds a message of the customer, which starts the clock of the first reply (SLA-2).
    """

    at: str = ""
    by: Author = Author("customer")
    customer: Source | None = None
    channel: Source | None = None
    message: bool = True


@frozen
class States:
    """The column with the state of a ticket, and the words for each state; every word needs an entry.

    `waiting` holds the words by the reason for waiting. `ignored` words do not change the state. With
    `closing_resolves`, closing an unresolved ticket also resolves it.
    """

    column: str
    open: tuple[str, ...] = ()
    waiting: FrozenMapping[str, tuple[str, ...]] = EMPTY
    resolved: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    closing_resolves: bool = False


@frozen
class Holder:
    """The columns with the holder of a ticket."""

    level: Source | None = None
    team: Source | None = None
    person: Source | None = None


@frozen
class EventRule:
    """A rule for a further event: at the instant in a column (`at`), or at certain values of a `column`.

    With `column`, the event happens when the value `becomes` one of some words, at each row that `says` one of some
    words, or at every change of the value (`changes`). `with_` gives fields of the event as texts, `from_` takes them
    from columns.
    """

    event: str
    at: str = ""
    column: str = ""
    becomes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    changes: bool = False
    by: Author | None = None
    with_: FrozenMapping[str, str] = EMPTY
    from_: FrozenMapping[str, str] = EMPTY


@frozen
class LogMapping:
    """A mapping file as a value.

    `zone` is the zone of local times, and of the events. `dates` is `day first`, `month first` or `year first`.
    `missing` are the texts for "not known". `words` closes a column: it may hold only these words, which give no event,
    and the words of the rules for events; any other word sets its row aside.
    """

    format: int
    name: str
    zone: str
    dates: str
    files: tuple[FileShape, ...]
    missing: tuple[str, ...] = ("",)
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    opened: Opening = Factory(Opening)
    states: States | None = None
    assigned: Holder = Factory(Holder)
    facts: FrozenMapping[str, Source] = EMPTY
    events: tuple[EventRule, ...] = ()
    words: FrozenMapping[str, tuple[str, ...]] = EMPTY
