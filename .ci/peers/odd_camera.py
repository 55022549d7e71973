"""An RTSP camera that sends exactly what a test wants, right or wrong, over the connection that it was asked on."""

import base64
import itertools
import socket
import struct
import subprocess
import threading
import time

TICKS = 90_000
MOST_PAYLOAD = 1400


def encoded(folder, codec="h264", size="640x360", rate=10, seconds=12, gop=10, bframes=0):
    """Frames of a moving test picture in the order of decoding: (time in seconds, [NAL units])."""
    name = f"{codec}-{size}-{rate}-{gop}-{bframes}"
    film, raw = folder / f"{name}.mkv", folder / f"{name}.{codec}"
    coder = {"h264": ["libx264", "-x264-params", "scenecut=0:repeat-headers=1"],
             "hevc": ["libx265", "-x265-params", "scenecut=0:repeat-headers=1:log-level=none"]}[codec]
    call = ["ffmpeg", "-v", "error", "-y"]
    subprocess.run([*call, "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}", "-pix_fmt", "yuv420p",
                    "-c:v", *coder, "-preset", "ultrafast", "-g", str(gop), "-bf", str(bframes), str(film)], check=True)
    subprocess.run([*call, "-i", str(film), "-c", "copy", "-bsf:v", f"{codec}_metadata=aud=insert", str(raw)], check=True)
    told = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", str(film)],
                          check=True, capture_output=True, text=True).stdout.split()
    return list(zip([float(one.strip(",")) for one in told], frames(raw.read_bytes(), codec), strict=True))


def frames(stream, codec):
    """Annex B split at its access unit delimiters."""
    groups = []
    for unit in filter(None, (one.rstrip(b"\0") for one in stream.split(b"\0\0\1"))):
        if kind(unit, codec) == {"h264": 9, "hevc": 35}[codec]:
            groups.append([])
        else:
            groups[-1].append(unit)
    return groups


def kind(unit, codec):
    return unit[0] & 31 if codec == "h264" else unit[0] >> 1 & 63


def headers(film, codec):
    """Parameter sets of the first frame."""
    wanted = {"h264": (7, 8), "hevc": (32, 33, 34)}[codec]
    return [unit for unit in film[0][1] if kind(unit, codec) in wanted]


def looped(film, rate, start=0):
    """Endless frames: (seconds since the beginning, stamp in ticks, NAL units)."""
    length = len(film) / rate
    for number in itertools.count(start):
        round_, at = divmod(number, len(film))
        seconds, units = film[at]
        yield (number - start) / rate, int((seconds + round_ * length) * TICKS), units


class OddCamera:
    """Serves one stream on a port of its own until it is closed.

    play: gets the number of the connection, from 1, and gives what is sent: (seconds since PLAY, stamp, NAL units) or
    (seconds since PLAY, bytes that are written as they are).
    codec: what the description promises, or a function of the connection's number.
    remarks: mebibytes of the description that say nothing.
    """

    def __init__(self, play, codec="h264", units=(), sound=False, copies=1, first_number=0, remarks=0):
        self.play, self.codec, self.units, self.sound = play, codec, units, sound
        self.copies, self.first_number, self.remarks = copies, first_number, remarks
        self.plays = self.described = 0
        self.closed = False
        self.server = socket.create_server(("127.0.0.1", 0), backlog=50)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def uri(self):
        return f"rtsp://127.0.0.1:{self.server.getsockname()[1]}/cam"

    def close(self):
        self.closed = True
        self.server.close()

    def accept(self):
        while not self.closed:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        lock = threading.Lock()
        with client, client.makefile("rb") as lines:
            try:
                while request := self.request(lines):
                    method, sequence = request
                    with lock:
                        client.sendall(self.answer(method, sequence))
                        if method == "DESCRIBE":
                            self.described += 1
                            self.remark(client)
                    if method == "PLAY":
                        self.plays += 1
                        threading.Thread(target=self.stream, args=(client, lock, self.plays), daemon=True).start()
            except OSError:
                return

    @staticmethod
    def request(lines):
        """Method and number of the next request; what the hub sends of RTCP is passed over."""
        method, sequence = "", "0"
        while first := lines.read(1):
            if first == b"$":
                lines.read(struct.unpack(">xH", lines.read(3))[0])
                continue
            text = (first + lines.readline()).decode("latin-1").strip()
            if text.endswith("RTSP/1.0"):
                method = text.split(" ")[0]
            elif text.lower().startswith("cseq:"):
                sequence = text[5:].strip()
            elif not text and method:
                return method, sequence
        return None

    def answer(self, method, sequence):
        head = f"RTSP/1.0 200 OK\r\nCSeq: {sequence}\r\nSession: 1;timeout=60\r\n"
        if method == "DESCRIBE":
            body = self.description()
            return (head + f"Content-Type: application/sdp\r\nContent-Length: {len(body) + (self.remarks << 20)}\r\n\r\n{body}").encode()
        if method == "SETUP":
            head += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
        return (head + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n\r\n").encode()

    def remark(self, client):
        for _ in range(self.remarks):
            client.sendall(b"a=remark:nothing" * (1 << 16))

    def description(self):
        codec = self.codec(self.plays + 1) if callable(self.codec) else self.codec
        lines = ["v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=odd", "c=IN IP4 0.0.0.0", "t=0 0", "m=video 0 RTP/AVP 96",
                 f"a=rtpmap:96 {'H264' if codec == 'h264' else 'H265'}/90000"]
        if self.units and codec == "h264":
            sets = ",".join(base64.b64encode(unit).decode() for unit in self.units)
            lines.append(f"a=fmtp:96 packetization-mode=1;sprop-parameter-sets={sets}")
        lines.append("a=control:track1")
        if self.sound:
            lines += ["m=audio 0 RTP/AVP 0", "a=control:track2"]
        return "\r\n".join(lines) + "\r\n"

    def stream(self, client, lock, number):
        codec = self.codec(number) if callable(self.codec) else self.codec
        packet_number = itertools.count(self.first_number)
        begun = time.monotonic()
        try:
            for at, *what in self.play(number):
                time.sleep(max(0, begun + at - time.monotonic()))
                with lock:
                    if len(what) == 1:
                        client.sendall(what[0])
                        continue
                    stamp, units = what
                    for last, payload in payloads(units, codec):
                        head = struct.pack(">BBHII", 0x80, 96 | last << 7, next(packet_number) & 0xFFFF,
                                           stamp & 0xFFFFFFFF, 4711)
                        packet = struct.pack(">BBH", 0x24, 0, len(head) + len(payload)) + head + payload
                        client.sendall(packet * self.copies)
        except OSError:
            return


def payloads(units, codec):
    """(whether it is the last of the frame, RTP payload), long units in fragments."""
    pieces = [piece for unit in units for piece in fragments(unit, codec)]
    return [(number == len(pieces) - 1, piece) for number, piece in enumerate(pieces)]


def fragments(unit, codec):
    if len(unit) <= MOST_PAYLOAD:
        return [unit]
    head = 1 if codec == "h264" else 2
    body = unit[head:]
    parts = [body[at:at + MOST_PAYLOAD] for at in range(0, len(body), MOST_PAYLOAD)]
    made = []
    for number, part in enumerate(parts):
        flags = (0x80 if number == 0 else 0) | (0x40 if number == len(parts) - 1 else 0)
        if codec == "h264":
            made.append(bytes([unit[0] & 0xE0 | 28, flags | unit[0] & 31]) + part)
        else:
            made.append(bytes([unit[0] & 0x81 | 49 << 1, unit[1], flags | unit[0] >> 1 & 63]) + part)
    return made
