"""Starts hubs the way a person does, by the launcher, and talks to them over their own interfaces."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SIGHTLINE_SHARED", HOME.parent / "shared"))
PASSWORD = "correct-horse-battery"


def wait_for(what, condition, seconds=30.0, pause=0.1):
    """Asks until the condition gives something true, and returns that."""
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        try:
            last = condition()
            if last:
                return last
        except (OSError, urllib.error.URLError, ValueError, KeyError) as trouble:
            last = trouble
        time.sleep(pause)
    raise AssertionError(f"{what}: not within {seconds} s, last seen: {last!r}")


class Hub:
    """One hub in a process of its own, with free ports."""

    def __init__(self, folder, config=None, routes=None, environment=None):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.config = self.folder / "config"
        self.config.mkdir(parents=True, exist_ok=True)
        self.routes = routes
        self.log = self.folder / "hub.log"
        self.environment = {**os.environ, "SIGHTLINE_ADMIN_PASSWORD": PASSWORD, **(environment or {})}
        if config is not None:
            self.configure(config)
        self.process = None
        self.token = None

    def configure(self, text):
        (self.config / "sightline.yaml").write_text(text)

    def start(self, once=False, patience=60):
        command = [str(HOME / "sightline"), "run", "--config", str(self.config), "--data", str(self.data)]
        if self.routes:
            command += ["--routes", str(self.routes)]
        if once:
            command.append("--once")
        (self.data / "ports.json").unlink(missing_ok=True)
        self.output = open(self.log, "ab")
        self.process = subprocess.Popen(command, stdout=self.output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                        env=self.environment, start_new_session=True)
        self.await_ready(patience)
        return self

    def await_ready(self, patience=60):
        def ready():
            assert self.process.poll() is None, f"the launcher ended: {self.log.read_text()[-4000:]}"
            self.ports = json.loads((self.data / "ports.json").read_text())
            return self.health()["status"]

        wait_for("the hub is ready", ready, patience)
        self.token = None

    def stop(self):
        if self.process is None:
            return None
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.output.close()
        return self.process.returncode

    @property
    def pid(self):
        """The JVM's process."""
        return json.loads((self.data / "ports.json").read_text())["pid"]

    def kill(self):
        """kill -9 for the JVM; the launcher brings it back."""
        pid = self.pid
        (self.data / "ports.json").unlink()
        os.kill(pid, signal.SIGKILL)

    def request(self, path, body=None, method=None, token=True, headers=None, raw=False):
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports['http']}{path}", method=method)
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", "Bearer " + self.login())
        with urllib.request.urlopen(request, timeout=10) as answer:
            content = answer.read()
            return content if raw else json.loads(content)

    def health(self):
        try:
            return self.request("/api/v1/health", token=False)
        except urllib.error.HTTPError as refused:
            return json.loads(refused.read())

    def login(self):
        if self.token is None:
            answer = self.request("/api/v1/auth/login", {"username": "admin", "password": PASSWORD}, token=False)
            self.token = answer["access_token"]
        return self.token

    def camera(self, camera):
        return self.request(f"/api/v1/cameras/{camera}")

    def detections(self, camera, **filters):
        query = "&".join(f"{name}={value}" for name, value in {"camera_id": camera, **filters}.items())
        return self.request(f"/api/v1/detections?{query}")["detections"]

    def resident_mebibytes(self):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise AssertionError("no VmRSS")


class RtspCamera:
    """A real RTSP server that plays a video; signals make it fail as cameras do."""

    def __init__(self, video, port, *options):
        self.video, self.port, self.options = video, port, options
        self.process = None

    @property
    def uri(self):
        return f"rtsp://127.0.0.1:{self.port}/cam"

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(SHARED / "tools" / "rtsp_camera.py"), "--file", str(self.video), "--port",
             str(self.port), *self.options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline().startswith("READY"), "the RTSP server did not start"
        return self

    def send(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def figure(what, seconds, limit):
    """Prints a time, and holds it against its limit where SIGHTLINE_FIGURES=1 says that the machine has nothing else to do."""
    print(f"{what}: {seconds:.2f} s, limit {limit} s")
    assert os.environ.get("SIGHTLINE_FIGURES") != "1" or seconds <= limit, f"{what}: {seconds:.2f} s, allowed are {limit} s"
