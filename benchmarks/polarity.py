"""How well polarity is told, by the rules and by classifiers that are trained on labelled sentences.

    python benchmarks/polarity.py            the rules on every set, and their confusion table
    python benchmarks/polarity.py --train    and classifiers, each report scored by one that has not seen it
    python benchmarks/polarity.py --doubt    how many answers of the rules are doubtful by the words
    python benchmarks/polarity.py --write    makes the weights of the words (polarity_words.json)

The sentences are those that ``tests/data/polarity`` labels, in the reports of the folder ``shared`` beside
the checkout, and, of reports on police and fire, the headings of ``tests/gold`` and
``tests/blind``. ``--train`` needs the extra ``train`` (scikit-learn): logistic regression over the words and
pairs of words of what a sentence asserts, alone and with the cues that the rules found. Writes Markdown.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.nlp.structure.asserted import asserted
from kg.nlp.structure.polarity import cues, polarity
from kg.nlp.structure.polarity_doubt import CHANCE, WEIGHTS, chances_by, words_asserted

ROOT = Path(__file__).resolve().parent.parent
SIGNS = ("positive", "negative", "mixed", "neutral")
_FEWEST = 3
"""Sentences that a word has to be in for a weight."""
FOLDS = 20
"""Groups of reports that are left out together."""
_TOKEN = re.compile(r"[\w’-]+|[,;·]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its polarity; ``also`` are others that a reader could give it."""

    group: str
    report: str
    text: str
    polarity: str
    also: tuple[str, ...] = ()


def labelled() -> Iterator[Labelled]:
    """All labelled sentences."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from labelled_sentences import labelled_sentences

    for one in labelled_sentences(ROOT.parent / "shared"):
        yield Labelled(f"set {one.set}", one.file, one.text, one.polarity, one.also)
    for folder in ("gold", "blind"):
        for file in sorted((ROOT / "tests" / folder).glob("*/findings.jsonl")):
            for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                yield Labelled(f"tests/{folder}", file.parent.name, row["heading"], row["polarity"])


def by_group(sentences: Sequence[Labelled], found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row a set: how many, how many are right, and how many at least defensible."""
    for group in dict.fromkeys(sentence.group for sentence in sentences):
        pairs = [(s, sign) for s, sign in zip(sentences, found, strict=True) if s.group == group]
        right = sum(s.polarity == sign for s, sign in pairs)
        fair = sum(sign in (s.polarity, *s.also) for s, sign in pairs)
        yield group, str(len(pairs)), f"{right / len(pairs):.3f}", f"{fair / len(pairs):.3f}"


