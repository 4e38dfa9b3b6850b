"""Why a search cannot be kept, or a table of synonyms not be used."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SavedSearchNotFound(DmsError):
    """The person keeps no such search; that somebody else does is never told."""

    code: ClassVar[str] = "saved_search_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, saved_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"您没有编号为 {saved_id} 的已存检索。", en=f"You keep no search under the number {saved_id}."
            ),
            Bilingual(
                zh="它可能已被删除，请查看已存检索列表。", en="It may have been removed; look at your saved searches."
            ),
        )


class SavedNameTaken(DmsError):
    """A person's saved searches have different names."""

    code: ClassVar[str] = "saved_name_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"您已有一个名为“{name}”的已存检索。", en=f"You keep a search under the name “{name}” already."
            ),
            Bilingual(zh="请换一个名称，或先删除原来的。", en="Choose another name, or remove the other one first."),
        )


class SavedNameUnusable(DmsError):
    """Nobody would find the search again under this name."""

    code: ClassVar[str] = "saved_name_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, most_characters: int) -> None:
        super().__init__(
            Bilingual(zh="已存检索的名称为空或过长。", en="The name of the search is empty or too long."),
            Bilingual(
                zh=f"请填写 1 至 {most_characters} 个字符的名称。",
                en=f"Give it a name of 1 to {most_characters} characters.",
            ),
        )


class SavedSearchesFull(DmsError):
    """A person keeps as many searches as one may."""

    code: ClassVar[str] = "saved_searches_full"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"您已保存 {most} 个检索，达到上限。", en=f"You keep {most} searches, which is as many as one may."
            ),
            Bilingual(zh="请先删除不再需要的。", en="Remove some that you no longer need."),
        )


class SynonymAlone(DmsError):
    """A group of synonyms holds fewer than two different words."""

    code: ClassVar[str] = "synonym_alone"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, word: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{word}”所在的一组同义词不足两个不同的词。",
                en=f"The group of “{word}” holds fewer than two different words.",
            ),
            Bilingual(
                zh="请补上同义的词，或删去这一组；大小写、全半角和简繁体不同的写法算同一个词。",
                en="Add another word or leave the group out; upper and lower case, full and half width, simplified and "
                "traditional are the same word.",
            ),
        )


class SynonymTwice(DmsError):
    """A word stands in two groups, so that it would not be clear what it means."""

    code: ClassVar[str] = "synonym_twice"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, word: str) -> None:
        super().__init__(
            Bilingual(zh=f"“{word}”出现在两组同义词里。", en=f"“{word}” stands in two groups of synonyms."),
            Bilingual(zh="请合并这两组，或只留在其中一组。", en="Join the groups, or leave it in one of them only."),
        )


class SynonymUnusable(DmsError):
    """A synonym holds nothing that can be searched for, or is no word but a passage."""

    code: ClassVar[str] = "synonym_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, word: str, most_characters: int) -> None:
        super().__init__(
            Bilingual(zh=f"“{word}”不能用作同义词。", en=f"“{word}” cannot be used as a synonym."),
            Bilingual(
                zh=f"同义词要有可查找的文字，最多 {most_characters} 个字符。",
                en=f"A synonym holds something to search for and has {most_characters} characters at most.",
            ),
        )


class SynonymsTooMany(DmsError):
    """More synonyms than a query can be widened by without becoming slow."""

    code: ClassVar[str] = "synonyms_too_many"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, most_groups: int, most_words: int) -> None:
        super().__init__(
            Bilingual(zh="同义词的组数或一组中的词数过多。", en="There are too many groups, or words in a group."),
            Bilingual(
                zh=f"最多 {most_groups} 组，每组最多 {most_words} 个词。",
                en=f"There may be {most_groups} groups at most, with {most_words} words each.",
            ),
        )


class ResultTooLong(DmsError):
    """A list of so many papers is no list that a person reads."""

    code: ClassVar[str] = "result_too_long"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, total: int, most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"命中 {total} 件，一份清单最多 {most} 件，没有导出。",
                en=f"{total} papers were found; a list holds {most} at most, and none was made.",
            ),
            Bilingual(
                zh="请增加检索词，或按客户、年度、类型分几次导出。",
                en="Add words, or make several lists, by customer, year or type.",
            ),
        )
