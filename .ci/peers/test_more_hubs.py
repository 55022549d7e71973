"""Two hubs on one machine; a store in PostgreSQL, also one that goes away and comes back."""

import os
import subprocess

import pytest
from conftest import free_port
from hub import SHARED, wait_for

POSTGRES = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  store: {{ url: "jdbc:postgresql://127.0.0.1:{port}/hub", username: hub, password: "${{STORE_PASSWORD}}" }}
  detectors:
    people: {{ type: hog, smallest-person: 128px }}
  cameras:
    demo: {{ uri: "demo:crossing", detector: people, detect-fps: 3 }}
"""


def test_two_hubs_side_by_side(make_hub, demo_config):
    one, two = make_hub("one", config=demo_config).start(), make_hub("two", config=demo_config).start()
    assert not set(one.ports.values()) & set(two.ports.values())
    for hub in (one, two):
        wait_for("detections", lambda hub=hub: hub.detections("demo"), 20)


@pytest.fixture
def postgres(tmp_path_factory):
    base = tmp_path_factory.mktemp("peers")
    for folder in (base, *base.parents):
        if folder.stat().st_uid == os.getuid() and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)  # the server runs as a user of its own
    environment = {**os.environ, "BASE": str(base), "PG": str(free_port())}
    peer = str(SHARED / "tools/peer.sh")

    class Server:
        port = environment["PG"]

        def start(self):
            subprocess.run([peer, "start", "postgres"], check=True, env=environment)

        def stop(self):
            subprocess.run([peer, "stop", "postgres"], check=True, env=environment)

    server = Server()
    server.start()
    yield server
    server.stop()


def test_a_store_in_postgresql(make_hub, postgres):
    hub = make_hub(config=POSTGRES.format(port=postgres.port), environment={"STORE_PASSWORD": "hubpass"}).start()
    wait_for("detections in PostgreSQL", lambda: hub.detections("demo"), 20)
    postgres.stop()
    wait_for("the store is told to be away", lambda: hub.health()["status"] == "unhealthy", 30)
    postgres.start()
    wait_for("the store is back", lambda: hub.health()["status"] == "healthy", 60)
    before = {found["id"] for found in hub.detections("demo")}
    wait_for("new detections", lambda: {found["id"] for found in hub.detections("demo")} - before, 60)


def test_a_hub_starts_without_its_postgresql(make_hub, postgres):
    postgres.stop()
    hub = make_hub(config=POSTGRES.format(port=postgres.port), environment={"STORE_PASSWORD": "hubpass"}).start()
    assert hub.health()["status"] == "unhealthy"
    postgres.start()
    wait_for("what waited is stored", lambda: hub.health()["status"] == "healthy" and hub.detections("demo"), 60)
