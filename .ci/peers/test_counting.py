"""Counts of the drawn street: what the stored events say, also after kill -9 in full run."""

import hashlib
from collections import Counter

from hub import wait_for

STREET = """
sightline:
  ports: {{ http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }}
  detectors:
    people: {{ type: hog, smallest-person: 128px }}
  cameras:
    demo:
      uri: "demo:crossing"
      detector: people
      detect-fps: 5
      enabled: {enabled}
      zones: {{ crossing: {{ polygon: [[0.1, 0.5], [0.9, 0.5], [0.9, 1.0], [0.1, 1.0]] }} }}
      lines: {{ kerb: {{ from: [0.1, 0.6], to: [0.9, 0.6] }} }}
"""
SHORT = {"detection.started": "camera in", "detection.ended": "camera out", "zone.entered": "zone in", "zone.left": "zone out"}


def test_counts_are_what_the_events_say(make_hub):
    hub = make_hub(config=STREET.format(enabled="true")).start()
    wait_for("somebody is there", lambda: present(hub), 60)
    hub.kill()
    hub.configure(STREET.format(enabled="false"))
    hub.await_ready()

    wait_for("nobody is there", lambda: counts(hub) and not present(hub), 30)
    told = recount(hub)
    for count in counts(hub):
        kind = count["kind"]
        assert count["in"] == told[kind + " in"], (count, told)
        if kind != "line":
            assert count["in"] == count["out"], count
    history = hub.request("/api/v1/counts/history?kind=camera")["history"]
    assert sum(hour["in"] for hour in history) == told["camera in"]
    # whoever was last seen when they were first seen stayed no time at all
    assert all(hour["peak"] >= 1 and 0 <= hour["average"] <= hour["peak"] for hour in history if hour["in"]), history


def test_evidence_is_served_by_its_hash(make_hub):
    hub = make_hub(config=STREET.format(enabled="true")).start()
    detection = wait_for("a detection", lambda: hub.detections("demo"), 60)[0]
    crop = hub.request(f"/api/v1/snapshots/{detection['crop']['sha256']}.jpg", raw=True)
    assert crop[:2] == b"\xff\xd8"
    assert hashlib.sha256(crop).hexdigest() == detection["crop"]["sha256"]
    settings = (hub.config / "sightline.yaml").read_bytes()
    assert detection["configuration"]["revision"] == hashlib.sha256(settings).hexdigest()


def counts(hub):
    return hub.request("/api/v1/counts")["counts"]


def present(hub):
    return sum(count["current"] for count in counts(hub) if count["kind"] != "line")


def recount(hub):
    told, after = Counter(), ""
    while True:
        page = hub.request("/api/v1/events?limit=500" + after)
        for event in page["events"]:
            name = event["type"].removeprefix("io.sightline.")
            told[SHORT.get(name, name)] += 1
            told["line in"] += name == "line.crossed" and event["data"]["direction"] == "a-to-b"
        if len(page["events"]) < 500:
            return told
        after = "&after=" + page["next_after"]
