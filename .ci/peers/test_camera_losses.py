"""Cameras that go away in every way and come back: how long the hub is blind after a picture could be had again.

50 losses by default; as many as SIGHTLINE_LOSSES says otherwise.
"""

import collections
import math
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime

import pytest
from conftest import free_port, needs
from hub import SHARED, Hub, figure, wait_for

pytestmark = [needs("ffmpeg")]
LOSSES = int(os.environ.get("SIGHTLINE_LOSSES", "50"))
PERCENT = (1, 5, 20)  # of the packets that are lost
WAYS = 10  # in which cameras get lost: seven of their own, and the three above
RATE = 5
SILENCE_LIMIT = 2.0
Loss = collections.namedtuple("Loss", "kind noticed back")


def film(path, moving, still=0):
    """A key frame each second, as cameras are usually set."""
    scene = f"testsrc2=size=640x360:rate={RATE}:duration={moving}"
    hold = f",tpad=stop_mode=clone:stop_duration={still}" if still else ""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", scene + hold, "-pix_fmt", "yuv420p", "-c:v", "libx264",
                    "-preset", "ultrafast", "-g", str(RATE), "-x264-params", "scenecut=0", str(path)], check=True)
    return path


class Proxy:
    """A connection in front of a camera that can be stalled, refused and reset."""

    def __init__(self, port):
        self.port, self.control = free_port(), free_port()
        self.process = subprocess.Popen(
            [sys.executable, str(SHARED / "tools/fault_proxy.py"), "--listen", f"127.0.0.1:{self.port}", "--to",
             f"127.0.0.1:{port}", "--control", f"127.0.0.1:{self.control}"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().startswith("READY")

    def tell(self, *commands):
        with socket.create_connection(("127.0.0.1", self.control)) as control, control.makefile("rb") as answers:
            for command in commands:
                control.sendall(command.encode() + b"\n")
                answers.readline()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Network:
    """A camera in a network namespace of its own, whose packets can be lost."""

    def __init__(self, number, video):
        self.name = f"sightline{os.getpid() % 10_000}x{number}"
        link, there = f"sl{os.getpid() % 10_000}x{number}", f"10.213.{number}.2"
        self.uri = f"rtsp://{there}:8554/cam"
        self.link = link
        self.run("ip", "netns", "add", self.name)
        self.run("ip", "link", "add", link, "type", "veth", "peer", "name", "cam0", "netns", self.name)
        self.run("ip", "addr", "add", f"10.213.{number}.1/30", "dev", link)
        self.run("ip", "link", "set", link, "up")
        self.run("ip", "-n", self.name, "addr", "add", f"{there}/30", "dev", "cam0")
        self.run("ip", "-n", self.name, "link", "set", "cam0", "up")
        self.run("ip", "-n", self.name, "link", "set", "lo", "up")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.name, "/usr/bin/python3", str(SHARED / "tools/rtsp_camera.py"), "--file", str(video),
             "--address", there, "--transport", "udp"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline().startswith("READY")

    @staticmethod
    def run(*command, text=None):
        subprocess.run(command, check=True, input=text, text=True, capture_output=True)

    def lose(self, percent):
        drop = f"numgen random mod 100 < {percent} drop"
        self.run("ip", "netns", "exec", self.name, "nft", "-f", "-", text=(
            "table inet loss {\n chain sent { type filter hook output priority 0; " + drop + "; }\n"
            " chain received { type filter hook input priority 0; " + drop + "; }\n}\n"))

    def mend(self):
        self.run("ip", "netns", "exec", self.name, "nft", "delete", "table", "inet", "loss")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        subprocess.run(["ip", "netns", "del", self.name], check=False)


def may_have_networks():
    name = f"sightline{os.getpid()}try"
    try:
        Network.run("ip", "netns", "add", name)
        Network.run("ip", "netns", "exec", name, "nft", "list", "ruleset")
        return True
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


class Site:
    """The cameras of one hub, each with its own way to get lost."""

    def __init__(self, folder, make_camera):
        video = film(folder / "street.mp4", 60)
        self.ways, self.cameras, self.stops = {}, {}, []
        for kind in ("off", "hang", "freeze", "drop"):
            camera = make_camera(video)
            self.cameras[kind] = camera.uri
            self.ways[kind] = self.process_way(kind, camera)
        shared = make_camera(video, "--count", "3")
        for number, kind in enumerate(("reset", "refuse", "stall"), 1):
            proxy = Proxy(shared.port)
            self.stops.append(proxy.stop)
            self.cameras[kind] = f"rtsp://127.0.0.1:{proxy.port}/cam{number}"
            self.ways[kind] = self.proxy_way(kind, proxy)

    @staticmethod
    def process_way(kind, camera):
        if kind == "off":
            return camera.stop, camera.start
        if kind == "hang":
            return lambda: camera.send(signal.SIGSTOP), lambda: camera.send(signal.SIGCONT)
        if kind == "freeze":
            return lambda: camera.send(signal.SIGUSR2), lambda: camera.send(signal.SIGUSR2)
        return lambda: camera.send(signal.SIGUSR1), None

    @staticmethod
    def proxy_way(kind, proxy):
        if kind == "reset":
            return lambda: proxy.tell("reset"), None
        if kind == "refuse":
            return lambda: proxy.tell("refuse", "reset"), lambda: proxy.tell("ok")
        return lambda: proxy.tell("stall"), lambda: proxy.tell("ok")

    def stop(self):
        for stop in reversed(self.stops):
            stop()


class LossyNetworks:
    """Cameras in networks of their own, which lose packets."""

    def __init__(self, video):
        self.ways, self.cameras, self.stops = {}, {}, []
        try:
            for number, percent in enumerate(PERCENT, 1):
                network = Network(number, video)
                self.stops.append(network.stop)
                self.cameras[f"loss{percent}"] = network.uri
                self.ways[f"loss{percent}"] = (lambda n=network, p=percent: n.lose(p), network.mend)
        except BaseException:
            self.stop()
            raise

    def stop(self):
        for stop in reversed(self.stops):
            stop()


def config(cameras, extra=""):
    lines = ["sightline:", "  camera-networks: [127.0.0.0/8, 10.213.0.0/16]", "  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }",
             "  detectors: { any: { type: motion } }",
             f"  camera-defaults: {{ detector: any, detect-fps: {RATE}, frozen-limit: 4s }}", "  cameras:"]
    lines += [f'    {name}: {{ uri: "{uri}", transport: {"udp" if name.startswith("loss") else "tcp"} }}'
              for name, uri in cameras.items()]
    return "\n".join(lines) + "\n" + extra


def seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def history(hub, camera):
    """Oldest first: (time, state, code)."""
    told = hub.request(f"/api/v1/cameras/{camera}/history")["history"]
    return [(seconds(one["time"]), one["state"], one["code"]) for one in reversed(told)]


def first(hub, camera, after, states):
    return next((time_ for time_, state, _ in history(hub, camera) if time_ >= after and state in states), None)


def seen(hub, camera):
    return hub.camera(camera)["state"] in ("ONLINE", "DEGRADED")


def lose_once(hub, kind, way, dice):
    lose, give_back = way
    begun = time.time()
    lose()
    if kind.startswith("loss"):
        time.sleep(dice.uniform(2, 6))
        return Loss(kind, None, packets_come_back(hub, kind, give_back))
    noticed = None
    if give_back is not None:
        gone = wait_for(f"{kind} is noticed", lambda: first(hub, kind, begun, ["OFFLINE"]), 30, 0.3)
        if kind in ("hang", "freeze", "stall"):
            noticed = gone - seconds(hub.camera(kind)["last_seen"]) - SILENCE_LIMIT
        time.sleep(dice.uniform(0, 5))
        begun = time.time()
        give_back()
    back = wait_for(f"{kind} is back", lambda: first(hub, kind, begun, ["ONLINE", "DEGRADED"]), 60, 0.3)
    return Loss(kind, noticed, back - begun)


def packets_come_back(hub, kind, give_back):
    begun = time.time()
    give_back()
    read = hub.camera(kind)["figures"]["frames_read"]
    wait_for(f"{kind} is back", lambda: seen(hub, kind) and hub.camera(kind)["figures"]["frames_read"] > read, 60)
    return time.time() - begun


def lose_often(hub, kind, way, times, losses):
    dice = random.Random(kind)
    for _ in range(times):
        losses.append(lose_once(hub, kind, way, dice))
        time.sleep(dice.uniform(5, 7))  # a camera that is well for 5 s counts as well


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def told(name, values):
    return (f"{name:8} {len(values):4} losses  p50 {quantile(values, 0.5):6.2f} s  p99 {quantile(values, 0.99):6.2f} s"
            f"  max {max(values):6.2f} s")


def refuse_logins(hub, camera, results):
    """The password is changed at the camera, and later changed back."""
    right = camera.options
    camera.stop()
    camera.options = (*right[:-1], "another")
    camera.start()
    wait_for("the refusal", lambda: hub.camera("login")["code"] == "UNAUTHORIZED", 60)
    camera.stop()
    camera.options = right
    camera.start()
    begun = time.time()
    results.append(wait_for("the login", lambda: first(hub, "login", begun, ["ONLINE"]), 90, 0.5) - begun)


def in_parallel(jobs):
    """Runs all to their end; the first failure is the test's."""
    failures = []

    def run(job):
        try:
            job()
        except BaseException as failure:  # noqa: BLE001 - raised again below
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def ways_to_lose(hub, ways, losses):
    times = math.ceil(LOSSES / WAYS)
    return [lambda k=kind, w=way: lose_often(hub, k, w, times, losses) for kind, way in ways.items()]


def tell(ways, losses):
    print()
    for kind in ways:
        print(told(kind, [loss.back for loss in losses if loss.kind == kind]))
    print(told("all", [loss.back for loss in losses]))


def test_no_loss_leaves_the_hub_blind_for_long(make_camera, tmp_path, capsys):
    site = Site(tmp_path, make_camera)
    login = make_camera(film(tmp_path / "login.mp4", 30), "--user", "hub", "--password", "right")
    frozen = make_camera(film(tmp_path / "frozen.mp4", 20, still=40))
    hub = Hub(tmp_path / "hub", config=config(site.cameras | {"frozen": frozen.uri}, (
        f'    login: {{ uri: "{login.uri}", username: hub, password: right }}\n')))
    losses, logins = [], []
    try:
        hub.start(patience=180)
        for name in [*site.cameras, "frozen", "login"]:
            wait_for(f"{name} is seen", lambda name=name: seen(hub, name), 60)
        time.sleep(6)
        in_parallel([*ways_to_lose(hub, site.ways, losses), lambda: refuse_logins(hub, login, logins)])
        stills = wait_for("a frozen picture that moves again", lambda: freezes(history(hub, "frozen")), 120, 1)
    finally:
        hub.stop()
        site.stop()
    late = [loss.noticed for loss in losses if loss.noticed is not None]
    back = [loss.back for loss in losses]
    with capsys.disabled():
        tell(site.ways, losses)
        print(f"silence noticed beyond its threshold: p50 {quantile(late, 0.5):.2f} s, max {max(late):.2f} s")
        print(f"after a refused login: {logins[0]:.1f} s; frozen for {', '.join(f'{still:.1f} s' for still in stills)}")
    figure("back, p99", quantile(back, 0.99), 5)
    figure("silence noticed beyond its threshold, p99", quantile(late, 0.99), 0.5)
    figure("back after a refused login", logins[0], 65)
    figure("a picture that is still for 40 s, of which 4 s are borne, was called frozen for", max(stills), 36)


def test_lost_packets_leave_nobody_blind_for_long(tmp_path, capsys):
    if not may_have_networks():
        pytest.skip(f"packet losses of {', '.join(map(str, PERCENT))} % need network namespaces and nft, which are not allowed here")
    networks = LossyNetworks(film(tmp_path / "street.mp4", 60))
    hub = Hub(tmp_path / "hub", config=config(networks.cameras))
    losses = []
    try:
        hub.start(patience=180)
        for name in networks.cameras:
            wait_for(f"{name} is seen", lambda name=name: seen(hub, name), 60)
        time.sleep(6)
        in_parallel(ways_to_lose(hub, networks.ways, losses))
    finally:
        hub.stop()
        networks.stop()
    with capsys.disabled():
        tell(networks.ways, losses)
    figure("back after lost packets, p99", quantile([loss.back for loss in losses], 0.99), 5)


def freezes(changes):
    """How long the camera was called frozen, each time that it began to move again."""
    return [after[0] - at for (at, _, code), after in zip(changes, changes[1:]) if code == "FROZEN"]


def test_many_cameras_come_back_at_once(make_camera, tmp_path, capsys):
    count = 32
    camera = make_camera(film(tmp_path / "street.mp4", 60), "--count", str(count))
    proxy = Proxy(camera.port)
    cameras = {f"c{number}": f"rtsp://127.0.0.1:{proxy.port}/cam{number}" for number in range(1, count + 1)}
    hub = Hub(tmp_path / "hub", config=config(cameras))
    try:
        hub.start(patience=180)
        wait_for("all are seen", lambda: states(hub) == {"ONLINE"}, 90, 0.5)
        proxy.tell("refuse", "reset")
        wait_for("all are gone", lambda: states(hub) == {"OFFLINE"}, 60, 0.5)
        time.sleep(12)
        begun = time.time()
        proxy.tell("ok")
        wait_for("all are back", lambda: states(hub) == {"ONLINE"}, 90, 0.5)
        back = [first(hub, name, begun, ["ONLINE"]) - begun for name in cameras]
    finally:
        hub.stop()
        proxy.stop()
    with capsys.disabled():
        print("\n" + told("32 at once", back))
    figure("32 at once, the last one back", max(back), 15)


def states(hub):
    return {camera["state"] for camera in hub.request("/api/v1/cameras")["cameras"]}
