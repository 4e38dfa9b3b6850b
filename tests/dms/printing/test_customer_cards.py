"""The card of a customer tells what is known."""

from sample_forms import CARD, CARDS, LONG_NAME, page_texts


def test_a_card_tells_all_that_is_known_of_a_customer_and_its_sums():
    card, bare = page_texts(CARDS)
    for text in (
        *(CARD.name, CARD.code, *CARD.former_names, CARD.uscc, CARD.scope, CARD.address, CARD.risk_reason, CARD.phone),
        *("钱工", "13800000000", "12份，其中履行中3份", "Q001-KH·C0123·3·2025-002", "2092"),
    ):
        assert "".join(text.split()) in card
    assert LONG_NAME in bare
    assert "重点关注" not in bare
