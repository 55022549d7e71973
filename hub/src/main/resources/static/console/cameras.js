// Reads the list of cameras, and works out rates from figures that only grow.
const LOSSES = ["frames_replaced", "frames_broken", "frames_without_slot", "frames_failed"];
const before = new Map();

export function readCameras(answer) {
  const now = performance.now();
  return (answer.cameras || answer).map((camera) => {
    const flat = { ...camera, ...camera.figures };
    const earlier = before.get(camera.id);
    const seconds = earlier ? (now - earlier.at) / 1000 : 0;
    const rate = (field) => (seconds > 0.5 && flat[field] >= earlier[field] ? (flat[field] - earlier[field]) / seconds : earlier?.rates[field]);
    const rates = { frames_read: rate("frames_read"), frames_handled: rate("frames_handled") };
    if (!earlier || seconds > 0.5) {
      before.set(camera.id, { at: now, frames_read: flat.frames_read, frames_handled: flat.frames_handled, rates });
    }
    return { ...flat, fps: flat.fps ?? rates.frames_read, frames_lost: lost(flat), analysed_fps: rates.frames_handled };
  });
}

function lost(figures) {
  const known = LOSSES.map((name) => figures[name]).filter(Number.isFinite);
  return known.length ? known.reduce((sum, one) => sum + one, 0) : figures.frames_lost;
}
