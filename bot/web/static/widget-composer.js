/** The field to write in: it suits the question that stands, grows with the text, and keeps it over a reload. */
"use strict";

window.Handraiser.define("composer", ({ element, icon }) => {
  /** Kinds of input that a one-line field with the right keyboard serves better than a text area. */
  const LINES = {
    email: { type: "email", inputmode: "email", autocomplete: "email", autocapitalize: "none", spellcheck: "false" },
    tel: { type: "tel", inputmode: "tel", autocomplete: "tel" },
    url: { type: "url", inputmode: "url", autocomplete: "url", autocapitalize: "none", spellcheck: "false" },
    // Not type="number": "about fifty" is an answer too.
    number: { type: "text", inputmode: "numeric", autocomplete: "off" },
    decimal: { type: "text", inputmode: "decimal", autocomplete: "off" },
    text: { type: "text", inputmode: "text" },
  };

  class Composer {
    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {Memory} given.memory
     * @param {function(string): void} given.say
     */
    constructor({ words, memory, say }) {
      this.words = words;
      this.memory = memory;
      this.say = say;
      const field = { id: "field", class: "field", part: "field", placeholder: words.placeholder, dir: "auto" };
      const shared = { ...field, enterkeyhint: "send", oninput: () => this.#typed() };
      this.area = element("textarea", { ...shared, rows: "1", autocomplete: "off" });
      this.line = element("input", shared);
      this.field = this.area;
      this.field.value = memory.draft;
      this.button = element(
        "button",
        { type: "submit", class: "send", part: "send", "aria-label": words.send },
        icon("M12 19V5m-6 6 6-6 6 6"),
      );
      this.node = element(
        "form",
        { class: "composer", part: "composer", novalidate: true, onsubmit: (event) => this.submit(event) },
        element("label", { class: "unseen", for: "field" }, words.message),
        this.field,
        this.button,
      );
    }

    focus() {
      this.field.focus({ preventScroll: true });
    }

    disable() {
      this.field.disabled = this.button.disabled = true;
    }

    /** Enter sends what is in the text area; with shift it begins a line. */
    sends({ key, shiftKey, target }) {
      return key === "Enter" && !shiftKey && target === this.area;
    }

    submit(event) {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) {
        this.put("");
        this.say(text);
      }
      this.field.focus();
    }

    /** Put a text into the field. */
    put(text) {
      this.field.value = text;
      this.#typed();
    }

    /** Give the field the keyboard and the autofill that the question wants; what is typed stays. */
    suit(message) {
      const input = (message && message.input) || {};
      const isLine = input.kind in LINES && (input.kind !== "text" || input.autocomplete);
      const wanted = isLine ? this.line : this.area;
      wanted.placeholder = input.placeholder || this.words.placeholder;
      if (isLine) this.#shape(LINES[input.kind], input.autocomplete);
      if (wanted === this.field) return;
      const focused = this.field.getRootNode().activeElement === this.field;
      wanted.value = this.field.value;
      this.field.replaceWith(wanted);
      this.field = wanted;
      this.#typed();
      if (focused) this.focus();
    }

    #shape(attributes, autocomplete) {
      for (const name of ["autocapitalize", "spellcheck", "autocomplete"]) this.line.removeAttribute(name);
      const wanted = autocomplete ? { ...attributes, autocomplete } : attributes;
      for (const [name, value] of Object.entries(wanted)) this.line.setAttribute(name, value);
    }

    #typed() {
      this.memory.draft = this.field.value;
      this.area.style.height = "auto";
      this.area.style.height = `${this.area.scrollHeight}px`;
    }
  }

  return Composer;
});
