"""What a person should know of an answer as a whole, in words of both languages."""

from dms.errors import Bilingual

TOLERANCE_BOUNDED = Bilingual(
    "符合的资料很多，容错有所收窄：形近字都算，错字、漏字、多字没有逐件查找。加上客户、年度等筛选条件，容错会更彻底。",
    "So much fits that tolerance bears with fewer misread characters than usual, perhaps with look-alikes only. "
    "Add filters, such as customer or year, for it to be thorough.",
)
INDEX_INCOMPLETE = Bilingual(
    "索引正在重建，结果可能不全，请稍后再查。",
    "The index is being made anew and the result may miss papers; search again later.",
)


def alike_paper(title: str, runs: int, shared: int) -> Bilingual:
    """The note that papers like an example were looked for, by so many stretches of which so many have to agree."""
    if not runs:
        return Bilingual(
            f"“{title}”中没有哪段文字也出现在别的资料里，找不到相似的资料。",
            f"No stretch of “{title}” stands in any other paper, so there is none like it.",
        )
    return Bilingual(
        f"正在按“{title}”中 {runs} 处有特点的文字查找相似资料，至少 {shared} 处相同。",
        f"Papers like “{title}” were looked for by {runs} telling stretches of its text; at least {shared} must agree.",
    )


def too_many_earlier(kept: int) -> Bilingual:
    """The note that the earliest of many searches within results were left out."""
    return Bilingual(
        f"“在结果中查找”已超过 {kept} 层，只按最后 {kept} 层查找。",
        f"There are too many searches within results; only the last {kept} were used.",
    )
