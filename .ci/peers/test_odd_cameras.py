"""Streams as no camera should send them: each ends in a state with a reason, or is survived, while the others run."""

import itertools
import time
from datetime import datetime
from pathlib import Path

import pytest
from conftest import needs
from hub import Hub, wait_for
from odd_camera import TICKS, OddCamera, encoded, headers, looped

pytestmark = [needs("ffmpeg")]
RATE = 5


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    return {
        "plain": encoded(folder, rate=RATE, gop=RATE),
        "large": encoded(folder, size="1280x720", rate=RATE, gop=RATE),
        "small": encoded(folder, size="320x240", rate=RATE, gop=RATE),
        "hevc": encoded(folder, codec="hevc", rate=RATE, gop=RATE),
        "bframes": encoded(folder, bframes=2, rate=RATE, gop=RATE),
        "rare": encoded(folder, rate=RATE, gop=1000, seconds=60),
    }


def jumping(film):
    """The clock wraps, is set back and is set hours ahead, once every three seconds."""
    jumps = itertools.cycle([1 << 31, -5 * TICKS, 3 * 3600 * TICKS, 4 * TICKS])
    offset = 0
    for number, (at, stamp, units) in enumerate(looped(film, RATE)):
        if number and number % (3 * RATE) == 0:
            offset += next(jumps)
        yield at, stamp + offset, units


