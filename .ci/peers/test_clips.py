"""Clips and live video of a real RTSP camera: what they show, measured by ffprobe, and played by a real Chromium."""

import base64
import datetime
import json
import os
import random
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from browser import Browser
from conftest import free_port, needs
from hub import PASSWORD, Hub, RtspCamera, wait_for

WIDTH, HEIGHT = 640, 360
FPS = 10
GROUP = 15  # pictures from key frame to key frame
BEFORE = 5
# Sixteen squares at the top edge count the pictures, white for a one; something crosses the picture in every round.
CELL = 16
ROUND = 300  # pictures of the looped video

CONFIG = """
sightline:
  camera-networks: [127.0.0.0/8]
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  detectors:
    movers: {{ type: motion }}
  cameras:
    demo: {{ uri: "demo:crossing", detector: movers, detect-fps: 1 }}
    yard: {{ uri: "file:{yard}", detector: movers, detect-fps: 5, clips: {{ enabled: true, before: 2s, after: 1s, longest: 8s }} }}
    gate:
      uri: "{uri}"
      detector: movers
      detect-fps: 10
      silence-limit: 5s
      masks: {{ counter: {{ polygon: [[0,0],[1,0],[1,0.12],[0,0.12]] }} }}
      motion: {{ masks: {{ counter: {{ polygon: [[0,0],[1,0],[1,0.12],[0,0.12]] }} }} }}
      clips: {{ enabled: true, before: {before}s, after: 3s }}
      {more}
    split:
      uri: "{uri}"
      streams: {{ detect: "{small}" }}
      detector: movers
      silence-limit: 5s
      masks: {{ counter: {{ polygon: [[0,0],[1,0],[1,0.12],[0,0.12]] }} }}
      motion: {{ masks: {{ counter: {{ polygon: [[0,0],[1,0],[1,0.12],[0,0.12]] }} }} }}
      clips: {{ enabled: true, before: {before}s, after: 3s }}
"""

