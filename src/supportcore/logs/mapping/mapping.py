"""What a mapping file says: which column of a ticket log, or which change of a column, means which event.

Three kinds of files are known, and a log may consist of several: *snapshots* (each row is the whole state of a
ticket; what differs from the row before is what happened), *changes* (each row is one change of one field) and
*tickets* (one row per ticket, with its values as they are now). Everything else is said of columns, whatever the kind
of file they stand in.
"""

from attrs import Factory, frozen

from supportcore.mappings import EMPTY, FrozenMapping


@frozen
class Source:
    """A column, and how its texts are to be read.

    `words` turns the log's words into ours (`"1 - High"` into `high`); where it is given, any other word is an
    error. `kind` is `text`, `yes or no`, `whole number`, `number` or `day`. In a file, the column alone may stand for
    all this.
    """

    column: str
    words: FrozenMapping[str, str] = EMPTY
    kind: str = "text"


@frozen
class Author:
    """Who acts: a role, the column that names the person, and those names that have another role (`system`, `bot`)."""

    role: str
    name: str = ""
    roles: FrozenMapping[str, str] = EMPTY


@frozen
class Change:
    """The columns of a change: which field, from what, to what."""

    field: str
    before: str
    after: str


@frozen
class FileShape:
    """One kind of file of the log.

    `rows` is `snapshots`, `changes` or `tickets`; `ticket` and `time` are columns. `in_order` says that the rows of a
    ticket stand in the order in which they happened: a local time that exists twice is then the second one where the
    row before it is later than the first; otherwise it is always the first one (G-5). `id` is the column with a row's
    own id, by which later rows name it (what they withdraw); without it a row is known by file and line.
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
    """How a ticket comes into being: the column with the instant (none: its first row), by whom, for whom, how.

    `message` says that it came with a message of the customer, which starts the clock of the first reply (SLA-2).
    """

    at: str = ""
    by: Author = Author("customer")
    customer: Source | None = None
    channel: Source | None = None
    message: bool = True


@frozen
class States:
    """The column with the ticket's state, and what its words mean; every word must be named.

    `waiting` has the words by the reason for which the ticket waits. `ignored` words leave the state as it was.
    `closing_resolves` says that closing a ticket that was not resolved before resolves it.
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
    """The columns that say who has the ticket."""

    level: Source | None = None
    team: Source | None = None
    person: Source | None = None


@frozen
class EventRule:
    """One more event: at the instant in a column (`at`), or by what a column does.

    With `column`: where it `becomes` one of some words, where a row `says` one of some words (each such row is an
    event), or at every change to another value (`changes`). `with_` gives texts of the event, `from_` takes them from
    columns.
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
    """How a ticket log is read: a mapping file as a value.

    `zone` is where local times are meant and in which instants are shown; `dates` is `day first`, `month first` or
    `year first`; `missing` are the texts that stand for "not known". `words` closes a column: besides the words
    that rules for events name, it may only hold these, which mean nothing, and any other sets its row aside.
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
