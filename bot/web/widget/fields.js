/** Gives the field the keyboard and the autofill that the question wants; what is typed stays. */
"use strict";

window.Handraiser.define("fields", () => {
  /**
   * Kinds of input that a one-line field with the right keyboard serves better than a text area, and the keyboard.
   * A number is no type="number": "about fifty" is an answer too.
   */
  const KEYBOARDS = { email: "email", tel: "tel", url: "url", number: "numeric", decimal: "decimal", text: "text" };

  /** @param {Composer} composer @param {Object|null} message the question that stands */
  return (composer, message) => {
    const { kind, autocomplete, placeholder, extra } = message?.input || {};
    const before = composer.field;
    const inputmode = KEYBOARDS[kind];
    let wanted = composer.area;
    if (inputmode && (kind !== "text" || autocomplete)) {
      const type = inputmode === kind ? kind : "text";
      wanted = composer.make("input", { type, inputmode, autocomplete: autocomplete || (type === "text" ? "off" : kind) });
    }
    wanted.placeholder = placeholder || composer.words.placeholder;
    composer.node.dataset.unit = wanted.ariaDescription = extra?.unit || extra?.currency || "";
    if (wanted === before) return;
    const focused = before.matches(":focus");
    wanted.value = before.value;
    wanted.disabled = before.disabled;
    before.replaceWith(wanted);
    composer.field = wanted;
    composer.typed();
    if (focused) composer.focus();
  };
});
