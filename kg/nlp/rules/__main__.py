"""``python -m kg.nlp.rules TEXT…``: for every rule where and how often it fires while the texts are read."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.model.errors import KgError
from kg.nlp.rules.ledger import Ledger, every_rule
from kg.nlp.rules.pattern_files import FOLDER, observe, rules

_OPEN = "OPEN"
"""Stands where neither a text nor a reason is known for a rule."""


def main(arguments: list[str] | None = None) -> int:
    """Read the texts and print the ledger; 1 if no text is given and no count asked for, or if ``--silent``
    finds a rule that fires nowhere and has no reason to be there."""
    parser = argparse.ArgumentParser(prog="python -m kg.nlp.rules", description=__doc__)
    parser.add_argument("texts", nargs="*", help="reports, as kg build takes them, or folders of them")
    parser.add_argument("--silent", action="store_true", help="list the rules that fire nowhere, no others")
    parser.add_argument("--entries", action="store_true", help="list unused entries of lists too")
    parser.add_argument("--count", action="store_true", help="print how many rules and regexes there are")
    options = parser.parse_args(arguments)
    if not options.texts and not options.count:
        parser.print_usage(sys.stderr)
        return 1
    is_open = False
    if options.texts:
        ledger = read_all(options.texts)
        lines = list(report(ledger, silent=options.silent, entries=options.entries))
        print("\n".join(lines))
        is_open = any(line.endswith(f"  {_OPEN}") for line in lines)
    if options.count:
        print("\n".join(f"{number:6} {what}" for what, number in counts().items()))
    return 1 if is_open and options.silent else 0


def read_all(texts: Iterable[str]) -> Ledger:
    """The ledger of reading files, and the reports of folders."""
    ledger = Ledger()
    observe(ledger)
    from kg.nlp import events_of, explained, extract  # not before the regexes are observed
    from kg.reading.discovery import find_reports

    heads = {rule.id for rule in rules("mention-heads")}
    for source in find_reports(texts)[0]:
        ledger.text = str(source.file)
        try:
            found = extract(source.file)
        except KgError as error:  # as in a build: the others are read
            print(error, file=sys.stderr)
            continue
        ledger.read[ledger.text] = found.report.text
        explained(found)
        events_of(found)
        for mention in found.mentions:
            if mention.pattern in heads:
                ledger.count(("mention-heads", mention.pattern), mention.text)
    return ledger


def report(ledger: Ledger, *, silent: bool = False, entries: bool = False) -> Iterator[str]:
    """A line a rule: hits, texts with a hit, file and id, and words of the first hit, or why it is kept.

    A list that code turns into a table has a dash for its hits: its words occur in so many texts."""
    for rule in every_rule():
        key = (rule.file, rule.id)
        if rule.kind == "fragment":
            continue
        name, hits, texts = f"{rule.file}:{rule.id}", ledger.hits[key], len(ledger.texts.get(key, ()))
        occurring = ledger.occurring(rule) if rule.kind == "words" and (entries or not hits) else Counter()
        if hits:
            line = f"{hits:6} {texts:4}  {name}  {' '.join(ledger.words.get(key, '').split())}"
        elif most := max(occurring.values(), default=0):
            line = f"     – {most:4}  {name}  {max(occurring, key=lambda each: occurring[each])}"
        else:
            line = f"{0:6} {0:4}  {name}  {rule.kept or _OPEN}"
        if not silent or not (hits or occurring.total()):
            yield line.rstrip()
        if entries and rule.kind == "words" and (hits or occurring.total()):
            unused = [each for each, of in occurring.items() if not of and not ledger.entries[key, each]]
            yield from (f"{0:6} {0:4}  {name}: {each}  {rule.kept or _OPEN}" for each in unused)


def counts() -> dict[str, int]:
    """How many rules of which kind there are, entries of lists, and expressions in the code of kg/nlp."""
    kinds = Counter(rule.kind for rule in every_rule())
    code = (path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
    return {
        "files of rules": len(list(FOLDER.glob("*.jsonl"))),
        "regex rules": kinds["regex"],
        "fragments": kinds["fragment"],
        "lists of words": kinds["words"],
        "entries of lists": sum(len(rule.body) for rule in every_rule() if rule.kind == "words"),
        "head nouns": kinds["heads"],
        "expressions in code (re.…)": sum(len(re.findall(r"\bre\.[a-z]+\(", text)) for text in code),
    }


if __name__ == "__main__":
    sys.exit(main())
