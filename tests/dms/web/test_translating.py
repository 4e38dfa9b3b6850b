"""The interface is complete in English, and what is compiled is what is written."""

import re

from dms.web.translating import COMPILED, compiled, english_catalogue, messages_in_source, untranslated, updated

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED_EXAMPLES = {"甲乙机械厂", "年度", "年", "月", "日", "或", "非", "万", "甲方", "乙方"}


def test_every_text_of_the_source_has_an_english_one():
    assert list(untranslated(english_catalogue())) == []


def test_nothing_is_translated_that_no_page_says():
    stored = {message.id for message in english_catalogue() if message.id}
    assert stored == {message.id for message in updated(english_catalogue()) if message.id}


def test_the_compiled_catalogue_is_fresh():
    assert COMPILED.read_bytes() == compiled(english_catalogue())


def test_placeholders_are_the_same_in_both_languages():
    placeholder = re.compile(r"%\((\w+)\)[sd]|(?<!%)\{(\w+)\}")
    for message in english_catalogue():
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        source = message.id if isinstance(message.id, str) else message.id[0]
        wanted = set(placeholder.findall(source))
        for text in texts if message.id else ():
            # Where there is but one, English may say so in a word: “renewed once”.
            said_in_words = {("num", "")} if len(texts) > 1 and text is texts[0] else set()
            assert wanted - said_in_words <= set(placeholder.findall(text)) <= wanted, source


def test_no_chinese_is_left_in_the_english_texts_but_examples_of_what_stands_on_papers():
    for message in english_catalogue():
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in texts:
            left = text
            for example in sorted(QUOTED_EXAMPLES, key=len, reverse=True):
                left = left.replace(example, "")
            assert not CHINESE.search(left), text


def test_the_source_speaks_chinese():
    for message in messages_in_source():
        for text in [message] if isinstance(message, str) else message:
            assert CHINESE.search(text) or text in {"、", "SHA-256"} or "{n}" in text or "%(read)d" in text, text
