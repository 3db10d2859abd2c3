"""The lines of keys in TOML texts."""

from supportcore.structuring.lines import places


def test_places_skip_texts_of_several_lines_and_nested_lists() -> None:
    text = 'a = """\nb = 1\n"""\n[c."d e"]\nsteps = [\n  { after = 1 },\n]\nf = 2\n'
    assert places(text) == {"a": 1, "c.d e": 4, "c.d e.steps": 5, "c.d e.steps[0]": 6, "c.d e.f": 8}


def test_each_table_in_a_list_has_its_line() -> None:
    text = "[a.\"7.1\"]\nb = [{ c = [1, {}] }, # {\n  { d = '{' }, { e = 1 },\n]\n[[f.g]]\nh = 1\n[[f.g]]\nh = 2\n"
    assert places(text) == {
        "a.7.1": 1,
        "a.7.1.b": 2,
        "a.7.1.b[0]": 2,
        "a.7.1.b[1]": 3,
        "a.7.1.b[2]": 3,
        "f.g[0]": 5,
        "f.g[0].h": 6,
        "f.g[1]": 7,
        "f.g[1].h": 8,
    }


def test_a_dotted_key_is_one_path() -> None:
    assert places('[a]\nb . "c.d" = 1\n') == {"a": 1, "a.b.c.d": 2}
