"""Pairs the items of a new version with the tasks that are there; pure, and the user may correct.

Numbers, order and wording change from version to version: what an item is about is told by its
rare words. Words that half the programme uses ("kế hoạch", "trên địa bàn tỉnh") weigh little.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from rapidfuzz.distance import Indel

from tracker.domain.finding import search_words

# Above this a pair is proposed; a wrong pair is worse than two lines that the user joins.
_ENOUGH = 0.66
_CORE_ENOUGH = 0.42
_LEAD, _PLACE, _KIND, _NUMBER = 0.1, 0.04, 0.02, 0.02
_OTHER_NUMBERS = 0.2  # "giai đoạn 2026 - 2030" is not "năm 2026"
_CANDIDATES = 8
_RARE_WORDS, _SHORT_POSTING = 16, 200
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
# As many equal texts are compared by their context; more are taken in order.
_EQUAL_TEXTS = 40


@dataclass(frozen=True)
class Trait:
    """What an item or a task is recognised by."""

    text: str
    lead: int | None = None
    place: str = ""
    kind: str = ""
    number: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, without tones, marks, or zeros before a number."""
        return tuple(word.lstrip("0") or "0" for word in search_words(self.text))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Years, numbers of periods and papers: they tell near-equal texts apart."""
        return frozenset(word for word in self.words if word[0].isdigit() or word in _ROMAN)


Pairs = dict[int, int]


def pair(new: Sequence[Trait], old: Sequence[Trait]) -> Pairs:
    """The place in `old` of each place in `new` that has one; nobody is taken twice.

    Equal texts are paired first, then the likeliest of what is left; each new item is compared
    with the few old ones that share its rare words.
    """
    taken = _Taken()
    taken.add(_equal(new, old))
    left_new = [place for place in range(len(new)) if place not in taken.pairs]
    left_old = [place for place in range(len(old)) if place not in taken.old]
    weights = _weights([*new, *old])
    taken.add(_alike(new, old, (left_new, left_old), weights))
    return taken.pairs


Scored = tuple[float, int, int]


@dataclass
class _Taken:
    """What is paired already."""

    pairs: Pairs = field(default_factory=dict)
    old: set[int] = field(default_factory=set)

    def add(self, scored: Iterator[Scored]) -> None:
        """Take the best pairs whose both sides are still free."""
        for _, one, other in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if one not in self.pairs and other not in self.old:
                self.pairs[one] = other
                self.old.add(other)


def _equal(new: Sequence[Trait], old: Sequence[Trait]) -> Iterator[Scored]:
    there: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, trait in enumerate(old):
        there[trait.words].append(place)
    seen: Counter[tuple[str, ...]] = Counter()
    for place, trait in enumerate(new):
        same, order = there.get(trait.words, []), seen[trait.words]
        seen[trait.words] += 1
        near = same if len(same) <= _EQUAL_TEXTS else same[order : order + 1]
        yield from ((_context(trait, old[other]), place, other) for other in near)


def _weights(traits: Sequence[Trait]) -> dict[str, float]:
    """How much each word says: the fewer texts use it, the more."""
    used = Counter(word for trait in traits for word in set(trait.words))
    return {word: math.log(1 + len(traits) / times) for word, times in used.items()}


def _alike(
    new: Sequence[Trait],
    old: Sequence[Trait],
    left: tuple[list[int], list[int]],
    weights: Mapping[str, float],
) -> Iterator[Scored]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for place in left[1]:
        for word in set(old[place].words):
            postings[word].append(place)
    near = ((one, other) for one in left[0] for other in _candidates(new[one], postings, weights))
    scored = ((likeness(new[one], old[other], weights), one, other) for one, other in near)
    return (pair for pair in scored if pair[0] >= _ENOUGH)


def _candidates(
    trait: Trait, postings: Mapping[str, list[int]], weights: Mapping[str, float]
) -> list[int]:
    """The old items that share the most of an item's rarest words."""
    rarest = sorted(set(trait.words), key=lambda word: (-weights[word], word))
    known = (word for word in rarest if word in postings)
    shared: defaultdict[int, float] = defaultdict(float)
    for rank, word in enumerate(islice(known, _RARE_WORDS)):
        near = postings[word] if rank < 3 or len(postings[word]) <= _SHORT_POSTING else ()
        for place in near:
            shared[place] += weights[word]
    return sorted(shared, key=lambda place: (-shared[place], place))[:_CANDIDATES]


def likeness(one: Trait, other: Trait, weights: Mapping[str, float]) -> float:
    """How surely two texts are the same item: their words, then lead, place, kind and number."""
    in_order = Indel.normalized_similarity(one.words, other.words)
    core = min(in_order, _shared(one, other, weights))
    if core < _CORE_ENOUGH:
        return 0.0
    return core - _OTHER_NUMBERS * _clash(one.figures, other.figures) + _context(one, other)


def likeness_of_titles(one: str, other: str) -> float:
    """How alike the names of two meetings are: 1 when they are the same."""
    here, there = Trait(one), Trait(other)
    in_order = Indel.normalized_similarity(here.words, there.words)
    return in_order - _OTHER_NUMBERS * _clash(here.figures, there.figures)


def _shared(one: Trait, other: Trait, weights: Mapping[str, float]) -> float:
    """The weight of the shared words among all: 1 when they are the same."""
    here, there = set(one.words), set(other.words)
    both = sum(weights[word] for word in here & there)
    every = sum(map(weights.__getitem__, here)) + sum(map(weights.__getitem__, there))
    return 2 * both / every if every else 0.0


def _clash(here: frozenset[str], there: frozenset[str]) -> float:
    return 1 - len(here & there) / len(here | there) if here and there else 0.0


def _context(one: Trait, other: Trait) -> float:
    return (
        _LEAD * _same_lead(one.lead, other.lead)
        + _PLACE * (one.place == other.place)
        + _KIND * (one.kind == other.kind)
        + _NUMBER * (one.number == other.number)
    )


def _same_lead(here: int | None, there: int | None) -> int:
    if here is None or there is None:
        return 0
    return 1 if here == there else -1
