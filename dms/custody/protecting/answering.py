"""The answer to a person's request as a document: what was asked, what was found, what was done."""

from typing import Final

from dms.archive import Archive
from dms.custody.protecting.finding_person import FoundBy
from dms.custody.protecting.requests import show_request
from dms.domain.actor import Actor, Permission
from dms.domain.personal_data import masked_number
from dms.domain.subject_request import SubjectRequestKind
from dms.errors import Bilingual

KIND_NAMES: Final = {
    SubjectRequestKind.ACCESS: Bilingual("查阅个人信息", "access"),
    SubjectRequestKind.COPY: Bilingual("复制个人信息", "copy"),
    SubjectRequestKind.CORRECT: Bilingual("更正、补充", "correction"),
    SubjectRequestKind.DELETE: Bilingual("删除", "deletion"),
    SubjectRequestKind.RESTRICT: Bilingual("限制处理", "restriction"),
}
FOUND_BY_NAMES: Final = {
    FoundBy.NAME: Bilingual("姓名", "name"),
    FoundBy.IDENTITY_NUMBER: Bilingual("身份证号", "identity number"),
    FoundBy.CONTACT: Bilingual("联系方式", "contact"),
}


def answer_document(actor: Actor, request_id: int, *, archive: Archive) -> bytes:
    """The answer as PDF/A, journaled; an open request prints as a draft. Raises `SubjectRequestNotFound`."""
    from dms.printing import Letterhead, SubjectAnswer, SubjectPaper, subject_answer_pdf

    actor.require(Permission.MANAGE_PERSONAL_DATA)
    shown = show_request(actor, request_id, archive=archive)
    request = shown.request
    with archive.begin() as work:
        head = Letterhead(
            company=next(iter(work.scheme.own_names()), ""),
            fonds_code=work.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )
        ids = {item.classification.customer_id for item in shown.papers if item.classification.customer_id}
        names = {each: work.customers.get(each).name for each in ids}
        types = {kind.code: kind.zh for kind in work.scheme.all_types()}
        archive.record(work, actor, "subject_answer_taken", f"subject_request/{request_id}", request=request_id)
    papers = tuple(
        SubjectPaper(
            code=item.reference_code or item.id,
            title=item.title,
            customer=names.get(item.classification.customer_id or 0, ""),
            year=item.classification.year,
            kind=types.get(item.classification.type_code or "", ""),
            is_stored_only=item.storage_only,
        )
        for item in shown.papers
    )
    return subject_answer_pdf(
        SubjectAnswer(
            letterhead=head,
            number=request.id,
            asked=KIND_NAMES[request.kind].zh,
            person=request.person,
            identity_number=masked_number(request.identity_number),
            received_on=request.received_on,
            answered_on=request.answered_at.astimezone().date() if request.answered_at else None,
            answer=request.answer,
            answered_by=request.answered_by,
            papers=papers,
        )
    )
