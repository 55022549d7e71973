"""HTTP cameras: a real server of another make, with logins, freezes and failures; and where no camera may be."""

import signal
import subprocess

import pytest
from conftest import free_port, needs
from hub import SHARED, wait_for

PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"
NETWORKS = "camera-networks: [127.0.0.0/8]"

CONFIG = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  {networks}
  detectors:
    people: {{ type: motion }}
  cameras:
    demo: {{ uri: "demo:crossing", detector: people, detect-fps: 2 }}
    gate: {{ uri: "{uri}", {more} detector: people, detect-fps: 4, silence-limit: 2s }}
"""

pytestmark = needs("ffmpeg")


class HttpCamera:
    def __init__(self, port, *options):
        self.port, self.options = port, options
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(SHARED / "tools" / "http_camera.py"), "--file", str(PETS), "--port", str(self.port),
             "--max-frames", "60", *self.options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline().startswith("READY"), "the HTTP camera did not start"

    def uri(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def send(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(10)


@pytest.fixture
def make_http():
    made = []

    def make(*options):
        camera = HttpCamera(free_port(), *options)
        made.append(camera)
        return camera

    yield make
    for camera in made:
        camera.stop()


def start(make_hub, uri, more="", networks=NETWORKS):
    return make_hub(config=CONFIG.format(uri=uri, more=more, networks=networks)).start()


def handled(hub, camera="gate"):
    return hub.camera(camera)["figures"]["frames_handled"]


def offline(hub):
    gate = hub.camera("gate")
    return gate if gate["state"] == "OFFLINE" and gate["code"] != "CONNECTING" else None


def online(hub):
    return hub.camera("gate")["state"] == "ONLINE"


@pytest.mark.parametrize("path", ["/video.mjpg", "/snapshot.jpg"])
def test_an_http_camera_through_what_happens_to_one(make_hub, make_http, path):
    camera = make_http("--user", "hub", "--password", "p@ss:word", "--auth", "digest")
    hub = start(make_hub, camera.uri(path), 'username: hub, password: "p@ss:word",')
    wait_for("the gate is online", lambda: online(hub))
    before = handled(hub)
    wait_for("frames of the gate", lambda: handled(hub) > before + 8, 20)

    losses = [("503", signal.SIGUSR2, signal.SIGUSR2), ("hang", signal.SIGSTOP, signal.SIGCONT)]
    if path == "/video.mjpg":
        losses = [("freeze", signal.SIGUSR1, signal.SIGUSR1), ("hang", signal.SIGSTOP, signal.SIGCONT)]
    for name, lose, give_back in losses:
        camera.send(lose)
        gone = wait_for(f"the gate is offline after {name}", lambda: offline(hub), 30)
        assert gone["code"] in {"SILENT", "UNREACHABLE", "LOST"}, gone
        camera.send(give_back)
        wait_for(f"the gate is back after {name}", lambda: online(hub), 60)

    camera.stop()
    wait_for("the gate is offline", lambda: offline(hub), 30)
    camera.start()
    wait_for("the gate is back", lambda: online(hub), 60)
    assert hub.camera("demo")["state"] == "ONLINE"
    assert "p@ss" not in hub.log.read_text()
    assert "p@ss" not in str(hub.camera("gate"))


def test_basic_login_and_a_refused_one(make_hub, make_http):
    camera = make_http("--user", "hub", "--password", "right", "--auth", "basic")
    hub = start(make_hub, camera.uri("/video.mjpg"), "username: hub, password: right,")
    wait_for("the gate is online", lambda: online(hub))
    hub.configure(CONFIG.format(uri=camera.uri("/video.mjpg"), more="username: hub, password: wrong-one,", networks=NETWORKS))
    refused = wait_for("the refusal", lambda: offline(hub), 30)
    assert refused["code"] == "UNAUTHORIZED", refused
    assert "wrong-one" not in hub.log.read_text()


def test_networks_of_the_site(make_hub, make_http):
    """Without a list loopback is refused; a changed list holds at once, for who is connected, too."""
    camera = make_http()
    hub = start(make_hub, camera.uri("/video.mjpg"), networks="")
    refused = wait_for("the refusal", lambda: offline(hub), 30)
    assert refused["code"] == "FORBIDDEN_ADDRESS", refused
    assert "camera-networks" in refused["reason"]

    hub.configure(CONFIG.format(uri=camera.uri("/video.mjpg"), more="", networks=NETWORKS))
    wait_for("the gate is online", lambda: online(hub), 60)

    hub.configure(CONFIG.format(uri=camera.uri("/video.mjpg"), more="", networks="camera-networks: [192.0.2.0/24]"))
    refused = wait_for("the refusal", lambda: offline(hub), 30)
    assert refused["code"] == "FORBIDDEN_ADDRESS", refused


def test_the_hub_itself_is_no_camera(make_hub, make_http):
    camera = make_http()
    hub = start(make_hub, camera.uri("/video.mjpg"))
    wait_for("the gate is online", lambda: online(hub))
    for name, port in hub.ports.items():
        if name in ("http", "management", "core", "amqp", "mqtt"):
            hub.configure(CONFIG.format(uri=f"http://127.0.0.1:{port}/", more="", networks=NETWORKS))
            refused = wait_for(f"the refusal of {name}", lambda: str(port) in str(offline(hub)) and offline(hub), 30)
            assert refused["code"] == "FORBIDDEN_ADDRESS", refused
            assert "is this hub itself" in refused["reason"], refused
