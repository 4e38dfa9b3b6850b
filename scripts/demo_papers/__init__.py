"""The press on which the sample papers of `dms demo` are set, sealed, worn by use and scanned; an authoring tool only."""
