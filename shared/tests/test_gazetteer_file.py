"""A city's table of places: read as a spreadsheet saves it, and refused line by line where it does not hold."""

import pytest

from shared.gazetteer_file import UnreadableGazetteer, read_gazetteer

HEAD = "name,kind,within,lon,lat,aliases,km,source,confirmed\n"


def table(folder, text: str, encoding: str = "utf-8"):
    file = folder / "gazetteer.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_is_a_place_however_a_spreadsheet_saves_it(tmp_path, encoding):
    row = "界河屯,村屯,210404,123.87,41.83,河屯；老河屯,,地名办,是\r\n"
    (village,) = read_gazetteer(table(tmp_path, HEAD + row, encoding)).values()
    assert village == {
        "name": "界河屯",
        "aliases": ("河屯", "老河屯"),
        "kind": "village",
        "within": "210404",
        "location": {"lon": 123.87, "lat": 41.83},
        "posts": (),
        "source": "地名办",
        "to_confirm": False,
    }


def test_the_rows_of_a_road_are_its_kilometre_posts_in_their_order(tmp_path):
    rows = "环路,道路,210404,123.80,41.84,,2,,是\n环路,road,210404,123.79,41.83,环城路,0,,\n"
    (road,) = read_gazetteer(table(tmp_path, HEAD + rows)).values()
    assert [post["km"] for post in road["posts"]] == [0, 2]
    assert (road["aliases"], road["to_confirm"]) == (("环城路",), True)


def test_only_what_is_needed_has_to_be_there(tmp_path):
    (one,) = read_gazetteer(
        table(tmp_path, "name,kind,within,lon,lat\n水厂,建筑,210404,123.8,41.8\n")
    ).values()
    assert (one["source"], one["to_confirm"]) == ("", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,kind,lon,lat\n", "within"),
        (HEAD.replace("km", "kilometre"), "kilometre"),
        (HEAD + "甲,村屯,210404,123.8,41.8\n乙,村屯,210404,east,41.8\n", ":3: lon"),
        (HEAD + "甲,城堡,210404,123.8,41.8\n", ":2: kind"),
        (HEAD + ",村屯,210404,123.8,41.8\n", ":2: name"),
        (HEAD + "甲,村屯,210404,123.8,41.8,,,,,多一格\n", ":2: extra"),
        (HEAD + "甲,村屯,210404,123.8,91\n", ":2: lat"),
        (HEAD + "甲,村屯,210404,123.8,41.8\n甲,村屯,210404,123.9,41.8\n", ":3"),
        (HEAD + "环路,道路,210404,123.8,41.8,,1\n环路,道路,210404,123.9,41.8,,1\n", ":3"),
    ],
)
def test_a_row_that_does_not_hold_is_named_by_line_and_column(tmp_path, text, said):
    with pytest.raises(UnreadableGazetteer, match=said):
        read_gazetteer(table(tmp_path, text))


def test_what_is_no_text_is_no_table(tmp_path):
    file = tmp_path / "gazetteer.csv"
    file.write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(UnreadableGazetteer):
        read_gazetteer(file)
