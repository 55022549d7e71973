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
    any: {{ type: motion }}
  camera-defaults: {{ detector: any, detect-fps: 4, silence-limit: 3s }}
  cameras:
    demo: {{ uri: "demo:crossing" }}
{cameras}
"""


def config(cameras, networks=NETWORKS):
    lines = "\n".join(f"    {name}: {{ {keys} }}" for name, keys in cameras.items())
    return CONFIG.format(cameras=lines, networks=networks)


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


def handled(hub, camera):
    return hub.camera(camera)["figures"]["frames_handled"]


def comes_to(hub, camera, state, seconds=60):
    """Waits for a state, and returns the camera as it is then."""

    def there():
        now = hub.camera(camera)
        return now if now["state"] == state and now["code"] != "CONNECTING" else None

    return wait_for(f"{camera} is {state}", there, seconds, 0.3)


def frames_flow(hub, camera):
    before = handled(hub, camera)
    wait_for(f"frames of {camera}", lambda: handled(hub, camera) > before + 4, 60)


def test_http_cameras_through_what_happens_to_them(make_hub, make_http):
    camera = make_http("--user", "hub", "--password", "p@ss:word", "--auth", "digest")
    login = 'username: hub, password: "p@ss:word"'
    cameras = {"stream": f"uri: '{camera.uri('/video.mjpg')}', {login}", "still": f"uri: '{camera.uri('/snapshot.jpg')}', {login}"}
    hub = make_hub(config=config(cameras)).start()
    for name in cameras:
        comes_to(hub, name, "ONLINE")
        frames_flow(hub, name)
    for fault, code, who in [(signal.SIGUSR1, {"SILENT"}, "stream"), (signal.SIGUSR2, {"UNREACHABLE"}, "still")]:
        camera.send(fault)
        assert comes_to(hub, who, "OFFLINE")["code"] in code
        camera.send(fault)
        comes_to(hub, who, "ONLINE")
    camera.send(signal.SIGSTOP)
    for name in cameras:
        assert comes_to(hub, name, "OFFLINE")["code"] in {"SILENT", "UNREACHABLE"}
    camera.send(signal.SIGCONT)
    camera.stop()
    camera.start()
    for name in cameras:
        comes_to(hub, name, "ONLINE")
        frames_flow(hub, name)
    assert hub.camera("demo")["state"] == "ONLINE"
    assert "p@ss" not in hub.log.read_text()
    assert "p@ss" not in str(hub.camera("still"))


def test_basic_login_and_a_refused_one(make_hub, make_http):
    camera = make_http("--user", "hub", "--password", "right-one", "--auth", "basic")
    uri = f"uri: '{camera.uri('/video.mjpg')}', username: hub"
    hub = make_hub(config=config({"good": f"{uri}, password: right-one", "bad": f"{uri}, password: wrong-one"})).start()
    comes_to(hub, "good", "ONLINE")
    assert comes_to(hub, "bad", "OFFLINE")["code"] == "UNAUTHORIZED"
    log = hub.log.read_text()
    assert "right-one" not in log and "wrong-one" not in log


def test_where_no_camera_may_be(make_hub, make_http):
    """Without a list loopback is refused; a changed list holds at once, for who is connected, too; the hub never is one."""
    camera = make_http()
    gate = {"gate": f"uri: '{camera.uri('/video.mjpg')}'"}
    hub = make_hub(config=config(gate, networks="")).start()
    refused = comes_to(hub, "gate", "OFFLINE")
    assert refused["code"] == "FORBIDDEN_ADDRESS" and "camera-networks" in refused["reason"], refused

    ports = {name: hub.ports[name] for name in ("http", "management", "core", "amqp", "mqtt")}
    hub.configure(config(gate | {f"own-{name}": f"uri: 'http://127.0.0.1:{port}/'" for name, port in ports.items()}))
    comes_to(hub, "gate", "ONLINE")
    for name in ports:
        refused = comes_to(hub, f"own-{name}", "OFFLINE")
        assert refused["code"] == "FORBIDDEN_ADDRESS" and "is this hub itself" in refused["reason"], refused

    hub.configure(config(gate, networks="camera-networks: [192.0.2.0/24]"))
    assert comes_to(hub, "gate", "OFFLINE")["code"] == "FORBIDDEN_ADDRESS"