def confusion(sentences: Sequence[Labelled], found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row a label of the reader: how often the tool gave it each, and its recall; then the precisions."""
    count = Counter((s.polarity, sign) for s, sign in zip(sentences, found, strict=True))
    for label in SIGNS:
        cells = [count[label, sign] for sign in SIGNS]
        yield label, *map(str, cells), f"{count[label, label] / max(sum(cells), 1):.3f}"
    totals = {sign: sum(count[label, sign] for label in SIGNS) for sign in SIGNS}
    yield "precision", *(f"{count[sign, sign] / max(totals[sign], 1):.3f}" for sign in SIGNS), ""


def features(text: str, with_cues: bool) -> dict[str, int]:
    """What a classifier sees of a sentence."""
    words = ["^", *(w.lower() if not w[0].isdigit() else "#" for w in _TOKEN.findall(asserted(text)))]
    seen = dict.fromkeys(words, 1) | {f"{a} {b}": 1 for a, b in pairwise(words)}
    if with_cues:
        seen |= {f"cue {name}": 1 for name in cues(text)}
    return seen


def cross_validated(sentences: Sequence[Labelled], with_cues: bool) -> list[str]:
    """The label that each sentence gets from a classifier which has seen no sentence of its report."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    seen = [features(sentence.text, with_cues) for sentence in sentences]
    place = {report: n % FOLDS for n, report in enumerate(sorted({s.report for s in sentences}))}
    found = [""] * len(sentences)
    for fold in range(FOLDS):
        inside = [n for n, s in enumerate(sentences) if place[s.report] != fold]
        outside = [n for n, s in enumerate(sentences) if place[s.report] == fold]
        vectors = DictVectorizer()
        matrix = vectors.fit_transform([seen[n] for n in inside])
        matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
        model = OneVsRestClassifier(LogisticRegression(C=3, solver="liblinear", random_state=0))
        model.fit(matrix, [sentences[n].polarity for n in inside])
        for n, sign in zip(
            outside, model.predict(vectors.transform([seen[n] for n in outside])), strict=True
        ):
            found[n] = str(sign)
    return found


def _word_model(sentences: Sequence[Labelled]) -> tuple[list[str], dict[str, list[float]]]:
    """The polarities, and the weights of each word that ``_FEWEST`` sentences have."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = [words_asserted(sentence.text) for sentence in sentences]
    counts = Counter(word for words in seen for word in words)
    kept = [dict.fromkeys(sorted(w for w in words if w and counts[w] >= _FEWEST), 1) for words in seen]
    vectors = DictVectorizer()
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(vectors.fit_transform(kept), [sentence.polarity for sentence in sentences])
    names = [str(name) for name in model.classes_]
    rows = dict(zip(vectors.get_feature_names_out(), model.coef_.T.tolist(), strict=True))
    return names, {
        word: [round(x, 3) for x in row]
        for word, row in sorted({"": model.intercept_.tolist(), **rows}.items())
    }


def write_words(sentences: Sequence[Labelled]) -> None:
    """Train with every labelled sentence, and write the weights of their words."""
    names, rows = _word_model(sentences)
    lines = ",\n".join(f"{json.dumps(word, ensure_ascii=False)}: {row}" for word, row in rows.items())
    WEIGHTS.write_text(
        f'{{"polarities": {json.dumps(names)},\n"words": {{\n{lines}\n}}}}\n', encoding="utf-8"
    )


def doubted(sentences: Sequence[Labelled]) -> Iterator[tuple[str, ...]]:
    """A row a set: how many answers of the rules are doubtful by weights that have not seen the report, how
    many of these are wrong, and how many of the others."""
    place = {report: n % FOLDS for n, report in enumerate(sorted({s.report for s in sentences}))}
    doubts = [False] * len(sentences)
    for fold in range(FOLDS):
        names, rows = _word_model([s for s in sentences if place[s.report] != fold])
        for n, sentence in enumerate(sentences):
            if place[sentence.report] == fold:
                told = polarity(sentence.text)
                doubts[n] = chances_by(sentence.text, names, rows)[told] < CHANCE[told]
    wrong = [polarity(s.text) != s.polarity for s in sentences]
    for group in dict.fromkeys(s.group for s in sentences):
        at = [n for n, s in enumerate(sentences) if s.group == group]
        doubtful = [n for n in at if doubts[n]]
        bad, rest = sum(wrong[n] for n in doubtful), sum(wrong[n] for n in at if not doubts[n])
        yield group, str(len(at)), str(len(doubtful)), str(bad), str(rest)


def table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def shown(name: str, sentences: Sequence[Labelled], found: Sequence[str]) -> None:
    print(f"### {name}\n")
    print(table(("sentences of", "how many", "right", "right or defensible"), by_group(sentences, found)))
    ours = [n for n, sentence in enumerate(sentences) if sentence.group.startswith("set")]
    rows = confusion([sentences[n] for n in ours], [found[n] for n in ours])
    print(table(("reader \\ tool", *SIGNS, "recall"), rows))


if __name__ == "__main__":
    every = list(labelled())
    if "--write" in sys.argv:
        write_words(every)
        sys.exit()
    if "--doubt" in sys.argv:
        head = ("sentences of", "how many", "doubtful", "of these wrong", "wrong of the others")
        print(table(head, doubted(every)))
        sys.exit()
    shown("Rules", every, [polarity(sentence.text) for sentence in every])
    if "--train" in sys.argv:
        shown("Words and pairs of words", every, cross_validated(every, with_cues=False))
        shown("The same with the cues of the rules", every, cross_validated(every, with_cues=True))
