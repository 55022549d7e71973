"""Cameras with more than one stream: the smaller one is looked at, snapshots are from the larger one."""

import socketserver
import struct
import subprocess
import threading
import time

import pytest
from conftest import needs
from hub import SHARED, wait_for

PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"

CONFIG = """
sightline:
  camera-networks: [127.0.0.0/8]
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  detectors:
    people: {{ type: hog, smallest-person: 64px }}
  cameras:
    gate:
      uri: "{main}"
      streams: {{ detect: "{sub}" }}
      detector: people
      detect-fps: 2
      silence-limit: 10s
"""

# A stream is back within seconds; the rest is for a machine that has more to do.
BACK = 30

pytestmark = needs("ffmpeg")


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """The same video, large with pictures that no other needs, and half as large."""
    folder = tmp_path_factory.mktemp("clips")
    made = {}
    for name, size, more in (("main", "1536:1152", ["-bf", "0"]), ("sub", "768:576", ["-bf", "0"]),
                             ("spare", "384:288", ["-bf", "2", "-b_strategy", "0", "-x264-params", "b-pyramid=none:keyint=56"])):
        made[name] = folder / f"{name}.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-i", PETS, "-vf", f"scale={size}", "-c:v", "libx264", "-preset",
                        "veryfast", "-g", "14", *more, "-pix_fmt", "yuv420p", "-t", "40", made[name]], check=True)
    return made


def size_of(jpeg):
    """Width and height, from the frame header."""
    at = 2
    while not 0xC0 <= jpeg[at + 1] <= 0xC3:
        at += 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
    height, width = struct.unpack(">HH", jpeg[at + 5:at + 9])
    return width, height


def newest(hub):
    found = hub.detections("gate", page_size=1)
    return found[0] if found else None


def picture(hub, detection):
    return size_of(hub.request(f"/api/v1/detections/{detection['id']}/snapshot", raw=True))


def test_snapshots_are_from_the_main_stream_and_boxes_from_the_one_that_is_looked_at(make_hub, make_camera, clips):
    main, sub = make_camera(clips["main"]), make_camera(clips["sub"])
    hub = make_hub(config=CONFIG.format(main=main.uri, sub=sub.uri)).start(patience=240)
    seen = wait_for("a detection with a picture of the main stream",
                    lambda: next((one for one in hub.detections("gate") if one["snapshot"].get("width")), None), 120)
    assert (seen["snapshot"]["width"], seen["snapshot"]["height"]) == (1536, 1152)
    assert picture(hub, seen) == (1536, 1152)
    assert seen["bounding_box"]["x"] + seen["bounding_box"]["width"] < 800
    assert hub.camera("gate")["state"] == "ONLINE"

    main.stop()
    gone = wait_for("the main stream is missed", lambda: degraded(hub), 30)
    assert gone["code"] == "SECOND_STREAM", gone
    before = {one["id"] for one in hub.detections("gate")}
    later = wait_for("detections go on", lambda: next(
        (one for one in hub.detections("gate") if one["id"] not in before and one.get("snapshot")), None), 120)
    assert picture(hub, later) in ((768, 576), (1536, 1152))

    main.start()
    wait_for("the main stream is back", lambda: is_online(hub), BACK)

    main.stop()
    sub.stop()
    wait_for("both streams are missed", lambda: hub.camera("gate")["state"] == "OFFLINE", 30)
    sub.start()
    main.start()
    wait_for("both streams are back", lambda: is_online(hub), BACK)
    before = {one["id"] for one in hub.detections("gate")}
    later = wait_for("detections go on", lambda: next(
        (one for one in hub.detections("gate") if one["id"] not in before and one["snapshot"].get("width")), None), 120)
    assert picture(hub, later) == (1536, 1152)


def is_online(hub):
    return hub.camera("gate")["state"] == "ONLINE"


class Refusing:
    """A camera that has another password now; keeps when somebody tried the old one."""

    def __init__(self, port, tries):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                number, tried = "0", False
                for line in self.rfile:
                    words = line.decode("latin-1").strip()
                    number = words[5:].strip() if words.startswith("CSeq:") else number
                    tried = tried or words.startswith("Authorization:")
                    if not words:
                        if tried:
                            tries.append(time.monotonic())
                        tried = False
                        self.wfile.write((f"RTSP/1.0 401 Unauthorized\r\nCSeq: {number}\r\nWWW-Authenticate: Digest "
                                          'realm="cam", nonce="0123456789abcdef"\r\n\r\n').encode())

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def test_a_login_that_is_refused_is_tried_once_a_minute_by_all_streams_together(make_hub, make_camera, clips):
    login = ("--user", "hub", "--password", "s3cret-one")
    main, sub = make_camera(clips["main"], *login), make_camera(clips["sub"], *login)
    config = CONFIG.format(main=main.uri, sub=sub.uri) + '      username: hub\n      password: "s3cret-one"\n'
    hub = make_hub(config=config).start(patience=240)
    wait_for("both streams", lambda: is_online(hub), 120)

    main.stop()
    sub.stop()
    tries = []
    refusing = [Refusing(camera.port, tries) for camera in (main, sub)]
    wait_for("the login is refused", lambda: hub.camera("gate")["code"] == "UNAUTHORIZED", 60)
    wait_for("a second try", lambda: len(tries) > 1, 75)
    for one in refusing:
        one.stop()
    assert all(later - earlier > 59 for earlier, later in zip(tries, tries[1:])), tries

    sub.start()
    main.start()
    wait_for("both streams are back", lambda: is_online(hub), 60 + BACK)


def degraded(hub):
    gate = hub.camera("gate")
    return gate if gate["state"] == "DEGRADED" else None


DECODE = """
sightline:
  camera-networks: [127.0.0.0/8]
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  detectors:
    people: {{ type: hog, smallest-person: 64px }}
  cameras:
    all: {{ uri: "{uri}", detector: people, detect-fps: 1, decode: {{ frames: all }} }}
    reference: {{ uri: "{uri}", detector: people, detect-fps: 1, decode: {{ frames: reference }} }}
    key: {{ uri: "{uri}", detector: people, detect-fps: 1, silence-limit: 4s, decode: {{ frames: key }} }}
    device: {{ uri: "{uri}", detector: people, detect-fps: 1, decode: {{ hardware: d3d11va }} }}
"""


def test_fewer_pictures_are_decoded_where_that_is_asked_for(make_hub, make_camera, clips):
    camera = make_camera(clips["spare"])
    hub = make_hub(config=DECODE.format(uri=camera.uri)).start(patience=240)
    names = ("all", "reference", "key", "device")
    wait_for("all cameras", lambda: all(hub.camera(name)["status"] == "active" for name in names), 120)

    def read():
        return {name: hub.camera(name)["figures"]["frames_read"] for name in names}

    start = read()
    grown = wait_for("some seconds", lambda: enough(start, read()), 120, 1)
    assert 0.2 < grown["reference"] / grown["all"] < 0.5, grown
    assert grown["key"] / grown["all"] < 0.15, grown
    assert hub.camera("key")["state"] == "ONLINE", "other packets come between two key pictures"
    device = hub.camera("device")
    assert (device["state"], device["code"]) == ("DEGRADED", "NO_HARDWARE"), device
    assert "d3d11va" in device["reason"]


def enough(start, now):
    grown = {name: now[name] - start[name] for name in start}
    return grown if grown["all"] > 100 else None
