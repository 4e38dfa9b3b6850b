"""``dms bench custody``: what keeping costs in a large archive, by parts."""

from dms.cli.measuring_custody.command import bench_custody
from dms.cli.measuring_custody.filling import Holdings, fill_holdings

__all__ = ["Holdings", "bench_custody", "fill_holdings"]
