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

    def __init__(self, connection: Connection) -> None:
        self.appraisals = Appraisals(connection)
        self.custodianships = Custodianships(connection)
        self.custody_hand_overs = CustodyHandOvers(connection)
        self.departments = Departments(connection)
        self.deputies = Deputies(connection)
        self.destruction_lists = DestructionLists(connection)
        self.disputes = Disputes(connection)
        self.due_dates = DueDates(connection)
        self.due_facts = DueFacts(connection)
        self.duties = Duties(connection)
        self.fonds_guides = FondsGuides(connection)
        self.grants = Grants(connection)
        self.handed_in_reports = HandedInReports(connection)
        self.holds = Holds(connection)
        self.invitations = Invitations(connection)
        self.loans = Loans(connection)
        self.mails = Mails(connection)
        self.notice_wishes = NoticeWishes(connection)
        self.reminders = Reminders(connection)
        self.requests = UseRequests(connection)
        self.restrictions = Restrictions(connection)
        self.reviews = Reviews(connection)
        self.safe_openings = SafeOpenings(connection)
        self.schedules = RetentionSchedules(connection)
        self.second_factors = SecondFactors(connection)
        self.sign_in_failures = SignInFailureCounts(connection)
        self.statistics = Statistics(connection)
        self.stock_takes = StockTakes(connection)
        self.subject_requests = SubjectRequests(connection)
        self.title_requests = TitleRequests(connection)
        self.title_slips = TitleSlips(connection)
        self.titles = Titles(connection)
        self.user_identities = UserIdentities(connection)
        self.web_sessions = WebSessions(connection)
