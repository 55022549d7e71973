"""What cameras send beside H.264, from an RTSP server that nobody here wrote: people are found in it."""

import subprocess

import pytest
from conftest import free_port, needs
from hub import SHARED, wait_for

pytestmark = [needs("ffmpeg")]
PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"

CONFIG = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  camera-networks: [127.0.0.0/8]
  detectors:
    people: {{ type: hog, smallest-person: 64px }}
  cameras:
    gate: {{ uri: "{uri}", detector: people, detect-fps: 2 }}
"""

#: GStreamer's server; each caller gets the film from its beginning, as JPEG pictures after RFC 2435
JPEG_SERVER = """
import sys, gi
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
server = GstRtspServer.RTSPServer(service=sys.argv[2], address="127.0.0.1")
factory = GstRtspServer.RTSPMediaFactory(shared=False)
factory.set_launch(f"( filesrc location={sys.argv[1]} ! qtdemux ! avdec_h264 ! videoconvert ! jpegenc ! rtpjpegpay name=pay0 pt=26 )")
server.get_mount_points().add_factory("/cam", factory)
server.attach(None)
print("READY", flush=True)
GLib.MainLoop().run()
"""


@pytest.fixture
def jpeg_camera():
    port = free_port()
    server = subprocess.Popen(["/usr/bin/python3", "-c", JPEG_SERVER, str(PETS), str(port)], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    assert server.stdout.readline().startswith("READY"), "the RTSP server did not start"
    yield f"rtsp://127.0.0.1:{port}/cam"
    server.terminate()
    server.wait(10)


def finds_people(hub, codec):
    wait_for("the gate is online", lambda: hub.camera("gate")["state"] == "ONLINE")
    wait_for("detections", lambda: hub.detections("gate"), 60)
    assert hub.camera("gate")["capabilities"]["codec"] == codec
    assert (hub.camera("gate")["capabilities"]["width"], hub.camera("gate")["capabilities"]["height"]) == (768, 576)


def test_h265_over_rtsp(make_hub, make_camera, tmp_path):
    film = tmp_path / "pets.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-t", "20", "-i", str(PETS), "-an", "-c:v", "libx265", "-preset", "ultrafast",
                    "-tag:v", "hvc1", "-x265-params", "keyint=10:log-level=none", str(film)], check=True)
    camera = make_camera(film)
    finds_people(make_hub(config=CONFIG.format(uri=camera.uri)).start(), "hevc")


def test_jpeg_over_rtsp(make_hub, jpeg_camera):
    finds_people(make_hub(config=CONFIG.format(uri=jpeg_camera)).start(), "mjpeg")
