"""Chinese words by the letters that they are typed with: spelt in pinyin, and found by it.

`zs`, `zhangs`, `zsan` and `张s` all mean 张三. Spelling imports pypinyin, 50 ms, when it is first
wanted: not in the main thread. Finding imports nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

TYPED_LETTERS: Final = 30
"""Nobody types more of a name; what is longer is found as it stands, or not at all."""

# How a surname is read where that is not how the sign is read as a rule; of two, the more usual
# first. What is not here is read as the dictionary says.
_SURNAME_READINGS: Final = (
    "单:shan 曾:zeng 仇:qiu 解:xie 查:zha 盖:ge/gai 任:ren 区:ou 朴:piao 缪:miao 繁:po 尉:wei "
    "宿:su 种:chong 乐:yue/le 黑:he/hei 翟:zhai/di 覃:qin/tan 折:she 员:yun 召:shao 祭:zhai/ji "
    "盛:sheng 秘:bi 冼:xian 洗:xian 隗:wei/kui 逄:pang 那:na 车:che 句:gou 石:shi 宓:mi/fu "
    "郇:xun/huan 藏:zang 幺:yao 贾:jia 柏:bai/bo 牟:mou/mu 殷:yin 莘:shen/xin 晟:cheng/sheng 都:du "
    "俞:yu 於:yu 朱:zhu 沈:shen 不:fou 万:wan 哈:ha 薄:bo 阚:kan 佴:nai 乜:nie 褚:chu 臧:zang "
    "郗:xi/chi 卜:bu 尹:yin 瞿:qu 占:zhan 撒:sa 过:guo 相:xiang 适:kuo 干:gan 谷:gu 长:zhang "
    "强:qiang 重:zhong 系:xi 会:gui/kuai"
)
_SURNAMES: Final = {one[0]: tuple(one[2:].split("/")) for one in _SURNAME_READINGS.split(" ")}
_LONG_SURNAMES: Final = {
    "万俟": (("mo",), ("qi",)),
    "尉迟": (("yu",), ("chi",)),
    "单于": (("chan", "shan"), ("yu",)),  # also 单, whose given name begins with 于
    "长孙": (("zhang",), ("sun",)),
    "澹台": (("tan",), ("tai",)),
    "乐正": (("yue",), ("zheng",)),
    "子车": (("zi",), ("ju",)),
    "宰父": (("zai",), ("fu",)),
    "拓跋": (("tuo",), ("ba",)),
}
_WORDS: Final = re.compile(
    r"[㐀-鿿豈-﫿\U00020000-\U000323af]|[^\W_㐀-鿿豈-﫿\U00020000-\U000323af]+"
)
_BEGUN: Final = r"\|(?:[^|/\n]*/)*"
_ELSEWHERE: Final = rf"(?:[^|\n]*{_BEGUN})?"
_SIGNS: Final = re.compile(r"[\W_]+")


def spelled(words: str, *, is_name: bool = False) -> str:
    """One line in which `typed_pattern` finds these words: "|张/zhang|三/san".

    Each syllable has all of its readings; of a name the surname has those that surnames have.
    """
    made = [
        [word, *_readings(word)] if _is_chinese(word) else [word]
        for word in _WORDS.findall(words.casefold())
    ]
    if is_name and made:
        for at, readings in enumerate(_surname_of("".join(one[0] for one in made[:2]))):
            made[at][1:] = readings
    return "".join("|" + "/".join(one) for one in made)


def typed_pattern(typed: str, *, begins_line: bool = False) -> re.Pattern[str] | None:
    """Finds the lines of `spelled` that are meant by what was typed; None where nothing can be.

    The letters are the beginnings of syllables that follow each other, or all of them. A match
    begins with a syllable, at the line's beginning or further in; where it `begins_line`, with the
    line's end before it.
    """
    letters = letters_of(typed)
    if not 0 < len(letters) <= TYPED_LETTERS:
        return None
    first, *others = map(re.escape, letters)
    start = "\n" if begins_line else ""
    return re.compile(start + _BEGUN + first + "".join(_ELSEWHERE + one for one in others))


def letters_of(typed: str) -> str:
    """What was typed, as it is looked for: without spaces and signs, "v" for "ü"."""
    return _SIGNS.sub("", typed.casefold().replace("ü", "v"))


def _surname_of(name: str) -> Iterator[tuple[str, ...]]:
    if name in _LONG_SURNAMES:
        yield from _LONG_SURNAMES[name]
    elif name[:1] in _SURNAMES:
        yield _SURNAMES[name[0]]


def _is_chinese(word: str) -> bool:
    return len(word) == 1 and word >= "㐀"


@lru_cache(maxsize=8192)
def _readings(sign: str) -> tuple[str, ...]:
    """How a sign can be read, without tones; 吕 also as people without that key type it."""
    from pypinyin import Style, pinyin

    found: dict[str, None] = {}
    for reading in pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")[:1]:
        for one in reading:
            if one.isascii() and one.isalpha():
                found[one] = None
                if "v" in one:
                    found.update(dict.fromkeys((one.replace("v", "u"), one.replace("v", "yu"))))
    return tuple(found)
