"""``dms bench filing``: a year of papers made up from a seed, bound into volumes, and held to every rule."""

from dms.cli.measuring_filing.command import bench_filing

__all__ = ["bench_filing"]
