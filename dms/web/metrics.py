"""The metrics page for Prometheus: states, counts, ages and sizes; no name, no id of a paper.

What always holds:
- Only a program on this machine that came without a proxy, or one that shows the token, may read it.
- Sealed, it tells that and what the process and the disk tell; nothing of the archive.
"""

import hmac
import shutil
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from werkzeug.wrappers import Request

from dms.archive import Archive
from dms.bootstrap import Opened, Serving
from dms.custody import catalogue_bytes, space_left
from dms.domain.inspection import InspectionScope
from dms.domain.space import SpaceState
from dms.errors import DmsError
from dms.web.watching import RequestMeter

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
_LEVELS = {SpaceState.AMPLE: 0, SpaceState.LOW: 1, SpaceState.CRITICAL: 2}


class Metrics:
    """What Prometheus is told; safe to share between threads."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, serving: Serving, meter: RequestMeter) -> None:
        self._serving = serving
        self._meter = meter
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._registry.register(_StandingCollector(serving))

    def text(self) -> bytes:
        """The page as of now."""
        return generate_latest(self._registry) + generate_latest(self._meter.registry)


def may_read_metrics(request: Request, token_path: Path | None) -> bool:
    """Whether the metrics may be given: to this machine itself, or to whoever shows the token of the settings."""
    return _shows_token(request, token_path) or _comes_from_this_machine(request)


def _comes_from_this_machine(request: Request) -> bool:
    if any(name in request.headers for name in FORWARDING_HEADERS):
        return False  # a proxy on this machine speaks for somebody else
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _shows_token(request: Request, token_path: Path | None) -> bool:
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if token_path is None or scheme.lower() != "bearer":
        return False
    try:
        token = token_path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return False
    return bool(token) and hmac.compare_digest(shown.strip().encode(), token.encode())


class _StandingCollector(Collector):
    """Asks the service and its archive anew for every reading."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing beforehand: registering must not open the catalogue."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of this moment."""
        opened = self._serving.enter()
        yield _gauge("anjuan_sealed", "1 while the archive is sealed.", opened is None)
        yield from _disk(self._serving)
        if opened is None:
            return
        try:
            yield from _of_archive(opened, self._serving)
        except (DmsError, OSError):
            # A catalogue or disk that cannot answer must not take the other figures away.
            yield _gauge("anjuan_catalogue_unreadable", "1 where the catalogue did not answer.", 1)
        finally:
            self._serving.leave(opened)


def _disk(serving: Serving) -> Iterator[GaugeMetricFamily]:
    try:
        disk = shutil.disk_usage(serving.settings.home)
    except OSError:
        return  # an alert on its absence fires; the other figures are wanted all the more
    yield _gauge("anjuan_disk_free_bytes", "Free on the disk of the archive.", disk.free)
    yield _gauge("anjuan_disk_total_bytes", "Size of the disk of the archive.", disk.total)


def _of_archive(opened: Opened, serving: Serving) -> Iterator[GaugeMetricFamily]:
    archive = opened.archive
    yield from _holdings(archive)
    yield from _space(archive, serving.settings.min_free_disk_bytes)
    yield from _inspections(archive)
    yield from _backups(archive)
    yield _gauge("anjuan_readers_alive", "Reading children that live.", opened.reading.readers_alive)


def _holdings(archive: Archive) -> Iterator[GaugeMetricFamily]:
    with archive.looking() as view:
        by_state = view.figures.items_by_state()
        pages_count = view.figures.pages_count()
        tasks = view.figures.tasks_waiting()
    items = GaugeMetricFamily("anjuan_items", "Items by state.", labels=("state",))
    for state, count in by_state.items():
        items.add_metric((state.value,), count)
    yield items
    age_s = max(0.0, (archive.now() - tasks.oldest_since).total_seconds()) if tasks.oldest_since else 0.0
    yield _gauge("anjuan_pages", "Pages read.", pages_count)
    yield _gauge("anjuan_tasks_waiting", "Tasks that wait or run.", tasks.count)
    yield _gauge("anjuan_tasks_given_up", "Tasks that were given up.", tasks.given_up_count)
    yield _gauge("anjuan_task_oldest_waiting_seconds", "How long the oldest task waits; 0 if none.", age_s)
    yield _gauge("anjuan_catalogue_bytes", "Size of the encrypted catalogue.", catalogue_bytes(archive))


def _space(archive: Archive, reserve_bytes: int) -> Iterator[GaugeMetricFamily]:
    outlook = space_left(archive, reserve_bytes=reserve_bytes)
    yield _gauge("anjuan_space_level", "0 ample, 1 low, 2 critical.", _LEVELS[outlook.state])
    yield _gauge("anjuan_growth_bytes_per_day", "Sealed a day, of late.", outlook.growth_bytes_per_day)
    if outlook.days_left is not None:
        yield _gauge("anjuan_disk_days_left", "Days until uploads are refused.", outlook.days_left)


def _inspections(archive: Archive) -> Iterator[GaugeMetricFamily]:
    with archive.looking() as view:
        latest = [found for scope in InspectionScope if (found := view.inspections.latest(scope))]
    moments = GaugeMetricFamily("anjuan_verified_timestamp_seconds", "Latest verification.", labels=("scope",))
    verdicts = GaugeMetricFamily("anjuan_verified_sound", "1 where it found no damage.", labels=("scope",))
    for inspection in latest:
        moments.add_metric((inspection.scope.value,), inspection.ended_at.timestamp())
        verdicts.add_metric((inspection.scope.value,), inspection.is_sound)
    yield moments
    yield verdicts


def _backups(archive: Archive) -> Iterator[GaugeMetricFamily]:
    with archive.looking() as view:
        runs = {place.id: view.backups.latest_complete(place.id) for place in view.backups.places() if place.id}
    copied = GaugeMetricFamily("anjuan_backup_timestamp_seconds", "Latest complete backup.", labels=("place",))
    for place_id, run in runs.items():
        copied.add_metric((str(place_id),), _seconds(run.ended_at if run else None))
    yield copied


def _seconds(moment: datetime | None) -> float:
    """Unix time; 0 for what never happened, so that an alert on its age fires."""
    return moment.timestamp() if moment else 0.0


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))
