/** Gives the field the keyboard and the autofill that the question wants; what is typed stays. */
"use strict";

window.Handraiser.define("fields", () => {
  const EXACT = { autocapitalize: "none", spellcheck: "false" };
  /** Kinds of input that a one-line field with the right keyboard serves better than a text area. */
  const LINES = {
    email: { type: "email", inputmode: "email", autocomplete: "email", ...EXACT },
    tel: { type: "tel", inputmode: "tel", autocomplete: "tel" },
    url: { type: "url", inputmode: "url", autocomplete: "url", ...EXACT },
    // Not type="number": "about fifty" is an answer too.
    number: { inputmode: "numeric", autocomplete: "off" },
    decimal: { inputmode: "decimal", autocomplete: "off" },
    text: { inputmode: "text" },
  };

  /** @param {Composer} composer @param {Object|null} message the question that stands */
  return (composer, message) => {
    const input = (message && message.input) || {};
    const before = composer.field;
    const isLine = input.kind in LINES && (input.kind !== "text" || input.autocomplete);
    let wanted = composer.area;
    if (isLine) {
      const { autocomplete } = input;
      wanted = composer.make("input", { type: "text", ...LINES[input.kind], ...(autocomplete && { autocomplete }) });
    }
    wanted.placeholder = input.placeholder || composer.words.placeholder;
    const { unit, currency } = input.extra || {};
    const measure = unit || currency || "";
    composer.node.dataset.unit = wanted.ariaDescription = measure;
    if (wanted === before) return;
    const focused = before.getRootNode().activeElement === before;
    wanted.value = before.value;
    wanted.disabled = before.disabled;
    before.replaceWith(wanted);
    composer.field = wanted;
    composer.typed();
    if (focused) composer.focus();
  };
});
