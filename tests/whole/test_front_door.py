"""What users may rely on is one list."""

from __future__ import annotations

import subprocess
import sys

import kg


def test_every_exported_name_exists():
    for name in kg.__all__:
        assert getattr(kg, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(kg, "no_such_thing")


def test_asking_does_not_import_the_language_stage():
    code = (
        "import sys, kg; kg.query; kg.saved_queries; import kg.cli.ask, kg.cli.make, kg.cli.share;"
        "heavy = {'spacy', 'rdflib', 'networkx', 'pyshacl', 'lxml', 'numpy'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
