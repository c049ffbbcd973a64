"""Papers as rules read them: their sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policylib.model import Span, Work
from policylib.rules.lexicon import Headings
from policylib.rules.passages import Paper

WORDS = ("施行", "有效期", "《")


def paper(text: str) -> Paper:
    return Paper(Work("《解读》", "interpretation", held=True), "", "解读.txt", text)


@given(st.lists(st.sampled_from((*WORDS, "办法", "施", "。", "！", "!", "？", "\n", " ", "来源：局\n")), max_size=30))
def test_the_sentences_with_a_word_are_those_of_all_sentences_that_have_one(pieces: list[str]) -> None:
    text = paper("".join(pieces))
    having = [one for one in text.sentences() if any(word in text.folded[one.start : one.end] for word in WORDS)]
    assert list(text.sentences_with(WORDS)) == having


def test_what_stands_before_an_ordinal_tells_headings_from_articles_and_figures() -> None:
    text = paper(
        "解读。第一、二条是按照市里的规定写的，第十一、十二条同此，十一、适用对象；（三）申领办法；问：为什么要改；1.5倍的补贴按月发，"
        "全年一共发十二次，每次都由财政局拨付。\n2.办理流程是怎样的，要带哪些材料，到哪里去办，多久能够办好，都写在后面。"
        "\n𝟑、注意事项这一节说的是申领的人要自己留存的各种材料，缺了哪一样都要重新去开，请务必保管好。"
    )
    found = [text.text[one.start : one.end] for one in Headings(text, Span(0, len(text.text)))]
    assert [one[:4] for one in found] == ["适用对象", "申领办法", "为什么要", "办理流程", "注意事项"]
