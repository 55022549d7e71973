// Fields of a form, with their hints, and what is wrong with them beside them.
import { HubError } from "./api.js";
import { h, icon, text } from "./dom.js";

export class FormFields {
  #fields = new Map();
  #busy = false;

  /**
   * @param fields [{key, label, kind, hint, choices, standard, needed}]
   * @param values what stands in them at first, by key; a secret that is null is there and not shown
   * @param detectors suggested where a field asks for one
   */
  constructor(fields, values, detectors) {
    const list = h("datalist", { id: "form-detectors" }, [...detectors].map((one) => h("option", { value: one })));
    this.element = h("div", { class: "fields" }, list, ...fields.map((field) => this.#build(field, values)));
    this.message = h("div", { class: "message", role: "alert", hidden: true });
    this.touched = false;
    this.element.addEventListener("input", () => (this.touched = true));
  }

  /** By key: texts, of a switch true or false, of a secret that was left alone undefined. */
  values() {
    return Object.fromEntries([...this.#fields].map(([key, one]) => [key, one.value()]));
  }

  /** Puts texts into the fields that there are, by key. */
  fill(values) {
    for (const [key, value] of Object.entries(values)) {
      const one = this.#fields.get(key);
      if (one) one.input.value = value;
    }
    this.touched = true;
  }

  /** @param problemOf answers what is wrong with a field's value. @return whether all is well */
  check(problemOf) {
    this.#clear();
    const wrong = [...this.#fields.values()].filter((one) => this.#tell(one, problemOf(one.field, one.value())));
    wrong[0]?.input.focus();
    return wrong.length === 0;
  }

  /**
   * Does what the form is for, once at a time; shows where it is refused.
   *
   * @param byKey answers, of a problem, what is wrong by key
   */
  async during(work, byKey = () => new Map()) {
    if (this.#busy) return;
    this.#busy = true;
    this.element.closest("form")?.setAttribute("aria-busy", "true");
    this.#clear();
    try {
      await work();
    } catch (problem) {
      if (!(problem instanceof HubError)) throw problem;
      this.#refuse(problem, byKey(problem));
    } finally {
      this.#busy = false;
      this.element.closest("form")?.removeAttribute("aria-busy");
    }
  }

  #refuse(problem, refused) {
    const others = [];
    for (const [key, words] of refused) {
      const one = this.#fields.get(key);
      if (one) this.#tell(one, words.join(" "));
      else others.push(`${key} ${words.join(" ")}`.trim());
    }
    this.message.replaceChildren(icon("degraded"), h("span", {}, [problem.message, ...others].join(" ")));
    this.message.hidden = false;
    this.element.querySelector("[aria-invalid]")?.focus();
  }

  #clear() {
    this.message.hidden = true;
    for (const one of this.#fields.values()) this.#tell(one, "");
  }

  #tell({ input, wrong }, words) {
    text(wrong, words);
    wrong.hidden = words === "";
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    return words !== "";
  }

  #build(field, values) {
    const id = `field-${field.key}`;
    const known = values[field.key];
    const { input, value } = INPUTS[field.kind](field, known, { id, name: field.key, "aria-describedby": `${id}-hint ${id}-wrong`, required: field.needed });
    const wrong = h("small", { class: "wrong", id: `${id}-wrong`, hidden: true });
    const hint = field.kind === "secret" && known === null ? "One is kept; leave this empty to keep it." : field.hint || "";
    this.#fields.set(field.key, { field, input, wrong, value });
    return h("div", { class: "field" }, h("label", { for: id }, field.label), input, h("small", { id: `${id}-hint`, hidden: hint === "" }, hint), wrong);
  }
}

const INPUTS = {
  text: (field, known, props) => typed({ ...props, class: "input", type: "text", spellcheck: "false", autocomplete: "off", list: field.detectors ? "form-detectors" : null }, known),
  number: (field, known, props) => typed({ ...props, class: "input", type: "text", inputmode: "decimal", autocomplete: "off" }, known),
  secret: (field, known, props) => {
    const { input } = typed({ ...props, class: "input", type: "password", autocomplete: "new-password" }, "");
    return { input, value: () => input.value || undefined };
  },
  switch: (field, known, props) => {
    const input = h("input", { ...props, class: "switch", type: "checkbox", checked: known ?? field.standard });
    return { input, value: () => input.checked };
  },
  choice: (field, known, props) => {
    const chosen = known ?? field.standard;
    const input = h("select", { ...props, class: "select" }, [...new Set([...field.choices, chosen])].map((one) => h("option", { value: one, selected: one === chosen }, one)));
    return { input, value: () => input.value };
  },
};

function typed(props, known) {
  const input = h("input", props);
  input.value = known ?? "";
  return { input, value: () => input.value.trim() };
}
