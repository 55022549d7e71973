"""A crash inside native decoding: the hub is back within ten seconds, nobody misses an event, and a camera that crashes the
hub is kept apart. The crash is a real SIGSEGV, sent to the very thread that decodes a camera."""

import ctypes
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
from pathlib import Path

import pytest
from conftest import free_port, needs
from hub import PASSWORD, SHARED, figure, wait_for
from test_first_run import jms_probe
from test_kill import assert_no_gap, detection, ids, later, lines, settled

PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"
CAMERAS = ("one", "two", "three", "four")
LIMIT = 10.0  # seconds, of the contract: broker, REST and the other cameras
TGKILL = {"x86_64": 234, "aarch64": 131}[os.uname().machine]

CONFIG = """
sightline:
  camera-networks: [127.0.0.0/8]
  ports: {{ http: {http}, management: 0, core: {core}, amqp: 0, mqtt: {mqtt} }}
  detectors:
    movers: {{ type: motion }}
  cameras:
"""


def configuration(ports, camera, **more):
    text = CONFIG.format(**ports)
    for number, name in enumerate(CAMERAS, 1):
        keys = f"uri: \"{camera.uri}{number}\", detector: movers, detect-fps: 5, update-interval: 1s"
        text += f"    {name}: {{ {keys}{more.get(name, '')} }}\n"
    return text


@pytest.fixture
def site(make_hub, make_camera):
    camera = make_camera(PETS, "--count", str(len(CAMERAS)))
    ports = {name: free_port() for name in ("http", "core", "mqtt")}
    hub = make_hub(config=configuration(ports, camera)).start()
    hub.fixed, hub.source = ports, camera
    await_online(hub, CAMERAS)
    return hub


def await_online(hub, cameras, seconds=30):
    for name in cameras:
        wait_for(f"{name} is online", lambda name=name: hub.camera(name)["state"] == "ONLINE", seconds)


def reader(pid, camera):
    """Number of the thread that decodes a camera."""
    jcmd = Path(os.readlink(f"/proc/{pid}/exe")).parent / "jcmd"
    threads = subprocess.run([jcmd, str(pid), "Thread.print"], capture_output=True, text=True, check=True).stdout
    return int(re.search(rf'camera-reader-{camera}".* nid=(0x[0-9a-f]+|\d+)', threads).group(1), 0)


def crash(hub, camera=None):
    """SIGSEGV for the thread of a camera, or for the process; returns when it was sent."""
    pid = hub.pid
    thread = reader(pid, camera) if camera else None
    (hub.data / "ports.json").unlink()
    sent = time.monotonic()
    if thread:
        assert ctypes.CDLL(None, use_errno=True).syscall(TGKILL, pid, thread, signal.SIGSEGV) == 0
    else:
        os.kill(pid, signal.SIGSEGV)
    # where it still answers, it is not the next process that does
    wait_for("the process is gone", lambda: hub.process.poll() is not None or not Path(f"/proc/{pid}").exists(), 20, 0.01)
    return sent


def seconds_until(what, condition, since, seconds=60):
    wait_for(what, condition, seconds, 0.02)
    return time.monotonic() - since


def accepts(port):
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def recovery(hub, sent, cameras):
    """Seconds from the crash until REST answers, the broker accepts, and each of the cameras had a frame."""
    times = {"REST": seconds_until("REST", lambda: hub.health()["status"], sent),
             "broker": seconds_until("broker", lambda: accepts(hub.fixed["core"]) and accepts(hub.fixed["mqtt"]), sent)}
    hub.await_ready()
    for name in cameras:
        times[name] = seconds_until(name, lambda name=name: hub.camera(name)["figures"]["frames_handled"], sent)
    print("back after a crash:", {what: round(took, 1) for what, took in times.items()})
    return times


