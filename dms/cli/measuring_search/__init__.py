"""``dms bench search``: the search measured on papers that are made up from a seed, everything in one table."""

from dms.cli.measuring_search.command import bench_search

__all__ = ["bench_search"]
