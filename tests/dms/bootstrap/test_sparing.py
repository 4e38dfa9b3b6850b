"""The garbage collector passes over what lasts, and still finds what does not."""

import subprocess
import sys

LOOK = """
import gc, weakref
from dms.bootstrap import spare_lasting_objects
class Ring: pass
lasting = Ring()
spare_lasting_objects()
ring = Ring(); ring.itself = ring
seen = weakref.ref(ring)
del ring
print(any(one is lasting for one in gc.get_objects()), seen() is None, end=" ")
gc.collect()
print(seen() is None)
"""


def test_what_was_there_is_passed_over_and_what_comes_later_is_collected():
    said = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["False", "False", "True"]
