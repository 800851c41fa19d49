"""The words that a Persian word is found under: its singular, without comparison, possessive or ezafe.

Every rule asks the lexicon whether what it leaves is a word; without that «سازمان» would become «ساز».
Words are folded, spelled and without ZWNJ (see `folding.spell`). docs/decisions/search.md says why it is done so.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from council_portal.persian.text import ordinal

from .folding import fold, spell, spelled
from .lexicon import has_class, is_head, is_known, read_lines, takes_endings

STOP_WORDS = spelled(
    "و در به از که این آن را با برای تا بر یا هم است نیز اگر پس چون "
    "من تو او ما شما وی ایشان آنان آنها اینها اینان بود باشد هر همان همین اند هستند هستیم هستید"
)
# Written after a word, apart or joined; what begins with آ when apart is an ending all the same.
ENCLITICS = spelled("اند ایم اید ام اش ات است")

HA = ("هایمان", "هایتان", "هایشان", "هایم", "هایت", "هایش", "هایی", "هاست", "های", "ها")
_COMPARED = ("ترینهای", "ترینها", "ترین", "تری", "تر")
_COMPARED_ALL_THE_SAME = spelled("بالا پایین جلو عقب دور دیر زود")
_POSSESSIVE = ("یشان", "یتان", "یمان", "شان", "تان", "مان", "یم", "یت", "یش", "ش", "ت", "م")
# The copula joined to a word: آماده‌اند, توانایند, موظفند, موظفیم; «آرشید», from a shorter word than that, is a name.
_COPULA = tuple(map(re.compile, ("(.{2,}ه)اند", "(.{2,}[او])یند", "(.{2,}[^اوه])ند", "(.{3,}[^اوه])ی[مد]")))
# What a plural's ending may stand for, in the order of trying.
_PLURALS = (
    ("گان", ("ه",)),
    ("ات", ("ه", "ت")),
    ("ات", ("",)),
    ("ات", ("یه",)),
    ("ایات", ("ا",)),
    ("جات", ("ه", "")),
    ("یون", ("ی",)),
    ("ین", ("",)),
    ("ان", ("",)),
    ("ایان", ("ا",)),
    ("ویان", ("و",)),
)
# A noun from which ی makes an adjective of another meaning, or that is itself another kind of word.
_NEVER_WITH_YEH = spelled(
    "اصل رسم قطع مجاز فعل بعد قبل مال حق کل جز شخص عمل نظر علم طبیعت عاد نسب سنت فرع ذات جد حد روز سال ماه دست پا "
    "سر رو کار بار مرد زن شه شاه خود یک دو سه چند هم همه پیش پس زیر نام فرد جمع"
)
_ORDINALS = spelled(" ".join(["یکم", "هزارم", *(ordinal(number) for number in (*range(1, 20), *range(20, 101, 10)))]))
_VERB = re.compile("ن?می|همی")


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    lines = [[spell(fold(word).text) for word in line.split()] for line in read_lines(name)]
    return {word: tuple(stems) for word, *stems in lines}


@cache
def _whole_words() -> frozenset[str]:
    return frozenset(_table("whole_words.txt"))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return what the word is found under, the likeliest first; mostly one, itself if nothing is known of it."""
    return tuple(dict.fromkeys(stem for found in _found(standard(word)) for stem in [standard(found)]))


def also_found_by(found: tuple[str, ...]) -> tuple[str, ...]:
    """By what a text with these stems is found too, though asked for they find no text with that."""
    return tuple(other for stem in found for other in _table("one_way.txt").get(stem, ()))


def standard(word: str) -> str:
    """Return the spelling that stands for a word's accepted ones: بلیط → بلیت."""
    return _table("variants.txt").get(word, (word,))[0]


@lru_cache(maxsize=100_000)
def respell(word: str) -> str:
    """Return a word spelled, and with the first letter's madd where only that makes it one: اقای → آقای."""
    word = spell(word)
    if word.startswith("ا") and len(word) > 2 and word not in ENCLITICS and not is_recognised(word):
        with_madd = "آ" + word[1:]
        if any(is_known(stem) for stem in _found(with_madd)):
            return with_madd
    return word


@lru_cache(maxsize=100_000)
def is_recognised(word: str) -> bool:
    """Whether the lexicon knows the word, or what it is found under."""
    return standard(word) != word or any(is_known(found) or found in _ORDINALS for found in (word, *_found(word)))


def verb_stem(word: str) -> str:
    """Return a verb with می as it is found: می‌شود → شود, نمی‌شود → نشود."""
    return _VERB.sub(lambda prefix: "ن" if prefix[0] == "نمی" else "", word, count=1)


def is_verb(word: str) -> bool:
    """Whether a solid word is a form with می and nothing else: میشود, میروند, میرفته, but not میدان or میخانه."""
    if not has_class(word, "V") or _VERB.match(word) is None:
        return False
    return not is_head(word) or word.endswith("ند") or (word.endswith("ه") and has_class(word[:-1], "V"))


def has_copula(word: str) -> bool:
    """Whether «are» is joined to a word, and nothing else: موظفند, but not کارمند or کنند."""
    return not is_known(word) and not _of_possessive(word, _stem_of_known) and _of_copula(word) != ()


