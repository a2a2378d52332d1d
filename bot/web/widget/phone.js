/**
 * The country of a phone number, beside the field: chosen from a list of names, it writes its dialling code into the
 * field; a code that is typed chooses the country. Digits are set in groups while they are typed.
 */
"use strict";

window.Handraiser.define("phone", ({ element, dress }) => {
  const GROUP = /(\d{3})(?=\d{2})/g;

  return class Phone {
    #codes = {};

    constructor({ message, words, server, composer, language }) {
      this.composer = composer;
      this.names = new Intl.DisplayNames(language, { type: "region" });
      this.collator = new Intl.Collator(language);
      const onchange = () => this.#choose();
      this.select = element("select", { class: "field", "aria-label": words.country, onchange });
      this.node = element("label", { class: "phone", hidden: true }, element("span", { "aria-hidden": true }, words.country), this.select);
      dress(composer.node.getRootNode(), "css:phone.css");
      composer.field.addEventListener("input", (event) => this.#typed(event));
      this.#load(server, message.input.extra?.region);
    }

    /** Where the list cannot be had, the field alone does. */
    async #load(server, region) {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      try {
        const address = `${server}/api/v1/dialling-codes?time_zone=${encodeURIComponent(zone)}`;
        const { codes, here } = await (await fetch(address, { credentials: "omit" })).json();
        this.#codes = codes;
        const named = Object.keys(codes).map((key) => [key, this.names.of(key)]);
        named.sort((one, other) => this.collator.compare(one[1], other[1]));
        for (const [key, name] of named) this.select.append(element("option", { value: key }, `${name} (+${codes[key]})`));
        this.select.value = region || here || "";
        this.#typed({});
        this.node.hidden = false;
      } catch {
        // As it was.
      }
    }

    /** What is typed already stays, behind the code of the country. */
    #choose() {
      const { field } = this.composer;
      const code = `+${this.#codes[this.select.value]} `;
      const [known] = this.#split(field.value);
      const rest = field.value.trim().replace(/^(\+|00)/, known ? "" : "$1").slice(known.length).trim();
      this.composer.put(code + (/\d/.test(rest) ? rest : ""));
      this.composer.focus();
    }

    /** The dialling code a text begins with, and the digits behind it. */
    #split(text) {
      const digits = text.trim().match(/^(?:\+|00)([\d\s]*)$/)?.[1].replace(/\s/g, "") || "";
      const code = Object.values(this.#codes)
        .map(String)
        .filter((one) => digits.startsWith(one))
        .sort((one, other) => other.length - one.length)[0];
      return [code || "", digits.slice((code || "").length)];
    }

    #typed({ inputType }) {
      const { field } = this.composer;
      const [code, rest] = this.#split(field.value);
      if (!code) return;
      if (String(this.#codes[this.select.value]) !== code) {
        this.select.value = Object.keys(this.#codes).find((key) => String(this.#codes[key]) === code);
      }
      // Taking a digit away must not put a space back, nor may the caret jump.
      if (inputType?.startsWith("insert") && field.selectionStart === field.value.length) {
        this.composer.put(`+${code} ${rest.replace(GROUP, "$1 ")}`);
      }
    }
  };
});
