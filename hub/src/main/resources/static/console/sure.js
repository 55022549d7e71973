// A button that acts on its second press: who slipped on the first loses nothing.
import { h, text } from "./dom.js";

const ASK_AGAIN_MS = 5000;

/**
 * @param ask what stands on it after the first press
 * @param act called at the second press within five seconds
 */
export function sureButton(label, ask, act, props = {}) {
  const button = h("button", { class: "button", type: "button", ...props, onclick: press });
  const words = h("span", { "aria-live": "polite" }, label);
  let timer;
  button.append(words);
  return button;

  function press() {
    clearTimeout(timer);
    if (button.dataset.sure) {
      calm();
      act();
      return;
    }
    button.dataset.sure = "yes";
    text(words, ask);
    timer = setTimeout(calm, ASK_AGAIN_MS);
  }

  function calm() {
    delete button.dataset.sure;
    text(words, label);
  }
}
