"""A real Chromium without a window, driven by the W3C WebDriver protocol; needs nothing but chromedriver."""

import json
import re
import shutil
import subprocess
import urllib.request


class Browser:
    def __init__(self, profile):
        self.driver = subprocess.Popen([shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            found = re.search(r"successfully on port (\d+)", line)
            if found:
                break
        self.base = f"http://127.0.0.1:{found.group(1)}/session"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
                     f"--user-data-dir={profile}"]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments},
                  "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.base + "/" + self._call("POST", self.base, {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        self._call("POST", self.session + "/timeouts", {"script": 60000})

    def _call(self, method, address, body=None):
        request = urllib.request.Request(address, method=method, headers={"Content-Type": "application/json"})
        if body is not None:
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise AssertionError(json.load(refused)["value"]["message"]) from refused

    def go(self, page):
        self._call("POST", self.session + "/url", {"url": page})

    def eval(self, script, *arguments):
        """Runs the body of a function and gives what it returns, or what the promise does that it returns."""
        return self._call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def errors(self):
        log = self._call("POST", self.session + "/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] == "SEVERE"]

    def close(self):
        try:
            self._call("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait(10)
