"""Stand-ins that behave like the real thing, and that fail on purpose where the real thing may fail."""
