// Plays video beside the page, so that a busy page does not make it stutter. Ended by the page, with its connection.
import { Player } from "./player.js";

onmessage = (message) => {
  const source = new MediaSource();
  new Player(source, message.data.address, (news) => postMessage(news));
  postMessage({ what: "handle", handle: source.handle }, [source.handle]);
};
