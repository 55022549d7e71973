"""kill -9 in full run: the launcher brings the hub back, and nobody misses an event."""

import json
import os
import random
import subprocess
import time
from collections import defaultdict

from conftest import needs
from hub import PASSWORD, wait_for
from test_first_run import jms_probe

CYCLES = int(os.environ.get("SIGHTLINE_KILLS", "10"))

BUSY = """
sightline:
  ports: {{ http: {http}, management: {management}, core: {core}, amqp: 0, mqtt: {mqtt} }}
  detectors:
    people: {{ type: hog, smallest-person: 128px }}
  cameras:
    one: {{ uri: "demo:crossing?seed=1", detector: people, detect-fps: 5, update-interval: 1s }}
    two: {{ uri: "demo:crossing?seed=2", detector: people, detect-fps: 5, update-interval: 1s }}
"""


def sequences(lines):
    """Numbers by source and start, from CloudEvents, each id once."""
    numbers, ids = defaultdict(list), set()
    for line in lines:
        event = json.loads(line)
        if event["id"] in ids:
            continue
        ids.add(event["id"])
        start, number = event["sequence"].split("-")
        numbers[event["source"], int(start)].append(int(number))
    return numbers


def assert_no_gap(lines, who):
    numbers = sequences(lines)
    assert numbers, f"{who} got nothing"
    for (source, start), seen in sorted(numbers.items()):
        expected = list(range(seen[0], seen[0] + len(seen)))
        assert seen == expected, f"{who}: {source} in start {start}: {seen}"
    return numbers


@needs("mosquitto_sub")
def test_nobody_misses_an_event(make_hub, tmp_path):
    from conftest import free_port

    ports = {name: free_port() for name in ("http", "management", "core", "mqtt")}
    hub = make_hub(config=BUSY.format(**ports)).start()
    mqtt_file, jms_file = tmp_path / "mqtt.jsonl", tmp_path / "jms.jsonl"
    mqtt = subprocess.Popen(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(ports["mqtt"]), "-u", "admin", "-P", PASSWORD,
                             "-i", "ledger", "-c", "-q", "1", "-t", "sightline/detections/#", "-N", "-F", "%p\n"],
                            stdout=open(mqtt_file, "wb"), stderr=subprocess.DEVNULL)
    jms = subprocess.Popen(jms_probe(hub, "durable", "sightline.detections.#", "ledger"), stdout=open(jms_file, "wb"),
                           stderr=subprocess.DEVNULL)
    dice = random.Random(20261121)
    try:
        wait_for("first events at both", lambda: mqtt_file.stat().st_size and jms_file.stat().st_size, 30)
        for _ in range(CYCLES):
            time.sleep(dice.uniform(1, 6))
            hub.kill()
            hub.await_ready()
        wait_for("detections after the last start", lambda: hub.detections("one"), 20)
        hub.configure(BUSY.format(**ports).replace('detector: people, detect-fps', 'enabled: false, detector: people, detect-fps'))
        wait_for("the cameras are off", lambda: hub.camera("two")["state"] == "DISABLED", 10)
        stored = wait_for("all is stored", lambda: settled(hub), 30)
        wait_for("MQTT has it all", lambda: ids(mqtt_file) >= {event["id"] for event in stored if detection(event)
                                                                 and later(event, mqtt_file)}, 30)
        wait_for("JMS has it all", lambda: ids(jms_file) >= {event["id"] for event in stored if detection(event)
                                                               and later(event, jms_file)}, 30)
    finally:
        mqtt.terminate()
        jms.terminate()
        mqtt.wait()
        jms.wait()
    store = assert_no_gap([json.dumps(event) for event in stored if detection(event)], "the store")
    assert all(numbers[0] == 1 for numbers in store.values()), store
    assert_no_gap(lines(mqtt_file), "MQTT")
    assert_no_gap(lines(jms_file), "JMS")
    assert_all_closed(stored)


def detection(event):
    return event["type"].startswith("io.sightline.detection.")


def lines(file):
    """Events; what a client says of its connection stands between them."""
    return [line for line in file.read_text().splitlines() if line.startswith("{")]


def ids(file):
    return {json.loads(line)["id"] for line in lines(file)[:-1] + [line for line in lines(file)[-1:] if line.endswith("}")]}


def later(event, file):
    """Whether the event came after the first one that the consumer saw of the same source: its subscription was new then."""
    first = next((json.loads(line) for line in lines(file) if json.loads(line)["source"] == event["source"]), None)
    return first is not None and event["sequence"] >= first["sequence"]


def settled(hub):
    """All stored events, once two looks show the same."""
    first = stored_events(hub)
    time.sleep(1)
    second = stored_events(hub)
    return second if len(first) == len(second) else None


def stored_events(hub):
    events, after = [], ""
    while True:
        page = hub.request(f"/api/v1/events?limit=500{'&after=' + after if after else ''}")["events"]
        events += page
        if len(page) < 500:
            return events
        after = page[-1]["id"]


def assert_all_closed(events):
    state = {}
    for event in events:
        if detection(event):
            state[event["data"]["id"]] = event
    still_open = [event for event in state.values() if event["type"] != "io.sightline.detection.ended"]
    assert not still_open, still_open[:3]
    assert any(event["data"]["reason"] == "hub-restarted" for event in state.values()), "no kill met an open detection"
