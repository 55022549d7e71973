import shutil
import socket
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import hub as hubs  # noqa: E402

DEMO = """
sightline:
  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
  detectors:
    people: { type: hog, smallest-person: 128px }
  cameras:
    demo: { uri: "demo:crossing", detector: people, detect-fps: 5 }
"""


def pytest_sessionfinish(session, exitstatus):
    """The closing line that every runner of ours prints."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    count = {kind: len(reporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
    print(f"\npeers: {count['passed']} passed, {count['failed'] + count['error']} failed, {count['skipped']} skipped")


@pytest.fixture
def demo_config():
    return DEMO


@pytest.fixture
def make_hub(tmp_path):
    """Makes hubs that are stopped when the test ends."""
    made = []

    def make(name="hub", **options):
        hub = hubs.Hub(tmp_path / name, **options)
        made.append(hub)
        return hub

    yield make
    for hub in made:
        hub.stop()


@pytest.fixture
def make_camera():
    made = []

    def make(video, *options, port=None):
        camera = hubs.RtspCamera(video, port or free_port(), *options)
        made.append(camera)
        return camera.start()

    yield make
    for camera in made:
        camera.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")
