// Where a detection's picture is, and how to show the part that matters.
import { api } from "./api.js";

const ROOM_WIDE = 2.2;
const ROOM_HIGH = 1.3;
const LARGEST = 3;

/** Always on this hub: of an absolute link only the path is taken. */
export function snapshotPath(one) {
  const href = one.snapshot?.href;
  if (!href) return one.snapshot === null ? null : api.detectionSnapshot(one.id);
  try {
    const url = new URL(href, location.origin);
    return url.pathname.startsWith("/") ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}

/** The box in pixels of the image, which may be of another size and shape than the original picture. */
export function boxIn(img, one) {
  const box = one.snapshot?.bounding_box || one.bounding_box;
  if (!box || !img.naturalWidth) return null;
  const across = one.frame?.width ? img.naturalWidth / one.frame.width : 1;
  const down = one.frame?.height ? img.naturalHeight / one.frame.height : across;
  const scaled = { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down };
  return scaled.width > 0 && scaled.height > 0 ? scaled : null;
}

/** Shows the box with some room around it, within the image's parent. */
export function cropTo(img, one) {
  const box = boxIn(img, one);
  const { clientWidth: width, clientHeight: height } = img.parentElement || {};
  if (!box || !width) return;
  const least = Math.max(width / img.naturalWidth, height / img.naturalHeight);
  const wanted = Math.min(width / (box.width * ROOM_WIDE), height / (box.height * ROOM_HIGH));
  const scale = Math.max(least, Math.min(wanted, LARGEST));
  const place = (size, full, middle) => Math.min(0, Math.max(size - full * scale, size / 2 - middle * scale));
  img.dataset.cropped = "";
  img.style.width = `${img.naturalWidth * scale}px`;
  img.style.height = `${img.naturalHeight * scale}px`;
  img.style.left = `${place(width, img.naturalWidth, box.x + box.width / 2)}px`;
  img.style.top = `${place(height, img.naturalHeight, box.y + box.height / 2)}px`;
}
