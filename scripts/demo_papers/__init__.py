"""The press on which the sample papers of `dms demo` are set, sealed, worn and scanned; an authoring tool only."""
