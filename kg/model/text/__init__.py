"""Forms of English that every stage shares: bullets, months, numbers in words, sentences, inflection."""
