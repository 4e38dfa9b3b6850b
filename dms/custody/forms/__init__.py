"""Forms of custody on their way out, on paper or as spreadsheets."""

from dms.custody.forms.giving_out import letterhead, printed

__all__ = ["letterhead", "printed"]
