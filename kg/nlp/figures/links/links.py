"""Links between figures: direction and base of a change, comparators of a figure."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.nlp.figures.links.scene import Scene
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-change"


@dataclass
class Links:
    """Direction, base and comparators of each draft, by its index; ``pairs`` are (base, later) found."""

    direction: dict[int, str] = field(default_factory=dict)
    base: dict[int, int] = field(default_factory=dict)
    comparators: dict[int, list[int]] = field(default_factory=dict)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)
    """Drafts that are the A of "from A to B"."""
    bases: set[int] = field(default_factory=set)
    referred: dict[int, int] = field(default_factory=dict)
    """The focal figure of each comparator."""

    def change(self, later: int, direction: str | None, base: int | None = None) -> None:
        """Record a change; what was found first stays."""
        if direction is not None:
            self.direction.setdefault(later, direction)
        if base is not None and base != later:
            self.base.setdefault(later, base)
            self.bases.add(base)

    def pair(self, base: int, later: int, direction: str | None) -> None:
        self.change(later, direction, base)
        self.pairs.append((base, later))

    def compare(self, focal: int, other: int) -> None:
        """Record a comparator unless it is the base of the focal figure's change."""
        if focal == other or self.base.get(focal) == other or self.is_referred(other):
            return
        self.comparators.setdefault(focal, []).append(other)
        self.referred[other] = focal

    def is_referred(self, index: int) -> bool:
        """Whether a figure is already the comparator of another."""
        return index in self.referred

    def is_base(self, index: int) -> bool:
        return index in self.bases


def direction_in(words: str) -> str | None:
    """The direction that the last word of change names: "rose", "reduction" …

    >>> direction_in("robbery fell by"), direction_in("it has grown from"), direction_in("it was")
    ('decrease', 'increase', None)
    """
    best, found = -1, None
    for form in load_patterns(_FILE):
        if form.id in ("word.up", "word.down"):
            for match in form.regex.finditer(words):
                if match.start() > best:
                    best, found = match.start(), form.value
    return found


def same_kind(scene: Scene, first: int, second: int) -> bool:
    """Whether two figures have the same unit and base."""
    one, other = scene.drafts[first], scene.drafts[second]
    return one.unit == other.unit and one.base == other.base


def comparable(scene: Scene, first: int, second: int) -> bool:
    one, other = scene.drafts[first], scene.drafts[second]
    return one.unit == other.unit and (one.base == other.base or one.base is None or other.base is None)


def is_compared(gap: str) -> bool:
    cue = pattern(_FILE, "compare.cue").search(gap)
    return cue is not None and not pattern(_FILE, "compare.than-number").search(gap[cue.start() :])
