"""Forms of custody on their way out, on paper or as spreadsheets."""

from dms.custody.forms.giving_out import MEDIA_TYPES, PrintAs, PrintedForm, letterhead, printed

__all__ = ["MEDIA_TYPES", "PrintAs", "PrintedForm", "letterhead", "printed"]
