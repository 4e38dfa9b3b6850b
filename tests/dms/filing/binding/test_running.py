"""The run over a year: begun, carried on, stopped, gone on with, given up, and run again."""

from simulators.people import ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR
from dms.domain.binding import BindingState
from dms.domain.volume import VolumeState
from dms.filing.binding import carry_on, plan_binding, start_binding


def test_a_year_is_bound_as_its_plan_said(archive):
    add_customer(archive)
    file_paper(archive, "送货单一", type_code="delivery_voucher", title="送货单")
    file_paper(archive, "营业执照", type_code="licence", title="营业执照", contract_no="")
    plan = plan_binding(ARCHIVIST, 2024, archive=archive)
    run = start_binding(ARCHIVIST, 2024, seen=plan.digest, archive=archive)
    progress = carry_on(ARCHIVIST, run.id, archive=archive)
    assert progress.run.state is BindingState.DONE
    with archive.looking() as view:
        bound = view.volumes.list(actor=OPERATOR)
    assert [volume.reference_code for volume in bound] == [volume.reference_code for volume in plan.volumes]
    assert {volume.state for volume in bound} == {VolumeState.CATALOGUED}
    assert plan_binding(ARCHIVIST, 2024, archive=archive).volumes == ()
