"""The school grade that a text asks of its reader."""

import re
from collections.abc import Iterable
from functools import cache

import pyphen

_FORMULA = re.compile(r"\$[^$]*\$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DICTIONARIES = {"en": "en_US", "de": "de_DE"}
_LONG_WORD, _MANY_SYLLABLES = 6, 3


def grade(texts: Iterable[str], language: str) -> float:
    r"""Reading grade of texts taken together; a formula is read as one short word.

    English: Flesch-Kincaid grade, $0.39\,w/s + 11.8\,y/w - 15.59$ with $s$ sentences, $w$ words and $y$ syllables
    (Kincaid et al., 1975). German: first Vienna formula, $0.1935\,M + 0.1672\,w/s + 0.1297\,L - 0.0327\,E - 0.875$ with
    the percentages $M$ of words of three and more syllables, $L$ of words of more than six letters and $E$ of words of
    one syllable (Bamberger and Vanecek, 1984).

    Args:
        texts: Stems with mathematics in dollar signs.
        language: ISO 639-1 code, "en" or "de".
    """
    words, sentences = [], 0
    for text in texts:
        plain = _FORMULA.sub("x", text)
        words += _WORD.findall(plain)
        sentences += max(1, len(re.findall(r"[.?!:](?:\s|$)", plain)))
    if not words:
        return 0.0
    syllables = [_syllables(word.lower(), language) for word in words]
    count = len(words)
    if language == "en":
        return 0.39 * count / sentences + 11.8 * sum(syllables) / count - 15.59
    many = 100 * sum(n >= _MANY_SYLLABLES for n in syllables) / count
    long = 100 * sum(len(word) > _LONG_WORD for word in words) / count
    single = 100 * sum(n == 1 for n in syllables) / count
    return 0.1935 * many + 0.1672 * count / sentences + 0.1297 * long - 0.0327 * single - 0.875


@cache
def _syllables(word: str, language: str) -> int:
    return len(_dictionary(language).inserted(word).split("-"))


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARIES[language], left=1, right=1)
