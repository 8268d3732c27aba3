"""An ``Extraction`` becomes quads, a dataset its description. Pure: no files, no clock."""
