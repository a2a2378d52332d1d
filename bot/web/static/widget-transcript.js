/**
 * The messages on screen: texts, cards, links, and the answers that can be pressed. What others wrote (the script's
 * author, the visitor, a person in sales) becomes text nodes, and addresses only of kinds that cannot run anything.
 */
"use strict";

window.Handraiser.define("transcript", ({ element, icon }) => {
  const WEB_ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
  const ICONS = {
    file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Zm0 0v5h5M12 11.5v6m-2.5-2.5 2.5 2.5 2.5-2.5",
    link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
    code: "M4 7.5h16v3.2a1.5 1.5 0 0 0 0 2.6v3.2H4v-3.2a1.5 1.5 0 0 0 0-2.6ZM14 8v2m0 2v1m0 2v1.5",
    event: "M5 6h14v14H5Zm0 4.5h14M9 3.5V7m6-3.5V7",
    tick: "m5 12.5 4.5 4.5L19 7.5",
  };

  /**
   * An address that is safe to be a link, or null.
   * @param {*} address relative ones belong to the server
   * @param {string} server
   * @param {string[]} [kinds] schemes allowed
   * @returns {string|null}
   */
  function safeAddress(address, server, kinds = ["http:", "https:", "mailto:", "tel:"]) {
    try {
      const url = new URL(String(address), `${server}/`);
      return kinds.includes(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  }

  /** Up to two initials of a name. */
  function initials(name) {
    const words = String(name || "").trim().split(/\s+/);
    return words.slice(0, 2).map((word) => Array.from(word)[0] || "").join("").toUpperCase();
  }

  /**
   * A face: the picture, or the initials while there is none.
   * @param {{name?: string, picture?: string}} persona
   * @param {string} server
   * @returns {HTMLElement}
   */
  function face(persona, server) {
    const address = persona.picture && safeAddress(persona.picture, server, ["http:", "https:"]);
    const drawn = element("span", { class: "face", part: "face", "aria-hidden": "true" }, initials(persona.name));
    if (address) {
      const picture = element("img", { alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: () => picture.remove() });
      picture.src = address;
      drawn.append(picture);
    }
    return drawn;
  }

  /** The text as nodes, web addresses in it as links. */
  function linked(text, server) {
    const nodes = [];
    let end = 0;
    for (const found of text.matchAll(WEB_ADDRESS)) {
      // A full stop or bracket after an address belongs to the sentence; a bracket opened within it does not.
      let address = found[0].replace(/[.,;:!?…]+$/, "");
      if (address.endsWith(")") && !address.includes("(")) address = address.slice(0, -1).replace(/[.,;:!?]+$/, "");
      const href = safeAddress(address, server, ["http:", "https:"]);
      if (!href) continue;
      nodes.push(text.slice(end, found.index), element("a", { href, target: "_blank", rel: "noopener noreferrer" }, address));
      end = found.index + address.length;
    }
    return [...nodes, text.slice(end)];
  }

  class Transcript {
    #messages;
    /** Not acknowledged yet: id to element; they stand at the end. */
    #pending = new Map();
    /** The answers that can be pressed now, or were the last that could. */
    #answers = null;
    /** Whether a question stands that the visitor has not reacted to. */
    #asked = false;

    /**
     * @param {Object} given
     * @param {HTMLElement} given.messages where they go
     * @param {Object<string, string>} given.words
     * @param {string} given.server
     * @param {function(string, string=, string=): void} given.say an answer was given: text, key, step
     * @param {function(Object|null): void} given.asks the message that is to be answered
     * @param {function(): string} given.skipWord what the script understands as "skip"
     * @param {function(string): void} given.retry
     * @param {function(string, string): void} given.shorten
     * @param {function(): void} given.refocus the focused button is about to be disabled
     */
    constructor(given) {
      this.given = given;
      this.words = given.words;
      this.#messages = given.messages;
      this.language = undefined;
      this.persona = {};
    }

    clear() {
      this.#messages.replaceChildren();
      this.#pending.clear();
      this.#answers = null;
      this.given.asks(null);
    }

    /** A message in its place in the conversation. */
    add(message) {
      const pending = message.id && this.#pending.get(message.id);
      if (pending) {
        const first = this.#firstPending;
        if (first !== pending) this.#messages.insertBefore(pending, first);
        this.#pending.delete(message.id);
        this.#mark(pending, "sent");
      } else {
        const drawn = message.from === "visitor" ? this.#own(message, "sent") : this.#theirs(message);
        this.#messages.insertBefore(drawn, this.#firstPending);
        this.#group(drawn);
      }
      if (message.from === "visitor") this.#closeAnswers(message.choice, message.step);
    }

    /** Something said that is not acknowledged. */
    addPending(item) {
      const drawn = this.#own(item, "sending");
      this.#pending.set(item.id, drawn);
      this.#messages.append(drawn);
      this.#group(drawn);
      this.#closeAnswers(item.choice, item.step);
      if (item.failed) this.progress(item.id, "failed", item.failed);
    }

    /** How something said is doing: sending, waiting, sent or failed. */
    progress(id, state, code) {
      const drawn = this.#pending.get(id);
      if (drawn) this.#mark(drawn, state, id, code);
    }

    // ------------------------------------------------------------------ drawing

    get #firstPending() {
      return this.#pending.values().next().value || null;
    }

    /** Messages of one speaker in a row share a face. */
    #group(drawn) {
      const before = drawn.previousElementSibling;
      drawn.classList.toggle("follows", Boolean(before) && before.dataset.speaker === drawn.dataset.speaker);
    }

    /** The visitor's own words are not read back to them. */
    #own({ text, at }, state) {
      const drawn = element(
        "div",
        { class: "message own", part: "message own-message", "aria-live": "off", "data-speaker": "visitor" },
        element("div", { class: "body" },
          element("span", { class: "unseen" }, `${this.words.you}: `),
          element("p", { class: "bubble", part: "bubble own-bubble", dir: "auto", title: this.#time(at) }, text),
          element("span", { class: "state" })),
      );
      this.#mark(drawn, state);
      return drawn;
    }

    #mark(drawn, state, id, code) {
      const line = drawn.querySelector(".state");
      if (line.dataset.state === state) return;
      line.dataset.state = state;
      const tooLong = state === "failed" && code === "too_long";
      line.replaceChildren(tooLong ? this.words.tooLong : this.words[state]);
      if (state === "sent") line.prepend(icon(ICONS.tick));
      if (state === "failed" || state === "waiting") {
        const again = tooLong ? () => this.#shorten(id, drawn) : () => this.given.retry(id);
        line.append(" ", element("button", { type: "button", class: "again", onclick: again }, tooLong ? this.words.shorten : this.words.retry));
      }
    }

    #shorten(id, drawn) {
      this.given.shorten(id, drawn.querySelector(".bubble").textContent);
      this.#pending.delete(id);
      drawn.remove();
      if (this.#answers && !this.#pending.size) this.#answers.node.disabled = false;
    }

    #theirs(message) {
      const persona = message.persona || (message.from === "bot" ? this.persona : {});
      const speaker = `${message.from} ${persona.name || ""}`;
      const stranger = persona.name && persona.name !== this.persona.name;
      const parts = [
        this.#picture(message.picture),
        message.text ? element("p", { class: "bubble", part: "bubble", dir: "auto", title: this.#time(message.at) }, ...linked(message.text, this.given.server)) : null,
        message.card ? this.#card(message.card) : null,
        message.links ? this.#links(message.links) : null,
        this.#ask(message),
      ];
      return element(
        "div",
        { class: `message ${message.from === "rep" ? "rep" : "bot"}`, part: "message", lang: this.language, "data-speaker": speaker },
        face(persona, this.given.server),
        element("div", { class: "body" },
          persona.name ? element("span", { class: stranger ? "name" : "unseen", dir: "auto" }, stranger ? persona.name : `${persona.name}: `) : null,
          ...parts),
      );
    }

    #time(at) {
      const time = new Date(at);
      return Number.isNaN(time.getTime()) ? null : time.toLocaleString(this.language, { dateStyle: "medium", timeStyle: "short" });
    }

    #picture(address) {
      const href = address && safeAddress(address, this.given.server, ["http:", "https:"]);
      if (!href) return null;
      const picture = element("img", { class: "picture", part: "picture", alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: () => picture.remove() });
      picture.src = href;
      return picture;
    }

    /** A link that looks like a button; where the address is of a dangerous kind, its label alone. */
    #button(label, address, strong = false) {
      const href = safeAddress(address, this.given.server);
      if (!href) return element("span", { class: "link" }, label);
      const newTab = element("span", { class: "unseen" }, ` (${this.words.newTab})`);
      return element("a", { class: strong ? "link strong" : "link", part: "link", href, target: "_blank", rel: "noopener noreferrer" }, label, newTab);
    }

    #links(links) {
      return element("div", { class: "links" }, ...links.map((link) => this.#button(link.label, link.url)));
    }

    #card(card) {
      const words = this.words;
      const actions = {
        file: () => [this.#button(words.download, card.url, true)],
        code: () => [this.#copyButton(card.code), card.url ? this.#button(words.openLink, card.url) : null],
        event: () => [
          card.calendar_url ? this.#button(words.calendar, card.calendar_url, true) : null,
          card.url ? this.#button(words.join, card.url) : null,
        ],
      };
      const details = [
        card.kind === "event" ? element("p", { class: "when" }, this.#span(card.starts, card.ends)) : null,
        card.place ? element("p", {}, card.place) : null,
        card.description ? element("p", {}, card.description) : null,
        card.kind === "code" ? element("code", { class: "code", dir: "ltr" }, card.code) : null,
      ];
      return element("div", { class: "card", part: "card", dir: "auto" },
        element("span", { class: "emblem" }, icon(ICONS[card.kind] || ICONS.link)),
        element("div", { class: "about" }, element("p", { class: "title" }, card.title || card.url), ...details),
        element("div", { class: "actions" }, ...(actions[card.kind] || (() => [this.#button(words.openLink, card.url, true)]))()));
    }

    #span(starts, ends) {
      const [from, to] = [new Date(starts), new Date(ends || starts)];
      if (Number.isNaN(from.getTime())) return "";
      const shape = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
      const format = new Intl.DateTimeFormat(this.language, shape);
      return to > from ? format.formatRange(from, to) : format.format(from);
    }

    #copyButton(code) {
      const said = element("span", { role: "status" }, this.words.copy);
      const copy = async () => {
        await copyText(code);
        said.textContent = this.words.copied;
        setTimeout(() => (said.textContent = this.words.copy), 2500);
      };
      return element("button", { type: "button", class: "link strong", onclick: copy }, said);
    }

    // ------------------------------------------------------------------ answering

    /** What can be pressed under a message; null when it is only to be read. */
    #ask(message) {
      const input = message.input || {};
      const drawn = this.#choices(message, input) || this.#native(message, input);
      if (message.input || message.choices) {
        this.#closeAnswers();
        this.#answers = null;
        this.#asked = true;
        this.given.asks(message);
      } else if (!this.#asked) {
        this.given.asks(null);
      }
      if (!drawn && !input.optional) return null;
      const skip = () => this.given.say(this.given.skipWord());
      const node = element("fieldset", { class: "answers", part: "answers" },
        element("legend", { class: "unseen" }, this.words.answers),
        drawn,
        input.optional ? element("button", { type: "button", class: "choice quiet", part: "choice", onclick: skip }, this.words.skip) : null);
      this.#answers = { node, step: message.step };
      return node;
    }

    #choices(message, input) {
      const choices = message.choices || [];
      if (input.kind === "rating") return this.#rating(message, input, choices);
      if (!choices.length) return null;
      if (input.kind === "choices") return this.#several(message, choices);
      return element("div", { class: "choices" }, ...choices.map(({ key, label }) =>
        this.#choice(label, { "data-key": key, onclick: () => this.given.say(label, key, message.step) })));
    }

    #choice(label, attributes) {
      return element("button", { type: "button", class: "choice", part: "choice", dir: "auto", ...attributes }, label);
    }

    #several(message, choices) {
      const picked = () => choices.filter((_, index) => buttons[index].getAttribute("aria-pressed") === "true");
      const send = this.#choice(this.words.send, { class: "choice strong", disabled: true, onclick: () => {
        const labels = picked().map((choice) => choice.label).join(", ");
        this.given.say(labels, picked().map((choice) => choice.key).join(","), message.step);
      } });
      const toggle = ({ currentTarget: button }) => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        send.disabled = !picked().length;
      };
      const buttons = choices.map(({ key, label }) =>
        this.#choice(label, { class: "choice toggle", "data-key": key, "aria-pressed": "false", onclick: toggle }));
      for (const button of buttons) button.prepend(icon(ICONS.tick));
      return element("div", { class: "choices" }, ...buttons, send);
    }

    #rating(message, input, choices) {
      const lowest = Number(input.minimum ?? 1);
      const highest = Math.min(Number(input.maximum ?? 5), lowest + 10);
      const labels = (input.extra && input.extra.labels) || {};
      const ends = Array.isArray(labels) ? [labels[0], labels.at(-1)] : [labels[lowest] ?? labels.low, labels[highest] ?? labels.high];
      const buttons = [];
      for (let points = lowest; points <= highest; points += 1) {
        const choice = choices.find(({ key }) => key === String(points));
        const say = () => (choice ? this.given.say(choice.label, choice.key, message.step) : this.given.say(String(points)));
        const name = [`${points} ${this.words.of} ${highest}`, points === lowest && ends[0], points === highest && ends[1]];
        buttons.push(this.#choice(String(points), { class: "choice point", "data-key": points, "aria-label": name.filter(Boolean).join(", "), onclick: say }));
      }
      return element("div", { class: "rating" }, element("div", { class: "points" }, ...buttons),
        ends[0] || ends[1] ? element("div", { class: "ends", "aria-hidden": "true" }, element("span", {}, ends[0]), element("span", {}, ends[1])) : null);
    }

    /** The browser's own picker for a date or a time, beside the text field: "next Friday" stays possible. */
    #native(message, { kind, minimum, maximum }) {
      const type = { date: "date", time: "time", datetime: "datetime-local" }[kind];
      if (!type) return null;
      const length = { date: 10, time: 5, datetime: 16 }[kind];
      const bound = (value) => (typeof value === "string" ? value.slice(0, length) : null);
      const picker = element("input", { type, class: "picker", "aria-label": this.words[kind], min: bound(minimum), max: bound(maximum) });
      const send = () => (picker.value ? this.given.say(picker.value.replace("T", " ")) : picker.focus());
      const onkeydown = (event) => event.key === "Enter" && send();
      picker.addEventListener("keydown", onkeydown);
      return element("div", { class: "choices" }, picker, this.#choice(this.words.send, { class: "choice strong", onclick: send }));
    }

    /** Once answered, or passed over, buttons stay as a record of what was offered. */
    #closeAnswers(choice, step) {
      this.#asked = false;
      if (!this.#answers) return;
      const { node } = this.#answers;
      if (!node.disabled && node.contains(node.getRootNode().activeElement)) this.given.refocus();
      node.disabled = true;
      if (choice === undefined || choice === null || (step && step !== this.#answers.step)) return;
      const keys = String(choice).split(",");
      for (const button of node.querySelectorAll("[data-key]")) button.classList.toggle("chosen", keys.includes(button.dataset.key));
    }
  }

  /** The clipboard, also on pages without https. */
  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { readonly: true }, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  return { Transcript, face };
});
