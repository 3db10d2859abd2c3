"""What has been told in one course of ladders, and until when each message is current (ESC-2, ESC-3)."""

from attrs import define, field

from supportcore.escalation.plans import Ending, Reason, StepMark, Told


@define(eq=False)
class Message:
    """A notification while its end is still open."""

    cycle: int
    ladder: str
    round: int
    step: StepMark
    to: str
    person: str
    channel: str
    effect: Told
    instant: int
    reason: Reason
    ends: int | None = None
    ended_by: Ending | None = None


@define(eq=False)
class Miss:
    """A step that told nobody."""

    cycle: int
    ladder: str
    round: int
    step: StepMark
    to: str
    instant: int
    reason: Reason


@define(eq=False)
class Outbox:
    """The messages of a course in the order of their instants, those that are current, and who has been called."""

    messages: list[Message] = field(init=False, factory=list)
    misses: list[Miss] = field(init=False, factory=list)
    unreached: list[Miss] = field(init=False, factory=list)
    current: list[Message] = field(init=False, factory=list)
    called: dict[tuple[str, str], str] = field(init=False, factory=dict)

    def pages(self) -> list[Message]:
        """The pages that are current."""
        return [message for message in self.current if message.effect == "page"]

    def put(self, message: Message) -> None:
        """Adds a message. An inform ends those of its ladder to the same person before it; a page, a stand-down."""
        for other in list(self.current):
            if other.person != message.person or other.instant >= message.instant:
                continue
            if message.effect == "page" and other.effect == "stand-down":
                self.end(other, message.instant, "called again")
            elif message.effect == "inform" and other.effect == "inform" and other.ladder == message.ladder:
                self.end(other, message.instant, "later inform")
        self.messages.append(message)
        self.current.append(message)
        if message.effect == "page":
            self.called[message.person, message.channel] = message.to

    def end_pages(self, now: int, why: Ending, *, before: int | None = None) -> None:
        """Ends the pages that are current; with `before` only those of an earlier instant."""
        for message in self.pages():
            if before is None or message.instant < before:
                self.end(message, now, why)

    def close(self, now: int, why: Ending) -> None:
        """Ends everything: the ticket's cycle is over."""
        for message in list(self.current):
            self.end(message, now, why)
        self.called.clear()

    def stand_down(self, cycle: int, ladder: str, number: int, now: int, reason: Reason) -> None:
        """Tells everybody who was called that they need not come, on the channel on which they were called (ESC-5)."""
        for (person, channel), to in list(self.called.items()):
            self.put(Message(cycle, ladder, number, "stand-down", to, person, channel, "stand-down", now, reason))
        self.called.clear()

    def end(self, message: Message, now: int, why: Ending) -> None:
        """Ends one message."""
        message.ends, message.ended_by = now, why
        self.current.remove(message)
