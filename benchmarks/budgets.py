"""What a row of the budget table is."""

from collections.abc import Callable

from attrs import frozen

NOT_BUILT_YET = "not built yet"


class NoFigureError(Exception):
    """There is nothing to measure, for the reason that the table shows in the figure's place."""


class NotProvenError(Exception):
    """A proof ran out of its steps; the benchmark fails."""


@frozen
class Budget:
    """One budget of the design: the work, the limit in its unit, and how the work is measured in that unit.

    `measure` raises `NoFigureError` where the names that it asks for are missing, and `NotProvenError` if the work is a
    proof that is not completed; a row without it waits for its part.
    """

    work: str
    at_most: float
    unit: str
    measure: Callable[[], float] | None = None

    @property
    def limit(self) -> str:
        """The budget in words."""
        return f"at most {figure_text(self.at_most)} {self.unit}"

    def measured(self) -> str:
        """The measured figure beside its budget, or that there is nothing to measure."""
        if self.measure is None:
            return NOT_BUILT_YET
        try:
            figure = self.measure()
        except NoFigureError as error:
            return str(error)
        return f"{figure_text(figure)}{'' if figure <= self.at_most else '  over'}"


def figure_text(figure: float) -> str:
    """A figure to three digits."""
    return f"{figure:,.0f}" if figure >= 1000 else f"{figure:.3g}"


def built(owner: object, name: str) -> object:
    """A name that a measurement needs; `NoFigureError` while it is missing."""
    try:
        return getattr(owner, name)
    except (AttributeError, ImportError):
        raise NoFigureError(NOT_BUILT_YET) from None
