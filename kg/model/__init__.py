"""The nouns of the project: records, errors, terms, formats, vocabularies, frameworks, wording.

It imports nothing else of ``kg``.
"""
