"""Anjuan 案卷: an encrypted, searchable archive for a company's original contract materials."""

__version__ = "0.1.0"
