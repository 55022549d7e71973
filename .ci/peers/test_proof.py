"""No acknowledged event is lost: kills, order and faults in a short form, by the same command that anybody can run."""

import json
import os
import re
import subprocess

from hub import HOME

LONG = os.environ.get("SIGHTLINE_PROOF") == "long"


def proved(tmp_path, name, *options):
    result = tmp_path / "proof.json"
    run = subprocess.run([str(HOME / "sightline"), "bench", name, *options, "--json", str(result)], capture_output=True,
                         text=True)
    print(run.stdout)
    figures = json.loads(result.read_text() or "[]")
    assert figures, run.stderr[-4000:]
    return {figure["name"]: figure for figure in figures}


def nothing_lost(figure):
    """Nothing is lost or strange, and every sink is in order; of the MQTT subscriber see docs/guarantees.md, what was found."""
    assert figure["ours"] == 0, figure
    for line in figure["note"].splitlines():
        assert re.search(r"lost 0, .*duplicates without 0, gaps 0, inversions " + (r"\d+" if line.strip().startswith("mqtt") else "0$"), line), figure


def test_spine_and_sinks_survive_kills(tmp_path):
    figure, = proved(tmp_path, "kill", "--cycles", "0", "--spine-cycles", "500" if LONG else "25").values()
    nothing_lost(figure)


def test_the_whole_hub_survives_kills(tmp_path):
    figure, = proved(tmp_path, "kill", "--cycles", "500" if LONG else "5", "--spine-cycles", "0").values()
    nothing_lost(figure)


def test_order_by_key_holds_through_faults(tmp_path):
    figure, = proved(tmp_path, "order", "--events", "1000000" if LONG else "10000").values()
    assert figure["verdict"] == "passed", figure


def test_no_fault_of_a_receiver_loses_an_event(tmp_path):
    figures = proved(tmp_path, "faults", "--fault-seconds", "20" if LONG else "3")
    lost = next(figure for name, figure in figures.items() if name.startswith("every sink"))
    assert lost["verdict"] == "passed", lost  # times are for a machine that does nothing else
