"""首页: what a person's day begins with, by his roles."""

from dms.custody.starting.start_page import Proof, Running, StartPage, start_page

__all__ = ["Proof", "Running", "StartPage", "start_page"]