pytestmark = [needs("ffmpeg"), needs("ffprobe")]


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A video that tells in each picture which one it is, so that a clip can be judged without believing anybody."""
    file = tmp_path_factory.mktemp("video") / "counted.mp4"
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-",
         "-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", str(GROUP), "-sc_threshold", "0", "-pix_fmt", "yuv420p",
         str(file)], stdin=subprocess.PIPE)
    empty = bytes(random.Random(1).choices(range(100, 106), k=WIDTH * HEIGHT))
    for number in range(ROUND):
        picture = bytearray(empty)
        squares = b"".join(bytes([235 if number >> bit & 1 else 16]) * CELL for bit in range(16))
        for row in range(CELL):
            picture[row * WIDTH:row * WIDTH + len(squares)] = squares
        if 150 <= number < 230:  # somebody crosses
            left = (number - 150) * 7
            for row in range(150, 270):
                picture[row * WIDTH + left:row * WIDTH + left + 60] = bytes([220]) * 60
        encoder.stdin.write(picture)
    encoder.stdin.close()
    assert encoder.wait() == 0
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(file), "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                    f"keyint={GROUP}:log-level=none", str(file.with_name("h265.mp4"))], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(file), "-vf", "scale=320:180", "-c:v", "libx264", "-preset",
                    "veryfast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p", str(file.with_name("small.mp4"))], check=True)
    return file


def number_in(grey):
    """Which picture it is, from its upper left corner as rows of grey values."""
    return sum(1 << bit for bit in range(16) if grey[CELL // 2][bit * CELL + CELL // 2] > 128)


def numbers(file):
    """The numbers of all pictures of a video, as ffmpeg decodes it."""
    width = 16 * CELL
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-vf", f"crop={width}:{CELL}:0:0,format=gray", "-f",
                          "rawvideo", "-"], stdout=subprocess.PIPE, check=True).stdout
    size = width * CELL
    pictures = [raw[at:at + size] for at in range(0, len(raw), size)]
    return [number_in([one[row * width:(row + 1) * width] for row in range(CELL)]) for one in pictures]


def probe(file):
    answer = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_name,width,nb_frames",
                             "-show_entries", "packet=flags,pts_time", "-of", "json", str(file)],
                            stdout=subprocess.PIPE, check=True).stdout
    return json.loads(answer)


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def config(camera, more=""):
    return CONFIG.format(uri=camera.uri, small=camera.small.uri, yard=camera.video.with_name("h265.mp4"), before=BEFORE, more=more)


@pytest.fixture(scope="module")
def camera(counted):
    """One with two streams: at two ports, because the server has no more than one video."""
    made = RtspCamera(counted, free_port()).start()
    made.small = RtspCamera(counted.with_name("small.mp4"), free_port()).start()
    yield made
    made.stop()
    made.small.stop()


@pytest.fixture(scope="module")
def site(camera, tmp_path_factory):
    """One hub for all tests: each leaves it as it was."""
    hub = Hub(tmp_path_factory.mktemp("site"), config=config(camera))
    try:
        hub.start(patience=240)
        wait_for("the gate is online", lambda: hub.camera("gate")["state"] == "ONLINE", 60)
        yield hub
    finally:
        hub.stop()


def ended(hub, after=None, camera="gate"):
    """Detections that have ended, began a while after the camera did, and have a clip."""
    found = [one for one in hub.detections(camera) if one.get("ended_at") and one.get("clip")]
    return [one for one in found if after is None or moment(one["started_at"]) > after]


def clip_of(hub, detection):
    return hub.request(f"/api/v1/detections/{detection['id']}/clip", raw=True)


def whole_clip(hub, detection):
    def ask():
        try:
            return clip_of(hub, detection)
        except urllib.error.HTTPError as waiting:
            assert waiting.code == 404 and waiting.headers["Retry-After"], waiting
            return None
    return wait_for("the clip is written", ask, 30)


@pytest.mark.parametrize("name", ["gate", "split"])
def test_clips_begin_at_most_one_group_before_the_time_asked_for(site, tmp_path, name):
    """Of the stream that is looked at, and of another one whose time lies to it as it may."""
    wait_for(f"{name} is online", lambda: site.camera(name)["state"] == "ONLINE", 60)
    settled = moment(site.camera(name)["since"]) + datetime.timedelta(seconds=BEFORE + 6)

    def judged():
        """Those whose snapshot is of the same stream; a busy hub may have taken it from the one that is looked at."""
        return [one for one in ended(site, settled, name) if name == "gate" or one["snapshot"].get("width") == WIDTH]
    wait_for("two detections", lambda: len(judged()) >= 2, 180)
    errors = []
    for detection in judged()[:3]:
        file = tmp_path / f"{detection['id']}.mp4"
        file.write_bytes(whole_clip(site, detection))
        picture = tmp_path / "snapshot.jpg"
        picture.write_bytes(site.request(f"/api/v1/detections/{detection['id']}/snapshot", raw=True))
        told = probe(file)
        assert told["streams"][0]["codec_name"] == "h264" and told["streams"][0]["width"] == WIDTH
        assert told["packets"][0]["flags"].startswith("K")
        shown = numbers(file)
        gaps = {(b - a) % ROUND for a, b in zip(shown, shown[1:])}
        assert gaps == {1}, f"pictures are missing: {gaps}"
        # by the pictures' own numbers: the snapshot's is when it was taken, from there back to the time asked for
        since_start = (moment(detection["captured_at"]) - moment(detection["started_at"])).total_seconds()
        asked = numbers(picture)[0] - since_start * FPS - BEFORE * FPS
        error = (asked - shown[0]) % ROUND
        errors.append(error if error < ROUND / 2 else error - ROUND)
        assert abs(len(shown) / FPS - detection["clip"]["seconds"]) < 1.5 or detection["clip"].get("seconds") is None
        assert float(told["format"]["duration"]) == pytest.approx(len(shown) / FPS, abs=0.3)
    print(f"{name}: clips begin before the time asked for by {[round(one / FPS, 2) for one in errors]} s,"
          f" a group of pictures is {GROUP / FPS} s")
    assert all(-2 <= error <= GROUP + 1 for error in errors), errors  # half a picture is rounded on either side


def test_links_ranges_and_refusals(site, tmp_path):
    wait_for("a detection with a clip", lambda: ended(site), 90)
    detection = ended(site)[0]
    whole = whole_clip(site, detection)
    path = f"/api/v1/detections/{detection['id']}/clip"
    assert site.request(path, headers={"Range": "bytes=10-19"}, raw=True) == whole[10:20]
    assert site.request(detection["clip"]["href"], raw=True) == whole
    assert site.request(detection["clip"]["signed_href"], token=False, raw=True) == whole
    link = site.request(path + "/link", {"expires_in": 60})
    assert site.request(link["href"], token=False, raw=True) == whole
    for wrong in (link["href"] + "x", link["href"].replace("expires=1", "expires=2"), detection["clip"]["href"]):
        with pytest.raises(urllib.error.HTTPError) as refused:
            site.request(wrong, token=False)
        assert refused.value.code in (401, 404), wrong


def test_a_link_that_has_expired_is_refused(site):
    detection = wait_for("a detection with a clip", lambda: ended(site), 90)[0]
    whole = whole_clip(site, detection)
    link = site.request(f"/api/v1/detections/{detection['id']}/clip/link", {"expires_in": 60})
    assert site.request(link["href"], token=False, raw=True) == whole

    def refused():
        try:
            site.request(link["href"], token=False, raw=True)
            return None
        except urllib.error.HTTPError as answer:
            return answer.code
    assert wait_for("the link expires", refused, 75, pause=1) == 404
    late = datetime.datetime.now(datetime.timezone.utc) - moment(link["expires_at"])
    assert -1 < late.total_seconds() < 5, late
    assert site.request(detection["clip"]["signed_href"], token=False, raw=True) == whole  # a day, unless configured


def test_h265_is_written_and_not_shown_live(site, tmp_path):
    detection = wait_for("a detection with a clip", lambda: ended(site, camera="yard"), 90)[0]
    file = tmp_path / "yard.mp4"
    file.write_bytes(whole_clip(site, detection))
    assert probe(file)["streams"][0]["codec_name"] == "hevc"
    assert b"hvc1" in file.read_bytes()[:4096]
    shown = numbers(file)
    assert 2 * FPS < len(shown) <= 9.5 * FPS
    whole = shown[3:-5]  # its first and last groups refer to pictures outside of the clip
    assert {(b - a) % ROUND for a, b in zip(whole, whole[1:])} == {1}
    told = site.camera("yard")["video"]
    assert told["codec"] == "hevc" and told["clips"] and not told["live"] and "H.264" in told["reason"]


@pytest.fixture
def browser(tmp_path):
    opened = Browser(tmp_path / "profile")
    yield opened
    opened.close()


def log_in(browser, hub):
    """As the console does: the session lies in cookies."""
    browser.go(f"http://127.0.0.1:{hub.ports['http']}/login")
    status = browser.eval(
        "return fetch('/api/v1/auth/login', {method: 'POST', headers: {'Content-Type': 'application/json', 'X-XSRF-TOKEN': ''},"
        " body: JSON.stringify({username: 'admin', password: arguments[0]})}).then(a => a.status)", PASSWORD)
    assert status == 200


LIVE = """
return new Promise((resolve) => {
  const told = {texts: [], messages: 0};
  const video = document.body.appendChild(document.createElement('video'));
  video.muted = true;
  window.video = video;
  const socket = new WebSocket(`ws://${location.host}/api/v1/ws/cameras/gate/live`);
  socket.binaryType = 'arraybuffer';
  socket.onclose = (close) => resolve({...told, closed: close.code, reason: close.reason});
  const source = new MediaSource();
  const waiting = [];
  let buffer;
  const append = () => buffer && !buffer.updating && waiting.length && buffer.appendBuffer(waiting.shift());
  socket.onmessage = ({data}) => {
    if (typeof data !== 'string') { told.messages++; waiting.push(data); return append(); }
    told.texts.push(data);
    buffer = source.addSourceBuffer(`video/mp4; codecs="${JSON.parse(data).codec}"`);
    buffer.addEventListener('updateend', append);
  };
  video.src = URL.createObjectURL(source);
  video.play().catch(() => {});
  const began = Date.now();
  const timer = setInterval(() => {
    const {buffered} = video;
    const end = buffered.length ? buffered.end(buffered.length - 1) : 0;
    if ((video.currentTime > 5 && end > 6) || video.error || Date.now() - began > 40000) {
      clearInterval(timer);
      const result = {...told, at: video.currentTime, error: video.error && video.error.message, width: video.videoWidth,
        decoded: video.getVideoPlaybackQuality().totalVideoFrames, ranges: buffered.length, end,
        took: (Date.now() - began) / 1000};
      socket.onclose = null;
      socket.close();
      resolve(result);
    }
  }, 100);
});
"""


@needs("chromedriver")
def test_chromium_plays_the_live_video(site, browser):
    log_in(browser, site)
    shown = browser.eval(LIVE)
    print(shown)
    assert shown.get("error") is None and shown["at"] > 5, shown
    assert json.loads(shown["texts"][0]) == {"codec": json.loads(shown["texts"][0])["codec"], "width": 640, "height": 360}
    assert shown["width"] == 640
    assert shown["decoded"] >= shown["at"] * FPS * 0.8
    assert shown["ranges"] == 1, "no gap"
    assert site.camera("gate")["video"]["live"] is True


@needs("chromedriver")
def test_chromium_plays_a_clip_and_seeks_in_it(site, browser):
    detection = wait_for("a detection with a clip", lambda: ended(site), 90)[0]
    whole_clip(site, detection)
    log_in(browser, site)
    shown = browser.eval("""
