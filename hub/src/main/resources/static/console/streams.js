// Decides which camera pictures move. A browser opens six connections to one hub; a moving picture holds one for good.
// So at most LIVE pictures stream, those looked at first; other visible ones show stills, fetched one after the other;
// what is out of sight, or in a hidden tab, costs nothing.
import { api } from "./api.js";

const LIVE = 3;
const STILL_PAUSE_MS = 250;
const STILL_PATIENCE_MS = 8000;
const RETRY_MS = 3000;
const FIRST_PICTURE_PATIENCE_MS = 10000;

let turn = 0;

class Picture {
  /** @param onChange told "waiting", "live", "still" or "failed" */
  constructor(camera, img, onChange) {
    this.camera = camera;
    this.img = img;
    this.onChange = onChange;
    this.visible = false;
    this.wanted = true;
    this.mode = "idle";
    this.retryAt = 0;
    this.overlay = undefined;
    img.addEventListener("error", () => this.mode === "live" && this.#failed());
    img.addEventListener("load", () => {
      clearTimeout(this.waiting);
      this.mode === "live" && onChange("live");
    });
  }

  stream() {
    if (this.mode === "live" || Date.now() < this.retryAt) return;
    this.mode = "live";
    this.onChange("waiting");
    this.img.src = api.streamUrl(this.camera, this.overlay, ++turn);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.mode === "live" && this.img.naturalWidth === 0 && this.#failed(), FIRST_PICTURE_PATIENCE_MS);
    this.onFirstSize();
  }

  /** Some browsers tell "load" only at the end of a stream: the size of the first picture tells it earlier. */
  onFirstSize() {
    if (this.mode !== "live") return;
    if (this.img.naturalWidth > 0) this.onChange("live");
    else setTimeout(() => this.onFirstSize(), 120);
  }

  #failed() {
    this.retryAt = Date.now() + RETRY_MS;
    this.stop();
    this.onChange("failed");
    setTimeout(() => streams.arrange(), RETRY_MS + 50);
  }

  /** Ends the connection; a picture taken away from the page would otherwise keep it. The last picture stays as a drawing. */
  stop() {
    clearTimeout(this.waiting);
    if (this.mode === "live") {
      this.#keepLast();
      this.img.removeAttribute("src");
    }
    this.mode = "idle";
  }

  #keepLast() {
    const { naturalWidth: width, naturalHeight: height } = this.img;
    if (!width) return;
    if (!this.last) {
      this.last = document.createElement("canvas");
      this.img.before(this.last);
    }
    this.last.width = width;
    this.last.height = height;
    this.last.getContext("2d").drawImage(this.img, 0, 0);
  }

  async still() {
    const next = new Image();
    next.src = api.stillUrl(this.camera, this.overlay, ++turn);
    const late = new Promise((_, reject) => setTimeout(reject, STILL_PATIENCE_MS));
    try {
      await Promise.race([next.decode(), late]);
      if (this.mode !== "still") return;
      this.img.src = next.src;
      this.onChange("still");
    } catch {
      next.removeAttribute("src");
      if (this.mode === "still") this.onChange("failed");
    }
  }
}

class Streams {
  #pictures = new Map();
  #favourite;
  #only;
  #byElement = new WeakMap();
  #observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const picture = this.#byElement.get(entry.target);
      if (picture) picture.visible = entry.isIntersecting;
    }
    this.arrange();
  });
  #fetching = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.arrange());
  }

  add(key, camera, img, onChange) {
    const picture = new Picture(camera, img, onChange);
    this.#pictures.set(key, picture);
    this.#byElement.set(img, picture);
    this.#observer.observe(img);
  }

  remove(key) {
    const picture = this.#pictures.get(key);
    if (!picture) return;
    picture.stop();
    this.#observer.unobserve(picture.img);
    this.#pictures.delete(key);
    this.arrange();
  }

  /** A camera without a picture (OFFLINE, DISABLED) takes no place. */
  want(key, wanted) {
    const picture = this.#pictures.get(key);
    if (!picture || picture.wanted === wanted) return;
    picture.wanted = wanted;
    picture.retryAt = 0;
    this.arrange();
  }

  /** What is drawn into a picture; undefined: what the hub draws unless asked otherwise. */
  draw(key, overlay) {
    const picture = this.#pictures.get(key);
    if (!picture || picture.overlay === overlay) return;
    picture.overlay = overlay;
    picture.stop();
    picture.retryAt = 0;
    this.arrange();
  }

  /** The one that the user points at streams before others. */
  favour(key) {
    if (this.#favourite === key) return;
    this.#favourite = key;
    this.arrange();
  }

  /** While one is open large, only that one moves. */
  only(key) {
    this.#only = key;
    this.arrange();
  }

  /** Starts all again, after the hub was away. */
  restart() {
    for (const picture of this.#pictures.values()) {
      picture.stop();
      picture.retryAt = 0;
    }
    this.arrange();
  }

  arrange() {
    const shown = [...this.#pictures].filter(([key, picture]) => this.#mayShow(key, picture));
    shown.sort(([a], [b]) => (b === this.#favourite) - (a === this.#favourite));
    const live = new Set(shown.slice(0, LIVE).map(([key]) => key));
    for (const [key, picture] of this.#pictures) {
      if (picture.mode === "live" && !live.has(key)) picture.stop();
    }
    for (const [key, picture] of shown) {
      if (live.has(key)) picture.stream();
      else picture.mode = "still";
    }
    for (const [key, picture] of this.#pictures) {
      if (!this.#mayShow(key, picture)) picture.mode = "idle";
    }
    this.#fetchStills();
  }

  #mayShow(key, picture) {
    return !document.hidden && picture.wanted && (this.#only ? key === this.#only : picture.visible);
  }

  async #fetchStills() {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      for (let any = true; any; ) {
        any = false;
        for (const picture of [...this.#pictures.values()].filter((one) => one.mode === "still")) {
          if (picture.mode !== "still") continue;
          any = true;
          await picture.still();
          await new Promise((done) => setTimeout(done, STILL_PAUSE_MS));
        }
      }
    } finally {
      this.#fetching = false;
    }
  }
}

export const streams = new Streams();
