// A question in front of the page.
import { byId, h } from "./dom.js";

/**
 * @param body elements or texts below the title
 * @param choices [[value, label, "primary" | ""]]; the last one is what closing the question means
 * @return the value that was chosen
 */
export function ask(title, body, choices) {
  const dialog = byId("ask");
  const otherwise = choices.at(-1)[0];
  return new Promise((answer) => {
    const button = ([value, label, more]) => h("button", { class: `button ${more || ""}`.trim(), type: "button", onclick: () => dialog.close(value) }, label);
    dialog.replaceChildren(
      h("div", { class: "dialog-head" }, h("h2", { id: "ask-title" }, title)),
      h("div", { class: "body" }, body, h("div", { class: "actions" }, choices.map(button))),
    );
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue || otherwise), { once: true });
    dialog.showModal();
  });
}

/** @return whether what is not saved may go */
export async function mayThrowAway() {
  const body = h("p", {}, "What you changed here is not saved.");
  return (await ask("Leave without saving?", body, [["leave", "Throw it away"], ["stay", "Go on editing", "primary"]])) === "leave";
}
