"""Tests of what runs inside a keyless child, most of them run in this process, where they are easier to watch."""
