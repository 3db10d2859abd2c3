"""The distinct cells of a column: a text that occurs again is neither parsed nor laid out again."""

from supportcore.domains import Integer
from supportcore.errors import Problems
from supportcore.rules.cells import ANYTHING, Is
from supportcore.rules.compiler.axes import Extent
from supportcore.rules.compiler.distinct_cells import ColumnCells


def test_equal_texts_have_one_cell_and_free_cells_have_none():
    column = ColumnCells(Integer("users", 0, 9), [0] * 5)
    assert [column.add(place, given) for place, given in enumerate(["5", "-", "5", "7", "-"])] == [
        Is(5),
        None,
        Is(5),
        Is(7),
        None,
    ]
    assert (column.numbers, column.cells) == ([1, 0, 1, 2, 0], [ANYTHING, Is(5), Is(7)])
    made = column.lay_out(["r1", "r2", "r3", "r4", "r5"], Problems())
    assert made is not None
    assert (made.extents, made.numbers) == ((None, Extent(((5, 6),)), Extent(((7, 8),))), [1, 0, 1, 2, 0])
