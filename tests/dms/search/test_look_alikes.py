from dms.domain.likeness import ALIKE
from dms.search.analysis import folded


def test_the_table_of_look_alikes_holds_folded_characters_only():
    assert [character for character in ALIKE if folded(character) != character] == []
