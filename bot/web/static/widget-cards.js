/**
 * What a message shows beside its words: faces, pictures, links, cards. What others wrote (the script's author, the
 * visitor, a person in sales) becomes text nodes, and addresses only of kinds that cannot run anything.
 */
"use strict";

window.Handraiser.define("cards", ({ element, icon }) => {
  const WEB = ["http:", "https:"];
  const LINKS = [...WEB, "mailto:", "tel:"];
  const WEB_ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
  const EMBLEMS = {
    file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Zm0 0v5h5M12 11.5v6m-2.5-2.5 2.5 2.5 2.5-2.5",
    link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
    code: "M4 7.5h16v3.2a1.5 1.5 0 0 0 0 2.6v3.2H4v-3.2a1.5 1.5 0 0 0 0-2.6ZM14 8v2m0 2v1m0 2v1.5",
    event: "M5 6h14v14H5Zm0 4.5h14M9 3.5V7m6-3.5V7",
  };
  const MOMENT = {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  };
  const COPIED_MILLISECONDS = 2500;

  /** Up to two initials of a name. */
  function initials(name) {
    const words = String(name || "")
      .trim()
      .split(/\s+/);
    return words
      .slice(0, 2)
      .map((word) => Array.from(word)[0] || "")
      .join("")
      .toUpperCase();
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

  /** Draws for one chat: knows its server and the words of its reader's language. */
  class Cards {
    /** @param {string} server relative addresses are its @param {Object<string, string>} words */
    constructor(server, words) {
      this.server = server;
      this.words = words;
      /** Language of the script, for dates. */
      this.language = undefined;
    }

    /** An address that is safe to follow, or null. */
    safe(address, schemes = LINKS) {
      try {
        const url = new URL(String(address), `${this.server}/`);
        return schemes.includes(url.protocol) ? url.href : null;
      } catch {
        return null;
      }
    }

    /** The text as nodes, web addresses in it as links. */
    linked(text) {
      const nodes = [];
      let end = 0;
      for (const found of text.matchAll(WEB_ADDRESS)) {
        // A full stop or bracket after an address belongs to the sentence; a bracket opened within it does not.
        let address = found[0].replace(/[.,;:!?…]+$/, "");
        if (address.endsWith(")") && !address.includes("(")) address = address.replace(/[).,;:!?]+$/, "");
        const href = this.safe(address, WEB);
        if (!href) continue;
        nodes.push(text.slice(end, found.index), element("a", this.#elsewhere(href), address));
        end = found.index + address.length;
      }
      return [...nodes, text.slice(end)];
    }

    /** A face: the picture, or the initials while there is none. */
    face({ name, picture }) {
      const drawn = element("span", { class: "face", part: "face", "aria-hidden": "true" }, initials(name));
      if (picture) drawn.append(this.picture(picture, {}) || "");
      return drawn;
    }

    /** A picture that disappears when it cannot be loaded; null when its address is no web address. */
    picture(address, attributes = { class: "picture", part: "picture" }) {
      const href = address ? this.safe(address, WEB) : null;
      if (!href) return null;
      const lazy = { alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: () => drawn.remove() };
      const drawn = element("img", { ...attributes, ...lazy });
      drawn.src = href;
      return drawn;
    }

    /** Links that look like buttons; null when there are none. */
    links(links) {
      if (!links || !links.length) return null;
      return element("div", { class: "links" }, ...links.map(({ label, url }) => this.#link(label, url)));
    }

    /** A lead magnet; null when there is none. */
    card(card) {
      if (!card) return null;
      const kind = card.kind in EMBLEMS ? card.kind : "link";
      return element(
        "div",
        { class: "card", part: "card", dir: "auto" },
        element("span", { class: "emblem" }, icon(EMBLEMS[kind])),
        element(
          "div",
          { class: "about" },
          element("p", { class: "title" }, card.title || card.url),
          ...this.#about(card),
        ),
        element("div", { class: "actions" }, ...this.#actions[kind](card)),
      );
    }

    /** A moment for people, in the reader's own time zone; null when it is none. */
    time(at) {
      const time = new Date(at);
      if (Number.isNaN(time.getTime())) return null;
      return time.toLocaleString(this.language, { dateStyle: "medium", timeStyle: "short" });
    }

    #actions = {
      file: ({ url }) => [this.#link(this.words.download, url, true)],
      link: ({ url }) => [this.#link(this.words.openLink, url, true)],
      code: ({ code, url }) => [...this.#copyButton(code), url ? this.#link(this.words.openLink, url) : null],
      event: ({ url, calendar_url }) => [
        calendar_url ? this.#link(this.words.calendar, calendar_url, true) : null,
        url ? this.#link(this.words.join, url) : null,
      ],
    };

    #about({ kind, starts, ends, place, description, code }) {
      return [
        kind === "event" ? element("p", {}, this.#span(starts, ends)) : null,
        place ? element("p", {}, place) : null,
        description ? element("p", {}, description) : null,
        kind === "code" ? element("code", { class: "code", dir: "ltr" }, code) : null,
      ];
    }

    #span(starts, ends) {
      const [from, to] = [new Date(starts), new Date(ends || starts)];
      if (Number.isNaN(from.getTime())) return null;
      const format = new Intl.DateTimeFormat(this.language, MOMENT);
      return to > from ? format.formatRange(from, to) : format.format(from);
    }

    #elsewhere(href) {
      return { href, target: "_blank", rel: "noopener noreferrer" };
    }

    /** Where the address is of a dangerous kind, the label alone. */
    #link(label, address, strong = false) {
      const href = this.safe(address);
      if (!href) return element("span", { class: "link" }, label);
      const look = { class: strong ? "link strong" : "link", part: "link" };
      const newTab = element("span", { class: "unseen" }, ` (${this.words.newTab})`);
      return element("a", { ...look, ...this.#elsewhere(href) }, label, newTab);
    }

    #copyButton(code) {
      const label = element("span", {}, this.words.copy);
      const said = element("span", { class: "unseen", role: "status" });
      const say = (text, spoken) => {
        label.textContent = text;
        said.textContent = spoken;
      };
      const copy = async () => {
        await copyText(code);
        say(this.words.copied, this.words.copied);
        setTimeout(() => say(this.words.copy, ""), COPIED_MILLISECONDS);
      };
      const button = element("button", { type: "button", class: "link strong", part: "link", onclick: copy }, label);
      return [button, said];
    }
  }

  return Cards;
});
