// What to do about a camera, by the code of its state; docs/cameras.md says the same at more length.
const ADVICE = {
  BROKEN_LISTS: "Its lists are not as they should be; the reason names what is wrong.",
  BROKEN_PICTURES: "Look at the network between camera and hub; with RTSP, try transport tcp.",
  CRASHED: "The hub's process died over its pictures. Take another stream or firmware of the camera, then change its address or release it.",
  ENDED: "The file was played to its end. Set loop to play it again.",
  FORBIDDEN_ADDRESS: "The address may not be used. If the camera really is there, list its network under camera-networks.",
  FROZEN: "Pictures come, always the same. Restart the camera: its sensor or encoder hangs.",
  LISTS_DROPPED: "Somebody else sends to this port, or far too much comes: look at from, and at the firewall.",
  LOST: "It is connected again by itself. If that happens often, look at the network and at how many viewers the camera allows.",
  NOT_FOUND: "The camera has no such stream: look at the path in its address.",
  NO_HARDWARE: "The processor decodes instead. Look at the device's driver, or set decode.hardware to auto or none.",
  NO_KEY_FRAME: "Set a shorter key frame interval (GOP) in the camera: 1 to 4 s.",
  NO_MEMORY: "Take the camera's smaller stream, have fewer cameras, or allow more memory (docs/operations.md).",
  NO_VIDEO: "There is no video in it: look at the address, or at the file.",
  REDIRECTED: "It sends on to another address, which is not followed: give that address.",
  REQUIREMENT: "Change the stream's settings in the camera, take another of its streams, or ask for less under require.",
  SECOND_STREAM: "Look at the addresses in uri and streams, and at how many connections the camera allows.",
  SILENT: "It is connected and sends nothing: the camera hangs, or a silence limit that was given is too short.",
  UNAUTHORIZED: "Correct user name and password. They are tried once a minute, so that the account is not locked.",
  UNREACHABLE: "Look at the address, the port, the camera's power and the firewall between.",
  UNREADABLE: "It cannot be decoded: set the camera to H.264, H.265 or MJPEG; or look at the file.",
  UNTRUSTED: "Its certificate is not trusted. Compare the SHA-256 in the reason with the camera's, and set it as tls-pin.",
  UNVERIFIED: "Its certificate is not checked. Set tls-pin instead of switching the check off.",
};

/** @return a sentence, or "" where nothing needs to be done or nothing is known */
export function adviceFor(camera) {
  if (camera.state === "ONLINE") return "";
  if (camera.code?.startsWith("DETECTOR_")) return "Look at fewer pictures a second, or take a cheaper detector.";
  if (camera.state === "DISABLED" && !camera.code) return "It is switched off in the configuration.";
  return ADVICE[camera.code] || "";
}
