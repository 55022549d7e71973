// Feeds a media source with the video that the hub passes on as the camera sent it: one text that says what it is,
// then the beginning of an MP4, then its fragments.
const KEEP_S = 12;
const MOST_WAITING = 240;
const FIRST_MESSAGE_PATIENCE_MS = 16000;

/** Closed for good: the login is over, the video is not given, there is no such camera. */
const FOR_GOOD = [4001, 4003, 4004];

/** What a browser must be able to play for this codec. */
const mime = (codec) => `video/mp4; codecs="${codec}"`;

export class Player {
  #source;
  #tell;
  #socket;
  #buffer;
  #waiting = [];
  #patience;

  /**
   * @param source a MediaSource that was not opened yet; the caller attaches it to a video
   * @param tell called with {what: "format", codec, width, height}, then {what: "data"} whenever something new can be
   *   seen, and once with {what: "refused" | "ended", reason}: refused where it is of no use to try again
   */
  constructor(source, address, tell) {
    this.#source = source;
    this.#tell = tell;
    source.addEventListener("sourceopen", () => this.#connect(address), { once: true });
  }

  #connect(address) {
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onmessage = (message) => this.#take(message.data);
    socket.onclose = (close) => this.#end(FOR_GOOD.includes(close.code) ? "refused" : "ended", close.reason);
    this.#socket = socket;
    this.#patience = setTimeout(() => this.#end("ended", "no video came"), FIRST_MESSAGE_PATIENCE_MS);
  }

  #take(data) {
    if (typeof data === "string") return this.#begin(data);
    if (!this.#buffer) return this.#end("refused", "the video did not say what it is");
    if (this.#waiting.length >= MOST_WAITING) return this.#end("ended", "this browser is too slow for the video");
    this.#waiting.push(data);
    this.#append();
  }

  #begin(words) {
    clearTimeout(this.#patience);
    try {
      const format = JSON.parse(words);
      if (this.#buffer) return this.#end("ended", "the video changed");
      if (!MediaSource.isTypeSupported(mime(format.codec))) return this.#end("refused", `this browser cannot play ${format.codec}`);
      this.#buffer = this.#source.addSourceBuffer(mime(format.codec));
      this.#buffer.addEventListener("updateend", () => this.#updated());
      this.#buffer.addEventListener("error", () => this.#end("ended", "this browser could not read the video"));
      this.#tell({ what: "format", codec: String(format.codec), width: Number(format.width), height: Number(format.height) });
    } catch {
      this.#end("refused", "the video did not say what it is");
    }
  }

  #append() {
    if (!this.#buffer || this.#buffer.updating || this.#waiting.length === 0) return;
    try {
      this.#buffer.appendBuffer(this.#waiting.shift());
    } catch {
      this.#end("ended", "this browser could not take the video");
    }
  }

  #updated() {
    if (!this.#socket) return;
    const { buffered } = this.#buffer;
    if (this.#waiting.length === 0 && buffered.length > 0) {
      this.#tell({ what: "data" });
      const end = buffered.end(buffered.length - 1);
      if (end - buffered.start(0) > 2 * KEEP_S) {
        this.#buffer.remove(buffered.start(0), end - KEEP_S);
        return;
      }
    }
    this.#append();
  }

  #end(what, reason) {
    if (!this.#socket) return;
    this.close();
    this.#tell({ what, reason });
  }

  /** Ends the connection, and tells nothing any more. Twice is once. */
  close() {
    clearTimeout(this.#patience);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#waiting = [];
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
