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
    people: {{ type: motion }}
  cameras:
    gate: {{ uri: "{uri}", {more} detector: people, detect-fps: 4, silence-limit: 4s }}
"""


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


@pytest.fixture
def tls_camera(make_camera, tmp_path):
    camera = make_camera(PETS, "--user", "hub", "--password", "p@ss:word")
    door = TlsDoor(tmp_path, camera.port)
    yield door
    door.close()


def gate(hub, state):
    camera = hub.camera("gate")
    return camera if camera["state"] == state and camera["code"] != "CONNECTING" else None


def frames_flow(hub):
    before = hub.camera("gate")["figures"]["frames_handled"]
    wait_for("frames", lambda: hub.camera("gate")["figures"]["frames_handled"] > before + 8, 30)


LOGIN = 'username: hub, password: "p@ss:word",'


@pytest.mark.parametrize("transport", ["udp", "http"])
@pytest.mark.parametrize("scheme", ["digest", "basic"])
def test_other_transports(make_hub, make_camera, transport, scheme):
    camera = make_camera(PETS, "--user", "hub", "--password", "p@ss:word", "--auth", scheme)
    hub = make_hub(config=CONFIG.format(uri=camera.uri, more=f"transport: {transport}, {LOGIN}")).start()
    wait_for("the gate is online", lambda: gate(hub, "ONLINE"))
    frames_flow(hub)
    camera.stop()
    wait_for("the gate is offline", lambda: gate(hub, "OFFLINE"), 30)
    camera.start()
    wait_for("the gate is back", lambda: gate(hub, "ONLINE"), 60)
    assert "p@ss" not in hub.log.read_text()


def test_a_refused_login_in_a_tunnel(make_hub, make_camera):
    camera = make_camera(PETS, "--user", "hub", "--password", "right")
    hub = make_hub(config=CONFIG.format(uri=camera.uri, more="transport: http, username: hub, password: wrong-one,")).start()
    assert wait_for("the refusal", lambda: gate(hub, "OFFLINE"), 30)["code"] == "UNAUTHORIZED"
    assert "wrong-one" not in hub.log.read_text()


@needs("openssl")
def test_a_certificate_is_trusted_by_pin_issuer_or_choice(make_hub, tls_camera):
    uri = f"rtsps://127.0.0.1:{tls_camera.port}/cam"
    hub = make_hub(config=CONFIG.format(uri=uri, more=LOGIN)).start()
    refused = wait_for("the refusal", lambda: gate(hub, "OFFLINE"), 30)
    assert refused["code"] == "UNTRUSTED", refused
    assert tls_camera.pin in refused["reason"]

    for more in (f"tls-pin: '{tls_camera.pin}',", f"tls-ca-file: '{tls_camera.certificate}',"):
        hub.configure(CONFIG.format(uri=uri, more=more + LOGIN))
        wait_for(f"the gate is online with {more}", lambda: gate(hub, "ONLINE"), 30)
        frames_flow(hub)

    hub.configure(CONFIG.format(uri=uri, more=f"tls-pin: '{'ab' * 32}'," + LOGIN))
    refused = wait_for("the refusal", lambda: gate(hub, "OFFLINE"), 30)
    assert refused["code"] == "UNTRUSTED", refused

    hub.configure(CONFIG.format(uri=uri, more="tls-verify: false," + LOGIN))
    warned = wait_for("the warning", lambda: gate(hub, "DEGRADED"), 30)
    assert warned["code"] == "UNVERIFIED", warned
    assert warned["status"] == "active"
    assert hub.health()["status"] == "degraded"


@needs("openssl")
def test_a_tunnel_within_tls(make_hub, tls_camera):
    uri = f"rtsps://127.0.0.1:{tls_camera.port}/cam"
    hub = make_hub(config=CONFIG.format(uri=uri, more=f"transport: http, tls-pin: '{tls_camera.pin}', {LOGIN}")).start()
    wait_for("the gate is online", lambda: gate(hub, "ONLINE"))
    frames_flow(hub)
