"""How thick volumes may become, and who shares them: rules of the company, within what can be bound."""

import pytest
from simulators.people import ARCHIVIST, CLERK

from dms.domain.actor import ActionForbidden
from dms.filing.arranging import SeriesRuleUnfit, VolumeRules, state_volume_rules, volume_rules


def test_rules_are_as_shipped_until_they_are_stated(archive):
    assert volume_rules(CLERK, archive=archive) == VolumeRules(most_sheets=200, collective=True)
    stated = VolumeRules(most_sheets=150, collective=False)
    assert state_volume_rules(ARCHIVIST, stated, archive=archive) == stated
    assert volume_rules(CLERK, archive=archive) == stated


@pytest.mark.parametrize("sheets", [0, 9, 501, -200])
def test_a_volume_that_nobody_can_bind_is_no_rule(archive, sheets):
    with pytest.raises(SeriesRuleUnfit):
        state_volume_rules(ARCHIVIST, VolumeRules(most_sheets=sheets), archive=archive)
    assert volume_rules(CLERK, archive=archive).most_sheets == 200


def test_rules_are_the_archivists_decision(archive):
    with pytest.raises(ActionForbidden):
        state_volume_rules(CLERK, VolumeRules(), archive=archive)