return new Promise((resolve) => {
  const video = document.body.appendChild(document.createElement('video'));
  video.muted = true;
  video.src = `/api/v1/detections/${arguments[0]}/clip`;
  video.play().catch(() => {});
  const began = Date.now();
  let sought = false;
  const timer = setInterval(() => {
    if (video.currentTime > 1 && !sought) { sought = true; video.currentTime = video.duration - 2; }
    if (video.ended || video.error || Date.now() - began > 40000) {
      clearInterval(timer);
      resolve({ended: video.ended, at: video.currentTime, duration: video.duration, error: video.error && video.error.message});
    }
  }, 100);
});
""", detection["id"])
    print(shown)
    assert shown["ended"] and shown["error"] is None, shown
    assert shown["at"] == pytest.approx(shown["duration"], abs=0.5)


@needs("chromedriver")
def test_a_camera_without_video_of_its_own_is_refused_with_the_reason(site, browser):
    log_in(browser, site)
    closed = browser.eval(LIVE.replace("cameras/gate", "cameras/demo"))
    assert closed["closed"] == 4003 and "no video of its own" in closed["reason"], closed
    gone = browser.eval(LIVE.replace("cameras/gate", "cameras/none"))
    assert gone["closed"] == 4004, gone


@needs("chromedriver")
def test_privacy_refuses_clips_and_live_video(site, camera, browser):
    detection = wait_for("a detection with a clip", lambda: ended(site), 90)[0]
    assert whole_clip(site, detection)
    log_in(browser, site)
    try:
        site.configure(config(camera, "privacy: { regions: { door: { polygon: [[0.2,0.2],[0.4,0.2],[0.4,0.9]] } } }"))
        wait_for("no video any more", lambda: "privacy" in (site.camera("gate")["video"]["reason"] or ""), 20)
        told = site.camera("gate")["video"]
        assert not told["live"] and not told["clips"]
        refuses(site, detection)
        closed = browser.eval(LIVE)
        assert closed["closed"] == 4003 and "privacy" in closed["reason"], closed
    finally:
        site.configure(config(camera))
    wait_for("video again", lambda: site.camera("gate")["video"]["live"], 20)
    refuses(site, detection)  # what privacy has hidden once stays hidden
    seen = {one["id"] for one in ended(site)}
    assert whole_clip(site, wait_for("a new one with a clip", lambda: [one for one in ended(site) if one["id"] not in seen], 90)[0])


def refuses(hub, detection):
    for path, token in ((f"/api/v1/detections/{detection['id']}/clip", True), (detection["clip"]["signed_href"], False)):
        with pytest.raises(urllib.error.HTTPError) as refused:
            hub.request(path, token=token)
        assert refused.value.code == 403


def test_a_killed_hub_leaves_no_half_clip(site):
    halves = wait_for("a clip is being written", lambda: list((site.data / "clips/gate").glob("*.part")), 60, pause=0.05)
    site.kill()
    site.await_ready(180)
    wait_for("the gate is online", lambda: site.camera("gate")["state"] == "ONLINE", 60)
    assert not any(half.exists() for half in halves)
    for file in (site.data / "clips/gate").glob("*.mp4"):
        assert probe(file)["streams"][0]["codec_name"] == "h264"


def put_clip(hub, number, age_hours, size):
    """A clip as an earlier run has left it."""
    folder = hub.data / "clips/old"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"00000000-0000-7000-8000-{number:012x}.mp4"
    file.write_bytes(bytes(size))
    told = time.time() - age_hours * 3600
    os.utime(file, (told, told))
    return file


def test_clips_go_by_age_size_and_free_space(counted, tmp_path):
    keep = ('  retention: {{ free-space: {free}%, clips: {{ age: 1d, size: 4MiB }} }}\n  cameras:\n    yard: {{ uri: "file:'
            + str(counted) + '", detector: movers, detect-fps: 5, clips: {{ enabled: true }} }}\n')
    head = CONFIG[:CONFIG.index("  cameras:")].format()
    hub = Hub(tmp_path, config=head + keep.format(free=0))
    too_old = [put_clip(hub, 1, 25, 1000), put_clip(hub, 2, 48, 1000)]
    young = [put_clip(hub, 10 + hour, 20 - hour, 1 << 20) for hour in range(8)]
    half = too_old[0].with_suffix(".part")
    half.write_bytes(b"what a crash has left")
    try:
        hub.start(patience=240)
        assert not half.exists()
        wait_for("what is too old or too much is gone", lambda: not any(file.exists() for file in too_old + young[:4]), 100)
        assert young[-1].exists() and young[-2].exists(), "the newest stay"
        wait_for("a clip of now", lambda: ended(hub, camera="yard"), 90)
        if shutil.disk_usage(tmp_path).free > 0.89 * shutil.disk_usage(tmp_path).total:
            pytest.skip("this disk is too empty to be short of space")
        hub.configure(head + keep.format(free=90))
        state = wait_for("short of disk", lambda: [one for one in hub.request("/api/v1/integrations")["integrations"]
                                                    if one["id"] == "clips" and one.get("code") == "DISK_SHORT"], 120)
        assert "none can be written" in state[0]["reason"], state
        assert not list((hub.data / "clips/old").glob("*.mp4")), "clips make way"
        assert hub.detections("yard"), "events never do"
    finally:
        hub.stop()


def metric(hub, name):
    address = f"http://127.0.0.1:{hub.ports['management']}/actuator/prometheus"
    login = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Authorization": "Basic " + login})) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_the_ring_takes_little_more_than_what_it_keeps(site, counted):
    wait_for("a clip", lambda: metric(site, "sightline_clips_written"), 90)
    bytes_per_second = counted.stat().st_size / (ROUND / FPS)
    kept = bytes_per_second * (BEFORE + 3 + 2 * GROUP / FPS) * 1.5  # the stream's rate is not even
    taken = metric(site, "sightline_clips_memory_bytes")
    print(f"the ring takes {taken / 2**20:.2f} MiB of {bytes_per_second * 8 / 1e6:.2f} Mbit/s")
    assert 0 < taken < 3 * (kept + 6 * 65536), "three cameras keep packets"
    lost = metric(site, "sightline_clips_packets_lost")
    print(f"{lost:.0f} packets were gone before they were written")
    assert lost == 0, "the ring keeps what is still to be written"
    assert metric(site, "sightline_clips_lost") == 0
