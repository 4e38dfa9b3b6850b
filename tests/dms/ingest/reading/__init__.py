"""Tests of reading; a package, so that its simulators can be imported by their names."""
