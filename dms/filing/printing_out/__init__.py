"""打印: every form about what a person may know of, the bound volume in one, and a whole year as a queue."""

from dms.filing.printing_out.errors import (
    AskerGone,
    NotASpreadsheet,
    NothingForTheForm,
    NothingOfTheYear,
    PlaceToPrintNotFound,
    PrintJobNotFound,
    PrintResultDamaged,
    PrintWishIncomplete,
)
from dms.filing.printing_out.printing import print_form
from dms.filing.printing_out.queue import (
    OpenedJob,
    PrintJobList,
    ask_for_year,
    list_print_jobs,
    open_print_job,
    print_again,
    remove_print_job,
    take_all_prints,
    take_print,
)
from dms.filing.printing_out.wish import ABOUT, FORM_NAMES, NEEDS, PAPER_ONLY, PrintForm, PrintWish
from dms.filing.printing_out.working_off import (
    do_next_print_job,
    forget_old_prints,
    is_anything_to_print,
    reclaim_print_jobs,
)
from dms.filing.printing_out.year import VOLUMES_FOLDER, YearPrint, year_printed

__all__ = [
    "ABOUT",
    "FORM_NAMES",
    "NEEDS",
    "PAPER_ONLY",
    "VOLUMES_FOLDER",
    "AskerGone",
    "NotASpreadsheet",
    "NothingForTheForm",
    "NothingOfTheYear",
    "OpenedJob",
    "PlaceToPrintNotFound",
    "PrintForm",
    "PrintJobList",
    "PrintJobNotFound",
    "PrintResultDamaged",
    "PrintWish",
    "PrintWishIncomplete",
    "YearPrint",
    "ask_for_year",
    "do_next_print_job",
    "forget_old_prints",
    "is_anything_to_print",
    "list_print_jobs",
    "open_print_job",
    "print_again",
    "print_form",
    "reclaim_print_jobs",
    "remove_print_job",
    "take_all_prints",
    "take_print",
    "year_printed",
]
