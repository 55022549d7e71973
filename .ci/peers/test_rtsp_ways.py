"""The ways to an RTSP camera besides plain TCP: UDP, an HTTP tunnel, TLS with and without trust."""

import hashlib
import socket
import ssl
import subprocess
import threading

import pytest
from conftest import free_port, needs
from hub import SHARED, wait_for

PETS = SHARED / "data/PETS09-S2L1/PETS09-S2L1.mp4"

CONFIG = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  camera-networks: [127.0.0.0/8]
  detectors:
    any: {{ type: motion }}
  camera-defaults: {{ detector: any, detect-fps: 4, silence-limit: 4s, username: hub, password: "p@ss:word" }}
  cameras:
{cameras}
"""


def config(cameras):
    return CONFIG.format(cameras="\n".join(f"    {name}: {{ {keys} }}" for name, keys in cameras.items()))


class TlsDoor:
    """A TLS server before a plain one: what a camera's maker builds in."""

    def __init__(self, folder, behind):
        self.port, self.behind = free_port(), behind
        self.certificate = folder / "camera.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=camera",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "camera.key"), "-out",
                        str(self.certificate)], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "camera.key")
        self.context = context
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def pin(self):
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate.read_text())).hexdigest()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            outside = self.context.wrap_socket(client, server_side=True)
        except OSError:
            client.close()
            return
        inside = socket.create_connection(("127.0.0.1", self.behind))
        threading.Thread(target=pump, args=(inside, outside), daemon=True).start()
        pump(outside, inside)

    def close(self):
        self.listener.close()


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except (OSError, ValueError):
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


LOGIN = ("--user", "hub", "--password", "p@ss:word")


@pytest.fixture
def tls_camera(make_camera, tmp_path):
    camera = make_camera(PETS, *LOGIN)
    door = TlsDoor(tmp_path, camera.port)
    yield door
    door.close()


def states(hub, cameras):
    return {name: (hub.camera(name)["state"], hub.camera(name)["code"]) for name in cameras}


def all_are(hub, cameras, state):
    return wait_for(f"all are {state}", lambda: all(now == state for now, _ in states(hub, cameras).values()), 90, 0.5)


def frames_flow(hub, cameras):
    for name in cameras:
        before = hub.camera(name)["figures"]["frames_handled"]
        wait_for(f"frames of {name}", lambda: hub.camera(name)["figures"]["frames_handled"] > before + 4, 60)


def test_udp_and_tunnels_with_logins(make_hub, make_camera):
    digest, basic = make_camera(PETS, *LOGIN), make_camera(PETS, *LOGIN, "--auth", "basic")
    cameras = {f"{way}-{kind}": f'uri: "{camera.uri}", transport: {way}'
               for way in ("udp", "http") for kind, camera in (("digest", digest), ("basic", basic))}
    wrong = {"refused": f'uri: "{digest.uri}", transport: http, password: wrong-one'}
    hub = make_hub(config=config(cameras | wrong)).start()
    all_are(hub, cameras, "ONLINE")
    frames_flow(hub, cameras)
    assert states(hub, wrong) == {"refused": ("OFFLINE", "UNAUTHORIZED")}
    digest.stop()
    basic.stop()
    all_are(hub, cameras, "OFFLINE")
    digest.start()
    basic.start()
    all_are(hub, cameras, "ONLINE")
    log = hub.log.read_text()
    assert "p@ss" not in log and "wrong-one" not in log


@needs("openssl")
def test_a_certificate_is_trusted_by_pin_issuer_or_choice(make_hub, tls_camera):
    uri = f'uri: "rtsps://127.0.0.1:{tls_camera.port}/cam"'
    trusted = {
        "pinned": f"{uri}, tls-pin: '{tls_camera.pin}'",
        "issued": f"{uri}, tls-ca-file: '{tls_camera.certificate}'",
        "tunnel": f"{uri}, transport: http, tls-pin: '{tls_camera.pin}'",
    }
    other = {
        "unknown": uri,
        "mistaken": f"{uri}, tls-pin: '{'ab' * 32}'",
        "unverified": f"{uri}, tls-verify: false",
    }
    hub = make_hub(config=config(trusted | other)).start()
    all_are(hub, trusted, "ONLINE")
    frames_flow(hub, trusted)
    wait_for("the warning", lambda: hub.camera("unverified")["state"] == "DEGRADED", 60)
    assert states(hub, other) == {
        "unknown": ("OFFLINE", "UNTRUSTED"), "mistaken": ("OFFLINE", "UNTRUSTED"), "unverified": ("DEGRADED", "UNVERIFIED")}
    assert tls_camera.pin in hub.camera("unknown")["reason"]
    assert hub.camera("unverified")["status"] == "active"
    assert hub.health()["status"] == "degraded"
    assert "p@ss" not in hub.log.read_text()
