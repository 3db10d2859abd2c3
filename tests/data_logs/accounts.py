"""What became of the rows of a log, and how many events of a type it has."""

from supportcore.logs import Log
from supportcore.tickets import CustomerReplied, Event, Opened


def account(log: Log) -> tuple[int, int, int, int]:
    """All rows, rows with events, rows that changed nothing, and rows set aside."""
    return log.rows, log.rows_with_events, log.unchanged, len(log.rejects)


def count(log: Log, kind: type[Event]) -> int:
    """The events of this type in all histories."""
    return sum(isinstance(event, kind) for history in log.histories.values() for event in history)


def adds_up(log: Log) -> bool:
    """Whether no row is lost, and each ticket has one opening and one description by the customer."""
    return (
        log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
        and log.events == sum(map(len, log.histories.values()))
        and count(log, Opened) == len(log.histories) == count(log, CustomerReplied)
    )
