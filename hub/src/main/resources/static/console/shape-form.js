// What a drawn shape is called, which objects count in it, and how long they stay.
import { h, icon, text } from "./dom.js";
import { capital } from "./format.js";

export class ShapeForm {
  #edits;
  #shown = "";
  #fields = {};
  #twice = "";

  /** @param edits called on what the user does: rename(id) answering whether it is free, set(key, value), turn(), remove() */
  constructor(edits) {
    this.#edits = edits;
    this.element = h("section", { class: "card shape-form", hidden: true, "aria-label": "Selected shape" });
  }

  /** @param shape as the board gets it, with its problems; undefined where none is selected */
  show(shape) {
    this.element.hidden = !shape;
    const wanted = shape ? `${shape.kind}.${shape.id}` : "";
    if (wanted !== this.#shown) {
      this.#shown = wanted;
      const typing = this.#fields.id?.input === document.activeElement;
      if (shape && !(typing && this.#fields.id.input.value === shape.id)) this.#build(shape);
    }
    if (shape) this.#tell(shape.problems);
  }

  /** What was typed is not what holds any more. */
  reset() {
    this.#shown = "";
    document.activeElement === this.#fields.id?.input && this.#fields.id.input.blur();
  }

  focus() {
    this.#fields.id?.input.focus();
    this.#fields.id?.input.select();
  }

  #build(shape) {
    this.#twice = "";
    this.#fields = { id: field("shape-id", "Name", "Small letters, digits, - and _", shape.id, (value) => this.#rename(value)) };
    if (shape.labels) this.#fields.labels = this.#labels(shape);
    if (shape.dwell) this.#fields["min-dwell"] = this.#dwell(shape);
    this.element.replaceChildren(
      h("h3", {}, capital(shape.word)),
      ...Object.values(this.#fields).map((one) => one.element),
      shape.kind === "lines" ? this.#direction() : "",
      h("div", { class: "actions" }, button("remove-shape", "trash", `Remove ${shape.word}`, () => this.#edits.remove())),
    );
  }

  #direction() {
    const words = "Who goes along the arrow, from a to b, is counted as in, who goes against it, as out.";
    return h("div", { class: "field" }, h("small", {}, words), button("turn", "swap", "Turn direction", () => this.#edits.turn()));
  }

  #labels(shape) {
    const change = (value) => this.#edits.set("labels", labelList(value));
    return field("shape-labels", "Objects that count", "For example person, bicycle; all where it is empty", [shape.keys.labels ?? []].flat().join(", "), change);
  }

  #dwell(shape) {
    const change = (value) => this.#edits.set("min-dwell", value || undefined);
    return field("shape-dwell", "Said to dwell after", "For example 2s; never where it is empty", shape.keys["min-dwell"] ?? "", change);
  }

  #rename(value) {
    this.#twice = this.#edits.rename(value) ? "" : "Another one has this name.";
    if (this.#twice) this.#tell({ id: this.#twice });
  }

  #tell(problems) {
    for (const [key, { input, wrong }] of Object.entries(this.#fields)) {
      const words = (key === "id" && this.#twice) || problems[key] || "";
      text(wrong, words);
      wrong.hidden = words === "";
      if (words) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}

/** An input with its label, a hint and a place for what is wrong. */
function field(id, label, hint, value, change) {
  const wrong = h("small", { class: "wrong", id: `${id}-wrong`, hidden: true });
  const input = h("input", { class: "input", id, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint ${id}-wrong` });
  input.addEventListener("input", () => change(input.value.trim()));
  input.value = value;
  return { input, wrong, element: h("div", { class: "field" }, h("label", { for: id }, label), input, h("small", { id: `${id}-hint` }, hint), wrong) };
}

function button(name, iconName, label, act) {
  return h("button", { class: "button", type: "button", "data-name": name, onclick: act }, icon(iconName), label);
}

function labelList(value) {
  const list = value.split(",").map((one) => one.trim()).filter(Boolean);
  return list.length ? list : undefined;
}
