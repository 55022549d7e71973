"""A real RTSP camera through everything that happens to one: off, drop, freeze, hang, another password."""

import signal

import pytest
from conftest import free_port
from hub import SHARED, wait_for

PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"

CONFIG = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  camera-networks: [127.0.0.0/8]
  detectors:
    people: {{ type: hog, smallest-person: 64px }}
  cameras:
    demo: {{ uri: "demo:crossing", detector: people, detect-fps: 2 }}
    gate: {{ uri: "{uri}", {login} detector: people, detect-fps: 2, silence-limit: 2s }}
"""


def handled(hub, camera):
    return hub.camera(camera)["figures"]["frames_handled"]


@pytest.fixture
def site(make_hub, make_camera):
    camera = make_camera(PETS)
    hub = make_hub(config=CONFIG.format(uri=camera.uri, login="")).start()
    wait_for("the gate is online", lambda: hub.camera("gate")["state"] == "ONLINE")
    return hub, camera


def test_people_are_found_on_the_gate(site):
    hub, _ = site
    wait_for("detections of the gate", lambda: hub.detections("gate"), 30)


LOSSES = {
    "off": (lambda camera: camera.stop(), lambda camera: camera.start(), {"UNREACHABLE", "LOST"}),
    "freeze": (lambda camera: camera.send(signal.SIGUSR2), lambda camera: camera.send(signal.SIGUSR2), {"SILENT", "UNREACHABLE"}),
    "hang": (lambda camera: camera.send(signal.SIGSTOP), lambda camera: camera.send(signal.SIGCONT), {"SILENT", "UNREACHABLE"}),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_camera_is_offline_with_its_reason_and_comes_back(site, loss):
    hub, camera = site
    lose, give_back, reasons = LOSSES[loss]
    lose(camera)
    gone = wait_for("the gate is offline", lambda: offline(hub), 30)
    assert gone["code"] in reasons, gone
    assert gone["status"] == "error"
    before = handled(hub, "demo")
    wait_for("the demo camera goes on", lambda: handled(hub, "demo") > before + 2, 10)
    assert hub.camera("demo")["state"] == "ONLINE"
    give_back(camera)
    wait_for("the gate is back", lambda: hub.camera("gate")["state"] == "ONLINE", 60)
    back = handled(hub, "gate")
    wait_for("frames of the gate", lambda: handled(hub, "gate") > back + 2, 20)


def test_a_dropped_connection_is_made_again(site):
    hub, camera = site
    before = hub.camera("gate")["figures"]["reconnects"]
    camera.send(signal.SIGUSR1)
    wait_for("a reconnect", lambda: hub.camera("gate")["figures"]["reconnects"] > before, 30)
    back = handled(hub, "gate")
    wait_for("frames of the gate", lambda: handled(hub, "gate") > back + 2, 30)


def offline(hub):
    gate = hub.camera("gate")
    return gate if gate["state"] == "OFFLINE" else None


@pytest.mark.parametrize("scheme", ["digest", "basic"])
def test_a_camera_with_a_login(make_hub, make_camera, scheme):
    camera = make_camera(PETS, "--user", "hub", "--password", "p@ss:word", "--auth", scheme)
    hub = make_hub(config=CONFIG.format(uri=camera.uri, login='username: hub, password: "${GATE_PASSWORD}",'),
                   environment={"GATE_PASSWORD": "p@ss:word"}).start()
    wait_for("the gate is online", lambda: hub.camera("gate")["state"] == "ONLINE")
    assert "p@ss" not in str(hub.camera("gate"))


def test_a_refused_login_is_told_and_not_hammered(make_hub, make_camera):
    camera = make_camera(PETS, "--user", "hub", "--password", "right")
    hub = make_hub(config=CONFIG.format(uri=camera.uri, login="username: hub, password: wrong-one,")).start()
    gate = wait_for("the refusal", lambda: offline(hub), 30)
    assert gate["code"] == "UNAUTHORIZED", gate
    assert "wrong-one" not in hub.log.read_text()


def test_a_camera_that_is_not_there_does_not_stop_the_start(make_hub):
    hub = make_hub(config=CONFIG.format(uri=f"rtsp://127.0.0.1:{free_port()}/cam", login="")).start()
    assert wait_for("the gate is offline", lambda: offline(hub), 30)["code"] == "UNREACHABLE"
    assert hub.health()["status"] == "degraded"
