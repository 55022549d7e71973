"""From the ready line to independent consumers: MQTT, AMQP 1.0, JMS and REST, each with events that validate."""

import json
import subprocess
import time
import urllib.error

import jsonschema
import pytest
from conftest import DEMO, needs
from hub import HOME, PASSWORD, Hub, wait_for
from proton import ConnectionException
from proton.utils import BlockingConnection


def schema_of(event):
    kind = event["type"].removeprefix("io.sightline.").split(".")[0]
    files = sorted((HOME / "routes/events").glob(f"{kind}.v1.schema.json"))
    assert files, f"no schema for {event['type']}"
    return json.loads(files[0].read_text())


def resolver(schema):
    store = {}
    for file in (HOME / "routes/events").glob("*.schema.json"):
        store[file.name] = json.loads(file.read_text())
    return jsonschema.RefResolver("", schema, store=store)


def check(raw):
    event = json.loads(raw)
    assert event["specversion"] == "1.0"
    schema = schema_of(event)
    jsonschema.Draft202012Validator(schema, resolver=resolver(schema)).validate(event)
    return event


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("first"), config=DEMO).start()
    hub.ready_at = time.monotonic()
    yield hub
    hub.stop()


def test_rest_lists_detections_within_ten_seconds(hub):
    found = wait_for("detections of the demo camera", lambda: hub.detections("demo"), 10)
    assert time.monotonic() - hub.ready_at < 12
    detection = found[0]
    assert detection["type"] == "person"
    assert 0 <= detection["confidence"] <= 1
    picture = wait_for("a snapshot", lambda: hub.request(f"/api/v1/detections/{detection['id']}/snapshot", raw=True))
    assert picture[:2] == b"\xff\xd8"


@needs("mosquitto_sub")
def test_an_mqtt_client_gets_detections(hub):
    seen = subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(hub.ports["mqtt"]), "-u", "admin", "-P", PASSWORD,
                           "-V", "mqttv5", "-t", "sightline/detections/#", "-C", "1", "-W", "20", "-F", "%t %p"],
                          capture_output=True, text=True, check=True).stdout
    topic, payload = seen.split(" ", 1)
    assert topic == "sightline/detections/demo"
    assert check(payload)["subject"] == "demo"


@needs("mosquitto_sub")
@pytest.mark.parametrize("login", [[], ["-u", "admin", "-P", "wrong"], ["-u", "nobody", "-P", PASSWORD]])
def test_mqtt_without_the_right_login_gets_nothing(hub, login):
    refused = subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(hub.ports["mqtt"]), *login, "-t", "#", "-C", "1",
                              "-W", "5"], capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert refused.stdout == ""


@pytest.mark.parametrize("address", ["topic://sightline.detections.#", "sightline.detections.demo", "sightline.detections.#"])
def test_an_amqp_client_gets_detections(hub, address):
    connection = BlockingConnection(f"amqp://127.0.0.1:{hub.ports['amqp']}", user="admin", password=PASSWORD, timeout=20,
                                    allowed_mechs="PLAIN")
    try:
        receiver = connection.create_receiver(address, credit=10)
        message = receiver.receive(timeout=20)
        receiver.accept()
        assert check(bytes(message.body))["type"].startswith("io.sightline.detection.")
        assert message.content_type == "application/cloudevents+json"
    finally:
        connection.close()


def test_amqp_with_a_wrong_login_is_refused(hub):
    with pytest.raises(ConnectionException):
        BlockingConnection(f"amqp://127.0.0.1:{hub.ports['amqp']}", user="admin", password="wrong", timeout=10,
                           allowed_mechs="PLAIN")


def test_a_jms_client_gets_detections(hub):
    seen = subprocess.run(jms_probe(hub, "read", "sightline.detections.#", "1"), capture_output=True, text=True, check=True,
                          timeout=60).stdout
    assert check(seen.splitlines()[0])["data"]["camera_id"] == "demo"


def test_an_anonymous_caller_gets_nothing_but_health(hub):
    assert hub.health()["status"] in ("healthy", "degraded")
    for path in ("/api/v1/cameras", "/api/v1/detections", "/api/v1/openapi.yaml", "/api/v1/events"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            hub.request(path, token=False)
        assert refused.value.code == 401


def jms_probe(hub, *arguments):
    app = HOME / "hub/target"
    return ["java", "-cp", f"{app}/test-classes:{app}/app/lib/*", "io.sightline.hub.peers.JmsProbe",
            f"tcp://127.0.0.1:{hub.ports['core']}", "admin", PASSWORD, *arguments]