def changing(films):
    """Three sizes, three seconds each."""
    for number in itertools.count():
        film = films[("plain", "large", "small")[number // (3 * RATE) % 3]]
        yield number / RATE, number * TICKS // RATE, film[number % (3 * RATE)][1]


def damaged(film):
    """One frame in five is lost, and one in three has wrong bytes; key frames are spared."""
    for number, (at, stamp, units) in enumerate(looped(film, RATE)):
        key = any(unit[0] & 31 == 5 for unit in units)
        if not key and number % 5 == 0:
            continue
        if not key and number % 3 == 0:
            units = [unit[:20] + b"\x55" * (len(unit) - 20) if len(unit) > 40 else unit for unit in units]
        yield at, stamp, units


def stuffed(film):
    """Empty units, and a remark of one megabyte each second."""
    for number, (at, stamp, units) in enumerate(looped(film, RATE)):
        remark = [b"\x06" + b"\x05\x10" + b"\x41" * (1 << 20)] if number % RATE == 0 else []
        yield at, stamp, [b"", *remark, *units]


def noisy(film):
    """Packets of a channel that nobody set up stand between the frames."""
    for at, stamp, units in looped(film, RATE):
        yield at, b"$\xff" + (40).to_bytes(2, "big") + b"\0" * 40
        yield at, stamp, units


def overlong(film):
    """A packet says that it is longer than it is: everything after it is read at the wrong place."""
    for number, (at, stamp, units) in enumerate(looped(film, RATE)):
        if number % (4 * RATE) == 2 * RATE:
            yield at, b"$\0" + (60_000).to_bytes(2, "big") + b"\x80\x60" + b"\0" * 100
        yield at, stamp, units


def turning(films):
    """The camera is set to another coding while it runs; who asks anew is told so."""
    def play(connection):
        if connection > 1:
            yield from looped(films["hevc"], RATE)
        yield from itertools.islice(looped(films["plain"], RATE), 4 * RATE)
        for at, stamp, units in looped(films["hevc"], RATE):
            yield at + 4, stamp + 4 * TICKS, units
    return play


def header(blocks):
    """Sequence parameters of H.264 (7.3.2.1), baseline, so many blocks of 16 pixels wide and high."""
    def count(value):
        bits = f"{value + 1:b}"
        return "0" * (len(bits) - 1) + bits

    bits = f"{66:08b}{0:08b}{51:08b}" + "".join(map(count, (0, 0, 2, 1))) + "0" + count(blocks - 1) * 2 + "11001"
    bits += "0" * (-len(bits) % 8)
    return b"\x67" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def enormous(film):
    """65536 pixels wide and high, says the header."""
    for at, stamp, units in looped(film, RATE):
        yield at, stamp, [header(4096), *(unit for unit in units if unit[0] & 31 != 7)]


def endless():
    """A key frame begins, and never ends."""
    for number in itertools.count():
        head = b"\x80\x60" + (number & 0xFFFF).to_bytes(2, "big") + bytes(4) + (4711).to_bytes(4, "big")
        body = head + b"\x7c" + (b"\x85" if number == 0 else b"\x05") + b"\x55" * 60_000
        yield 0, b"$\0" + len(body).to_bytes(2, "big") + body


@pytest.fixture(scope="module")
def cameras(films):
    plain = films["plain"]
    sets = headers(plain, "h264")

    made = {
        "bframes": OddCamera(lambda _: looped(films["bframes"], RATE)),
        "jumping": OddCamera(lambda _: jumping(plain)),
        "changing": OddCamera(lambda _: changing(films)),
        "damaged": OddCamera(lambda _: damaged(plain), units=sets),
        "stuffed": OddCamera(lambda _: stuffed(plain)),
        "noisy": OddCamera(lambda _: noisy(plain), first_number=65_500),
        "twice": OddCamera(lambda _: looped(plain, RATE), copies=2),
        "overlong": OddCamera(lambda _: overlong(plain)),
        "turning": OddCamera(turning(films), codec=lambda connection: "h264" if connection == 1 else "hevc"),
        "promised": OddCamera(lambda _: looped(films["hevc"], RATE), codec="h264"),
        "keyless": OddCamera(lambda _: looped(films["rare"][1:], RATE), units=headers(films["rare"], "h264")),
        "keyless_keys": OddCamera(lambda _: looped(films["rare"][1:], RATE), units=headers(films["rare"], "h264")),
        "enormous": OddCamera(lambda _: enormous(plain)),
        "endless": OddCamera(lambda _: endless(), units=sets),
        "lengthy": OddCamera(lambda _: looped(plain, RATE), units=sets, remarks=240),
        "hevc": OddCamera(lambda _: looped(films["hevc"], RATE), codec="hevc"),
        "sound": OddCamera(lambda _: looped(plain, RATE), sound=True),
        "mute": OddCamera(lambda _: looped(plain, RATE)),
    }
    yield made
    for camera in made.values():
        camera.close()


@pytest.fixture(scope="module")
def hub(cameras, tmp_path_factory):
    lines = ["sightline:", "  camera-networks: [127.0.0.0/8]", "  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }",
             "  detectors: { any: { type: motion } }", "  camera-defaults: { detector: any, detect-fps: 5, frozen-limit: 0s }", "  cameras:",
             '    demo: { uri: "demo:crossing" }']
    required = {"sound": "require: { audio: true }", "mute": "require: { audio: true }",
                "hevc": "require: { min-width: 1280, codec: [h264] }", "keyless_keys": "decode: { frames: key }"}
    lines += [f'    {name}: {{ uri: "{camera.uri}", {required.get(name, "priority: normal")} }}'
              for name, camera in cameras.items()]
    made = Hub(tmp_path_factory.mktemp("odd"), config="\n".join(lines) + "\n")
    try:
        yield made.start(patience=180)
    finally:
        made.stop()


def history(hub, camera):
    return hub.request(f"/api/v1/cameras/{camera}/history")["history"]


def runs_on(hub, camera, seconds=10):
    """Pictures come all the time, taken now, on one connection."""
    wait_for(f"{camera} is seen", lambda: hub.camera(camera)["state"] in ("ONLINE", "DEGRADED"), 40)
    before = hub.camera(camera)
    end = time.monotonic() + seconds
    read, seen = before["figures"]["frames_read"], before["last_seen"]
    while time.monotonic() < end:
        time.sleep(2.5)
        now = hub.camera(camera)
        assert now["figures"]["frames_read"] > read, now
        assert now["last_seen"] > seen, now
        assert abs(time.time() - datetime.fromisoformat(now["last_seen"].replace("Z", "+00:00")).timestamp()) < 4, now
        read, seen = now["figures"]["frames_read"], now["last_seen"]
    assert now["figures"]["reconnects"] == before["figures"]["reconnects"], history(hub, camera)
    return now


@pytest.mark.parametrize("camera", ["bframes", "jumping", "changing", "stuffed", "noisy", "demo"])
def test_a_stream_that_is_survived(hub, camera):
    assert runs_on(hub, camera)["state"] == "ONLINE", history(hub, camera)


def test_sizes_are_followed(hub):
    runs_on(hub, "changing", 1)
    seen = set()

    def all_seen():
        seen.add(hub.camera("changing")["capabilities"]["width"])
        return seen == {320, 640, 1280}

    wait_for("all sizes", all_seen, 30)


def test_damaged_pictures_do_not_end_the_connection(hub):
    runs_on(hub, "damaged")


def test_many_broken_pictures_are_told_and_do_not_end_the_connection(hub):
    runs_on(hub, "twice")
    wait_for("the damage is told", lambda: hub.camera("twice")["code"] == "BROKEN_PICTURES", 30)


def test_a_wrong_length_costs_one_connection_at_most(hub):
    wait_for("frames", lambda: hub.camera("overlong")["figures"]["frames_read"] > 3 * RATE, 40)
    before = hub.camera("overlong")["figures"]["frames_read"]
    wait_for("more frames", lambda: hub.camera("overlong")["figures"]["frames_read"] > before + 3 * RATE, 40)
    assert {one["code"] for one in history(hub, "overlong") if one["state"] == "OFFLINE"} <= {
        "CONNECTING", "LOST", "SILENT", "UNREADABLE", "NO_KEY_FRAME"}


def test_another_coding_in_mid_stream_is_asked_for_anew(hub):
    wait_for("the new coding", lambda: hub.camera("turning")["capabilities"]["codec"] == "hevc", 60)
    assert runs_on(hub, "turning", 5)["state"] == "ONLINE"


@pytest.mark.parametrize("camera, codes", [
    ("promised", {"UNREADABLE", "NO_KEY_FRAME"}), ("keyless", {"NO_KEY_FRAME"}),
    ("keyless_keys", {"NO_KEY_FRAME"}), ("enormous", {"UNREADABLE", "NO_KEY_FRAME"}), ("endless", {"UNREADABLE"}),
    ("lengthy", {"UNREADABLE"})])
def test_a_stream_without_pictures_is_offline_with_its_reason(hub, camera, codes):
    gone = wait_for("the reason", lambda: [one for one in history(hub, camera) if one["code"] in codes], 60)
    assert gone[0]["state"] == "OFFLINE"
    assert gone[0]["reason"].startswith(f"camera {camera}: ")
    assert hub.camera("demo")["state"] == "ONLINE"


def test_capabilities_are_told_and_compared(hub):
    runs_on(hub, "mute", 1)
    offered = wait_for("the sound", lambda: (lambda told: told if told["audio"] else None)(
        hub.camera("sound")["capabilities"]), 30)
    assert (offered["codec"], offered["width"], offered["height"], offered["audio"]) == ("h264", 640, 360, "pcm_mulaw")
    assert offered["profile"] and abs(offered["measured_fps"] - RATE) < 2
    mute = wait_for("sound is missed", lambda: hub.camera("mute")["code"] and hub.camera("mute"), 30)
    assert (mute["state"], mute["code"]) == ("DEGRADED", "REQUIREMENT")
    assert "audio: required" in mute["reason"]
    hevc = wait_for("size and coding are missed", lambda: hub.camera("hevc")["code"] == "REQUIREMENT" and hub.camera("hevc"), 30)
    assert "a width of at least 1280 is required, got 640x360" in hevc["reason"]
    assert "h264 is required, got hevc" in hevc["reason"]


MOST_MEBIBYTES = 64


@pytest.mark.parametrize("camera", ["enormous", "stuffed", "changing", "overlong", "promised", "noisy", "endless", "lengthy"])
def test_a_hostile_stream_takes_little_memory(hub, cameras, camera):
    """The most that the process takes while the camera is connected anew and for ten seconds, beside what it has without it."""
    keys = hub.request(f"/api/v1/cameras/{camera}/configuration")
    hub.request(f"/api/v1/cameras/{camera}", method="DELETE", raw=True)
    wait_for("it is gone", lambda: camera not in {one["id"] for one in hub.request("/api/v1/cameras")["cameras"]})
    described = cameras[camera].described
    without = peak_mebibytes(hub, lambda: time.sleep(10))
    with_it = peak_mebibytes(hub, lambda: (hub.request("/api/v1/cameras", {"id": camera, **keys}), time.sleep(10)))
    assert cameras[camera].described > described
    print(f"{camera}: {without:.1f} MiB without, {with_it:.1f} MiB with it")
    assert with_it - without <= MOST_MEBIBYTES


def peak_mebibytes(hub, happens):
    Path(f"/proc/{hub.pid}/clear_refs").write_text("5")  # sets VmHWM to what is resident now
    happens()
    for line in Path(f"/proc/{hub.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmHWM")
