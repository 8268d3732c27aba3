"""The traversal around a thing: breadth first, branch by branch and level by level, within its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kg.asking.network.branches import Branch, branches_of
from kg.asking.network.node_attributes import polarity
from kg.asking.things.kinds import BODIES, KINDS, is_statement
from kg.asking.things.loaded_triples import LoadedTriples, Step, name_of
from kg.model.terms import whole_number
from kg.model.vocab import DCT, KG, OA

HUB_KINDS = BODIES | {"report", "framework"}
"""Kinds that everything is linked to: shown around the root, never expanded when reached from elsewhere."""
_MENTIONS = (Step(KG.refersTo, back=True),)
"""The path to where a thing is mentioned."""


@dataclass(slots=True)
class Node:
    """Where a thing stands in the traversal. ``count``: through how many things its parent reaches it."""

    parent: str | None
    branch: str
    level: int
    count: int = 1
    under: Step | None = None
    nested: str = ""


@dataclass(slots=True)
class Expansion:
    """The neighbours of a thing along one branch, ranked.

    ``most`` is how many may be taken; ``cut`` says that there are more than were looked at.
    """

    parent: str
    branch: Branch
    counts: Counter[str]
    ranked: list[str]
    most: int
    cut: bool


class Traversal:
    """Chooses what is shown. ``types`` keeps only these kinds, ``limit`` bounds the number of things."""

    def __init__(self, facts: LoadedTriples, root: str, types: frozenset[str] | None, limit: int) -> None:
        self.facts, self.root, self.types, self.limit = facts, root, types, limit
        self.nodes: dict[str, Node] = {root: Node(None, "", 0)}
        self.expansions: list[Expansion] = []
        facts.load([root])

    def run(self, depth: int) -> None:
        """Walk ``depth`` levels; each but the last leaves half of the room to those that follow."""
        frontier = [self.root]
        for level in range(1, depth + 1):
            room = self.limit - len(self.nodes)
            budget = room if level == depth else (room + 1) // 2
            frontier = self._level(frontier, level, budget)

    def _level(self, frontier: list[str], level: int, budget: int) -> list[str]:
        expansions = self._expansions(frontier, level)
        self.expansions += [expansion for found in expansions.values() for expansion in found]
        added: list[str] = []
        waiting = self._rounds(expansions) if level == 1 else self._turns(expansions)
        for expansion, iri in waiting:
            if len(added) >= budget:
                break
            if iri not in self.nodes:
                self.nodes[iri] = self._node(expansion, iri, level)
                added.append(iri)
        under = [(iri, self.nodes[iri].under) for iri in added]
        self.facts.follow_all([(iri, (step,)) for iri, step in under if step is not None])
        for iri in added:
            self._nest(iri)
        return added

    def _rounds(self, expansions: dict[str, list[Expansion]]) -> Iterator[tuple[Expansion, str]]:
        """Round by round some neighbours of each branch: one, or more where a branch may show many."""
        queues = [(expansion, self._free(expansion)) for found in expansions.values() for expansion in found]
        while queues:
            left = []
            for expansion, queue in queues:
                taken = list(islice(queue, 1 + expansion.branch.most // 5))
                yield from ((expansion, iri) for iri in taken)
                if taken:
                    left.append((expansion, queue))
            queues = left

    def _turns(self, expansions: dict[str, list[Expansion]]) -> Iterator[tuple[Expansion, str]]:
        """One neighbour of each thing, then a second of each, taken from its branches in turn."""
        queues = [self._rounds({iri: found}) for iri, found in expansions.items()]
        while queues:
            taken = [(queue, next(queue, None)) for queue in queues]
            queues = [queue for queue, found in taken if found is not None]
            yield from (found for _, found in taken if found is not None)

    def _free(self, expansion: Expansion) -> Iterator[str]:
        yield from islice((iri for iri in expansion.ranked if iri not in self.nodes), expansion.most)

    def _node(self, expansion: Expansion, iri: str, level: int) -> Node:
        branch = expansion.branch
        return Node(
            expansion.parent, branch.heading, level, expansion.counts[iri], branch.under, branch.nested
        )

    def _nest(self, iri: str) -> None:
        """Move a thing under the shown thing that it belongs to more closely than to its parent."""
        node = self.nodes[iri]
        if node.under is None:
            return
        for closer in sorted(self.facts.follow(iri, (node.under,))):
            if closer in self.nodes and closer != node.parent and iri not in self._ancestors(closer):
                node.parent, node.branch, node.count = closer, node.nested, 1
                return

    def _ancestors(self, iri: str) -> list[str]:
        found = [iri]
        while (parent := self.nodes[found[-1]].parent) is not None:
            found.append(parent)
        return found

    # --- expanding ------------------------------------------------------------------------------------------

    def _branches(self, iri: str, level: int) -> Iterator[tuple[Branch, tuple[Step, ...]]]:
        """The branches that grow from a thing, each with its path to the kinds that are wanted."""
        kind = self.facts.kind(iri)
        if level > 1 and kind in HUB_KINDS:
            return
        for branch in branches_of(kind):
            kinds = branch.kinds if self.types is None else branch.kinds & self.types
            if not kinds or (level > 1 and self.types is None and (branch.near or kinds <= HUB_KINDS)):
                continue
            *first, last = branch.path
            yield branch, (*first, Step(last.predicate, last.back, kinds))

    def _expansions(self, frontier: list[str], level: int) -> dict[str, list[Expansion]]:
        """What each thing has to show; read for all things and branches together, so in few batches."""
        facts = self.facts
        grown = [(iri, branch, path) for iri in frontier for branch, path in self._branches(iri, level)]
        paths = [(iri, path) for iri, _, path in grown]
        if not is_statement(facts.kind(self.root)) and any("passage" in path[-1].kinds for _, path in paths):
            paths.append((self.root, _MENTIONS))
        reached = facts.follow_all(paths)
        facts.load_references({end for found in reached for end in found.ends}.union(frontier))
        kept = [
            Counter({end: n for end, n in found.ends.items() if self._is_wanted(end, branch)})
            for (iri, branch, _), found in zip(grown, reached, strict=False)
        ]
        entities = [[iri for iri in counts if not is_statement(facts.kind(iri))] for counts in kept]
        facts.mentions({iri for several in entities if len(several) > 1 for iri in several})
        expansions: dict[str, list[Expansion]] = {iri: [] for iri in frontier}
        for (iri, branch, _), found, counts in zip(grown, reached, kept, strict=False):
            if counts:
                most = self._most(branch, level)
                expansions[iri].append(Expansion(iri, branch, counts, self._ranked(counts), most, found.cut))
        return expansions

    def _most(self, branch: Branch, level: int) -> int:
        if self.types is not None:
            return self.limit
        if level > 1:
            return -(-max(branch.most, 6) // 3)
        return -(-branch.most * self.limit // 60)

    def _is_wanted(self, end: str, branch: Branch) -> bool:
        if branch.tones and polarity(self.facts, end) not in branch.tones:
            return False
        return not (branch.foreign and self.facts.iri(end, KG.ownedBy))

    # --- order -------------------------------------------------------------------------------------------

    def _ranked(self, counts: Counter[str]) -> list[str]:
        """Statements in the order of their reports, taken in turn; entities by how often they are named."""
        said = {iri: is_statement(self.facts.kind(iri)) for iri in counts}
        statements = [iri for iri in counts if said[iri]]
        return self._statements(statements) + self._entities([i for i in counts if not said[i]], counts)

    def _statements(self, iris: list[str]) -> list[str]:
        selectors = self.facts.selectors(iris)
        self.facts.load_references(iris)
        by_report: dict[str, list[str]] = {}
        for iri in sorted(iris, key=lambda i: (self._gravity(i), self.facts.start(selectors.get(i)), i)):
            by_report.setdefault(self.facts.iri(iri, KG.report) or "", []).append(iri)
        places = {iri: place for found in by_report.values() for place, iri in enumerate(found)}
        newest = sorted(by_report)
        newest.sort(key=lambda report: self.facts.word(report, DCT.issued) or "", reverse=True)
        turn = {report: place for place, report in enumerate(newest)}
        return sorted(iris, key=lambda i: (places[i], turn[self.facts.iri(i, KG.report) or ""], i))

    def _gravity(self, iri: str) -> int:
        """Worse grades first; all else as it stands in the report."""
        grade = self.facts.iri(iri, KG.grade)
        rank = self.facts.word(grade, KG.rank) if grade else None
        return -whole_number(rank)

    def _entities(self, iris: list[str], counts: Counter[str]) -> list[str]:
        mentions = self.facts.mentions(iris if len(iris) > 1 else [])
        return sorted(iris, key=lambda i: (-counts[i], -mentions[i], name_of(self.facts, i).casefold(), i))

    # --- results -----------------------------------------------------------------------------------------

    def order(self) -> list[str]:
        """The things shown, the root first, then as they were chosen."""
        return list(self.nodes)

    def describable(self) -> dict[str, str]:
        """The selectors of all things shown, with everything loaded that describing them needs."""
        self.facts.load_references(self.order())
        return self.facts.selectors([iri for iri in self.nodes if is_statement(self.facts.kind(iri))])

    def place(self, iri: str) -> dict[str, object]:
        """The attributes that say where a thing stands and what of its neighbours is hidden."""
        node = self.nodes[iri]
        branches = [
            {
                "heading": expansion.branch.heading,
                "what": self._what(expansion),
                "shown": sum(end in self.nodes for end in expansion.ranked),
                "of": len(expansion.ranked),
                "cut": expansion.cut,
            }
            for expansion in self.expansions
            if expansion.parent == iri
        ]
        return {
            "level": node.level,
            "parent": node.parent or "",
            "branch": node.branch,
            "count": node.count,
            "branches": branches,
            "shown": sum(int(str(b["shown"])) for b in branches),
            "of": sum(int(str(b["of"])) for b in branches),
        }

    def _what(self, expansion: Expansion) -> str:
        """What a branch leads to, in the plural: its kind, or its heading where it has several."""
        kinds = {self.facts.kind(iri) for iri in expansion.ranked}
        if expansion.branch.tones:
            return expansion.branch.heading
        return KINDS[kinds.pop()].plural if len(kinds) == 1 else f"things {expansion.branch.heading}"

    def focus(self, passage: str) -> tuple[int, int] | None:
        """Where in the report a passage first names the root, by its mentions."""
        if not hasattr(self, "_focus"):
            self._focus = self._mentions_of_root()
        return self._focus.get(passage)

    def _mentions_of_root(self) -> dict[str, tuple[int, int]]:
        if is_statement(self.facts.kind(self.root)):
            return {}
        mentions = sorted(self.facts.follow(self.root, _MENTIONS))
        found: dict[str, tuple[int, int]] = {}
        for mention, selector in sorted(self.facts.selectors(mentions).items()):
            start = self.facts.start(selector)
            end = whole_number(self.facts.word(selector, OA.end)) or start
            passage = self.facts.iri(mention, KG.inPassage) or ""
            found[passage] = min(found.get(passage, (start, end)), (start, end))
        return found