@needs("mosquitto_sub")
def test_a_crash_costs_seconds_and_no_event(site, tmp_path):
    hub = site
    mqtt_file, jms_file = tmp_path / "mqtt.jsonl", tmp_path / "jms.jsonl"
    mqtt = subprocess.Popen(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(hub.fixed["mqtt"]), "-u", "admin", "-P", PASSWORD,
                             "-i", "ledger", "-c", "-q", "1", "-t", "sightline/detections/#", "-N", "-F", "%p\n"],
                            stdout=open(mqtt_file, "wb"), stderr=subprocess.DEVNULL)
    jms = subprocess.Popen(jms_probe(hub, "durable", "sightline.detections.#", "ledger"), stdout=open(jms_file, "wb"),
                           stderr=subprocess.DEVNULL)
    try:
        wait_for("first events at both", lambda: mqtt_file.stat().st_size and jms_file.stat().st_size, 30)
        for culprit in (None, "three"):
            others = [name for name in CAMERAS if name != culprit]
            times = recovery(hub, crash(hub, culprit), others)
            figure("back after a crash", max(times.values()), LIMIT)
            await_online(hub, others)
            wait_for("detections after the crash", lambda: hub.detections("one"), 20)
        assert hub.camera("three")["code"] == "CRASHED"
        hub.configure(configuration(hub.fixed, hub.source, **{name: ", enabled: false" for name in CAMERAS}))
        wait_for("the cameras are off", lambda: hub.camera("four")["state"] == "DISABLED", 10)
        stored = [event for event in wait_for("all is stored", lambda: settled(hub), 30) if detection(event)]
        for who, file in (("MQTT", mqtt_file), ("JMS", jms_file)):
            wait_for(f"{who} has it all", lambda file=file: ids(file) >= {event["id"] for event in stored if later(event, file)},
                     60)  # a call of a client that was under way waits 30 s for its answer
            assert_no_gap(lines(file), who)
    finally:
        for subscriber in (mqtt, jms):
            subscriber.terminate()
            subscriber.wait()


def test_a_camera_that_crashes_the_hub_is_kept_apart(site):
    hub = site
    others = [name for name in CAMERAS if name != "two"]

    recovery(hub, crash(hub, "two"), others)
    await_online(hub, others)
    held = hub.camera("two")
    assert (held["state"], held["status"], held["code"]) == ("OFFLINE", "error", "CRASHED"), held
    assert "SIGSEGV" in held["reason"] and "tried again at" in held["reason"], held
    assert list((hub.data / "crashes").glob("crash-*.log")), "the report is kept"
    assert not list(hub.folder.rglob("core*")), "no memory was written out"

    with pytest.raises(urllib.error.HTTPError) as refused:
        hub.request("/api/v1/cameras/one/release", method="POST")
    assert refused.value.code == 409, "it is not kept apart"
    hub.request("/api/v1/cameras/two/release", method="POST", raw=True)
    await_online(hub, CAMERAS)

    recovery(hub, crash(hub, "two"), others)
    await_online(hub, others)
    assert "stays off" in hub.camera("two")["reason"]

    hub.configure(configuration(hub.fixed, hub.source, two=", silence-limit: 6s"))
    await_online(hub, CAMERAS)


@pytest.mark.parametrize(("thread", "named"), [
    ("Camel (sightline) thread #12 - camera-reader-gate", True),
    ("Camel (sightline) thread #9 - camera-pipeline-gate", True),
    ("Camel (sightline) thread #7 - camera-packets-1-gate", True),
    ("Camel (sightline) thread #3 - camera-sound", False),
    ("inference-3", False),
])
def test_the_launcher_knows_the_threads_of_cameras(tmp_path, thread, named):
    report = f'Current thread (0x00007f3a):  JavaThread "{thread}" daemon [_thread_in_native, id=4750]\n'
    (tmp_path / "hs_err_pid1.log").write_text(report)
    function = "sed -n '/^names_a_camera()/,/^}/p' " + str(Path(__file__).parents[2] / "sightline")
    answer = subprocess.run(["bash", "-c", f'eval "$({function})"; reports=$1; names_a_camera 1', "bash", str(tmp_path)], check=False)
    assert (answer.returncode == 0) == named


@pytest.mark.parametrize(("status", "seconds", "counted"), [
    (134, 5, 2), (139, 5, 2), (3, 5, 2), (137, 5, 2), (3, 90, 0), (1, 5, 0), (143, 5, 0)])
def test_the_launcher_counts_deaths_that_no_report_explains(tmp_path, status, seconds, counted):
    """Also where the heap is full (3), or the system has ended the process for want of memory (137)."""
    function = "sed -n '/^count_unexplained()/,/^}/p' " + str(Path(__file__).parents[2] / "sightline")
    call = f'eval "$({function})"; reports=$1; count_unexplained 1 {status} {seconds}'
    answer = subprocess.run(["bash", "-c", call, "bash", str(tmp_path)], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == str(counted)
