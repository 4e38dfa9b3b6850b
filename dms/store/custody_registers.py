"""The registers of custody: access, lending, title documents, terms and holds, destruction, duties, reports."""

from sqlalchemy import Connection

from dms.store.appraisals import Appraisals
from dms.store.custodianships import Custodianships
from dms.store.custody_hand_overs import CustodyHandOvers
from dms.store.departments import Departments
from dms.store.destruction_lists import DestructionLists
from dms.store.disputes import Disputes
from dms.store.due_dates import DueDates
from dms.store.due_facts import DueFacts
from dms.store.duties import Duties
from dms.store.grants import Grants
from dms.store.handed_in_reports import FondsGuides, HandedInReports
from dms.store.holds import Holds
from dms.store.loans import Deputies, Loans
from dms.store.mails import Mails
from dms.store.personal_data import Restrictions, SubjectRequests
from dms.store.register import Register
from dms.store.reminders import NoticeWishes, Reminders
from dms.store.reviews import Reviews
from dms.store.safes import SafeOpenings, StockTakes
from dms.store.schedules import RetentionSchedules
from dms.store.sign_in_guards import Invitations, SecondFactors, SignInFailureCounts, UserIdentities
from dms.store.statistics import Statistics
from dms.store.title_slips import TitleRequests, TitleSlips
from dms.store.titles import Titles
from dms.store.use_requests import UseRequests
from dms.store.web_sessions import WebSessions


class CustodyRegisters:
    """What custody remembers, as one transaction sees it."""

    appraisals = Register(Appraisals)
    custodianships = Register(Custodianships)
    custody_hand_overs = Register(CustodyHandOvers)
    departments = Register(Departments)
    deputies = Register(Deputies)
    destruction_lists = Register(DestructionLists)
    disputes = Register(Disputes)
    due_dates = Register(DueDates)
    due_facts = Register(DueFacts)
    duties = Register(Duties)
    fonds_guides = Register(FondsGuides)
    grants = Register(Grants)
    handed_in_reports = Register(HandedInReports)
    holds = Register(Holds)
    invitations = Register(Invitations)
    loans = Register(Loans)
    mails = Register(Mails)
    notice_wishes = Register(NoticeWishes)
    reminders = Register(Reminders)
    requests = Register(UseRequests)
    restrictions = Register(Restrictions)
    reviews = Register(Reviews)
    safe_openings = Register(SafeOpenings)
    schedules = Register(RetentionSchedules)
    second_factors = Register(SecondFactors)
    sign_in_failures = Register(SignInFailureCounts)
    statistics = Register(Statistics)
    stock_takes = Register(StockTakes)
    subject_requests = Register(SubjectRequests)
    title_requests = Register(TitleRequests)
    title_slips = Register(TitleSlips)
    titles = Register(Titles)
    user_identities = Register(UserIdentities)
    web_sessions = Register(WebSessions)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