def may_be_mistaken(word: str) -> bool:
    """Whether only م, ت, ش or the copula at its end makes it a word: «گذارش» is someone's گذار, or a mistake."""
    if is_known(word) or standard(word) != word:
        return False
    word = next((word.removesuffix(ending) for ending in HA if word.endswith(ending)), word)
    return (
        word.endswith(("م", "ت", "ش", "ند", "ید"))
        and not is_known(word)
        and word not in _table("plurals.txt")
        and not any(rule(word) for rule in (_ordinal, _compared, _plural))
        and _of_clitic(word) != ()
    )


def takes_indefinite(word: str) -> bool:
    """Whether a searched noun shall also find itself with ی: گزارش finds گزارشی, رسم does not find رسمی."""
    return (
        is_head(word)
        and word[-1] not in "اوهی"
        and len(word) > 2
        and word not in _NEVER_WITH_YEH
        and not is_known(word + "ی")
    )


def _found(word: str) -> tuple[str, ...]:
    """The stems of a word before variants are unified."""
    if word in _table("plurals.txt"):
        return _table("plurals.txt")[word]
    if len(word) < 3 or word in _whole_words():
        return (word,)
    if is_verb(word):
        return (verb_stem(word),)
    for rule in (_ordinal, _compared, _head, _of_ha, _plural, _of_clitic):
        if found := rule(word):
            return (*found, *_of_plural(word))
    return (word, *_of_plural(word))


def _of_plural(word: str) -> tuple[str, ...]:
    """What a word may be besides: «اسنادی» also some of the اسناد, «آرایشان» their آرا, not only a plural of آرایش."""
    for ending in ("یشان", "یتان", "یمان"):
        rest = word.removesuffix(ending)
        if rest != word and rest[-1:] in ("ا", "و") and rest in _table("plurals.txt"):
            return _found(rest)
    rest = word.removesuffix("ی")
    is_some = rest != word and not has_class(word, "A")
    if is_some and (rest in _table("plurals.txt") or (rest.endswith("ات") and _is_plural(rest))):
        return _found(rest)
    return ()


def _compared(word: str) -> tuple[str, ...]:
    for ending in _COMPARED:
        rest = word.removesuffix(ending)
        if rest != word and (has_class(rest, "A") or rest in _COMPARED_ALL_THE_SAME):
            return (rest,)
        if "ین" in ending and rest != word and is_known(rest + "تر"):
            return (rest + "تر",)
    return ()


def _head(word: str) -> tuple[str, ...]:
    return (word,) if is_head(word) else ()


def _of_ha(word: str) -> tuple[str, ...]:
    for ending in HA:
        rest = word.removesuffix(ending)
        if rest == word or len(rest) < 2:
            continue
        if is_known(rest) or (len(rest) > 2 and not is_known(word)):
            return _found(standard(rest))
    return ()


def _ordinal(word: str) -> tuple[str, ...]:
    """«سیزدهمین» is «سیزدهم» before what it counts."""
    return (word[:-2],) if word.endswith("مین") and word[:-2] in _ORDINALS else ()


def _plural(word: str) -> tuple[str, ...]:
    """The singular of a plural in گان, ات, جات, یون, ین, ان, if it is a word; of the likes of مراجعات both."""
    for ending, replacements in _PLURALS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            singulars = [standard(rest + replacement) for replacement in replacements]
            if found := [word for word in singulars if len(word) > 2 and _has_plural(word)]:
                return tuple(found)
    return ()


def _has_plural(word: str) -> bool:
    return is_head(word) or has_class(word, "C") or (word[-1] in "او" and is_known(word))


def _of_clitic(word: str) -> tuple[str, ...]:
    """What a word that is in no dictionary is without ezafe, possessive, copula, or the indefinite ی of a plural."""
    if is_known(word):
        return _of_possessive(word, _stem_of_plural) if has_class(word, "P") else ()
    for ending in ("یی", "ی"):
        rest = word.removesuffix(ending)
        if rest != word and rest[-1:] in ("ا", "و") and (found := _stem_of_known(rest)):
            return found
    if found := _of_possessive(word, _stem_of_known) or _of_copula(word):
        return found
    rest = word.removesuffix("ی")
    if rest != word and (_is_plural(rest) or rest.endswith("تر") and _compared(rest)):
        return _found(rest)
    return ()


def _of_possessive(word: str, stem_of: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    for ending in _POSSESSIVE:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and (ending[0] != "ی" or rest[-1] in "او") and (found := stem_of(rest)):
            return found
    return ()


def _of_copula(word: str) -> tuple[str, ...]:
    """What they are, or we, or you: «موظفند», «داناترند». Verbs that end so are all in the dictionary."""
    for pattern in _COPULA:
        match = pattern.fullmatch(word)
        if match and (found := _stem_of_known(match[1]) or _compared(match[1])):
            return found
    return ()


def _stem_of_known(rest: str) -> tuple[str, ...]:
    return _found(rest) if takes_endings(rest) else _stem_of_plural(rest)


def _stem_of_plural(rest: str) -> tuple[str, ...]:
    return _found(rest) if _is_plural(rest) else ()


def _is_plural(word: str) -> bool:
    return word in _table("plurals.txt") or (not is_head(word) and (_of_ha(word) or _plural(word)) != ())
