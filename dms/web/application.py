"""The application factory: what the web is made of, on one screen."""

from flask import Flask

from dms.archive import Archive
from dms.ingest import ReceivingLimits
from dms.web import (
    access_policy,
    accounts,
    appraisals,
    arrangement,
    backups,
    binding,
    contract_import,
    contracts,
    corrections,
    customers,
    departments,
    destruction_steps,
    destructions,
    disputes,
    duties,
    duty_rules,
    guide,
    health,
    holds,
    home,
    inspections,
    invitations,
    items,
    journal,
    leaving,
    lending_rules,
    loans,
    locations,
    missing_papers,
    numbering,
    openid,
    operations,
    own_account,
    own_password,
    personal_data,
    positions,
    printing,
    reminders,
    reports,
    request_steps,
    requests,
    retention,
    reviews,
    safes,
    saved_searches,
    searching,
    sign_in_rules,
    signing_in,
    stock_takes,
    synonyms,
    timeline,
    title_requests,
    title_slips,
    titles,
    transfer_steps,
    transfers,
    tray,
    uploading,
    users,
    volume_changes,
    volumes,
)
from dms.web.admitting import admit
from dms.web.attempts import SignInGuard
from dms.web.current import EXTENSION, Beside, Surroundings
from dms.web.furnishing import furnish_templates
from dms.web.openid_provider import OpenIdAddress
from dms.web.refusals import show_refusals
from dms.web.request import ArchiveRequest
from dms.web.security import secure
from dms.web.sessions import keep_sessions
from dms.web.space import SpaceWatch
from dms.web.speaking import speak
from dms.web.watching import RequestMeter, watch_requests

SUBJECTS = (
    personal_data,
    appraisals, destruction_steps, destructions,
    safes, stock_takes, title_requests, title_slips, titles,
    access_policy, departments, positions,
    requests, request_steps, loans, lending_rules,
    accounts, invitations, leaving, own_account, sign_in_rules,
    arrangement, backups, binding, contract_import, contracts, missing_papers,
    corrections, customers, guide, health, holds, disputes, retention, home, inspections, items, journal, locations,
    numbering, openid, operations, own_password, printing, reports, saved_searches, searching, signing_in, synonyms,
    timeline,
    transfer_steps, transfers, tray, uploading, users, volume_changes, volumes,
    duties, duty_rules, reminders, reviews,
)  # fmt: skip


def create_app(
    archive: Archive,
    *,
    limits: ReceivingLimits,
    secret_key: bytes,
    secure_cookies: bool = False,
    beside: Beside | None = None,
    meter: RequestMeter | None = None,
    openid_address: OpenIdAddress | None = None,
) -> Flask:
    """The web application over an open archive; `secure_cookies` where it is reached through HTTPS.

    `beside` is what works beside the pages where there is a service; `meter` counts the requests;
    `openid_address` is the sign-in service of the company where there is one.
    """
    app = Flask("dms.web")
    app.request_class = ArchiveRequest
    app.extensions[EXTENSION] = Surroundings(
        archive=archive,
        limits=limits,
        guard=SignInGuard(archive.clock),
        space=SpaceWatch(archive, limits),
        beside=beside,
        openid_address=openid_address,
    )
    watch_requests(app, meter or RequestMeter())
    speak(app)
    furnish_templates(app)
    secure(app, secret_key=secret_key, secure_cookies=secure_cookies)
    keep_sessions(app)
    admit(app)
    show_refusals(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject.blueprint)
    return app
