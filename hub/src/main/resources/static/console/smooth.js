// A camera's own video in a video element: every picture that it sends, within a second, drawn into by nobody.
import { api } from "./api.js";
import { Player } from "./player.js";

const CHECK_MS = 400;
const BEHIND_AT_MOST_S = 1.5;
const CATCH_UP_FROM_S = 0.8;
const CATCH_UP_RATE = 1.1;
const EDGE_S = 0.3;
const AGAIN_MS = 1500;
const MOST_FAILURES = 4;
const CALM_MS = 20000;
const NOTHING_NEW_MS = 16000;

/** Whether it is worth trying: the hub gives the camera's video, and this browser plays what a page hands it. */
export function mayBeSmooth(camera) {
  return "MediaSource" in window && camera.video?.live === true;
}

export class SmoothVideo {
  #video;
  #onChange;
  #camera;
  #player;
  #check;
  #again;
  #failures = 0;
  #playedSince = 0;
  #newsAt = 0;
  #address;

  /** @param onChange told "waiting", "live", or "refused" with a reason; after that nothing comes any more */
  constructor(video, onChange) {
    this.#video = video;
    this.#onChange = onChange;
    video.addEventListener("playing", () => this.#camera && onChange("live"));
    video.addEventListener("error", () => this.#camera && this.#lost("this browser could not play it"));
    document.addEventListener("visibilitychange", this.#seen);
  }

  start(camera) {
    this.stop();
    this.#camera = camera;
    this.#failures = 0;
    if (!document.hidden) this.#open();
  }

  stop() {
    this.#camera = undefined;
    this.#shut();
  }

  /** Of no use afterwards. */
  close() {
    this.stop();
    document.removeEventListener("visibilitychange", this.#seen);
  }

  #seen = () => {
    if (!this.#camera) return;
    if (document.hidden) this.#shut();
    else if (!this.#check) this.#open();
  };

  #open() {
    this.#shut();
    this.#onChange("waiting");
    this.#newsAt = Date.now();
    this.#check = setInterval(() => this.#keepUp(), CHECK_MS);
    const source = new MediaSource();
    const player = new Player(source, api.videoUrl(this.#camera), (news) => player === this.#player && this.#take(news));
    this.#player = player;
    this.#address = URL.createObjectURL(source);
    this.#video.src = this.#address;
    this.#video.play().catch(() => {}); // it plays as soon as there is something; a muted video may
  }

  #take(news) {
    if (news.what === "data") this.#newsAt = Date.now();
    if (news.what === "refused") this.#giveUp(news.reason);
    if (news.what === "ended") this.#lost(news.reason);
  }

  /** Stays near the newest picture; jumps over what was left out. */
  #keepUp() {
    const { buffered } = this.#video;
    if (Date.now() - this.#newsAt > NOTHING_NEW_MS) return this.#lost("no video came");
    if (buffered.length === 0) return;
    if (this.#playedSince === 0) this.#playedSince = Date.now();
    const last = buffered.length - 1;
    const behind = buffered.end(last) - this.#video.currentTime;
    if (behind > BEHIND_AT_MOST_S || this.#video.currentTime < buffered.start(last)) {
      this.#video.currentTime = Math.max(buffered.start(last), buffered.end(last) - EDGE_S);
    }
    this.#video.playbackRate = behind > CATCH_UP_FROM_S ? CATCH_UP_RATE : 1;
    if (this.#video.paused) this.#video.play().catch(() => {});
  }

  #lost(reason) {
    if (this.#playedSince && Date.now() - this.#playedSince > CALM_MS) this.#failures = 0;
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES) return this.#giveUp(reason);
    this.#shut();
    this.#onChange("waiting");
    this.#again = setTimeout(() => this.#camera && !document.hidden && this.#open(), AGAIN_MS * this.#failures);
  }

  #giveUp(reason) {
    this.stop();
    this.#onChange("refused", reason);
  }

  #shut() {
    clearInterval(this.#check);
    clearTimeout(this.#again);
    this.#check = undefined;
    this.#playedSince = 0;
    this.#player?.close();
    this.#player = undefined;
    if (!this.#address) return;
    URL.revokeObjectURL(this.#address);
    this.#address = undefined;
    this.#video.removeAttribute("src");
    this.#video.load();
  }
}
