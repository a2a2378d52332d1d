/**
 * What a message shows below its words: lead magnets and links; and web addresses within the words. What others wrote
 * (the script's author, the visitor, a person in sales) becomes text nodes.
 */
"use strict";

window.Handraiser.define("cards", ({ element, icon }) => {
  const LINKS = /^(https?|mailto|tel):$/;
  const WEB_ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
  const EMBLEMS = {
    file: "M14 3H6v18h12V7Zm0 0v4h4M12 11v6m-3-3 3 3 3-3",
    link: "m9 15 6-6m-4-2 2-2a4 4 0 0 1 6 6l-2 2m-4 4-2 2a4 4 0 0 1-6-6l2-2",
    code: "M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4Zm10 1v2m0 2v2m0 2v1",
    event: "M5 6h14v14H5Zm0 5h14M9 3v4m6-4v4",
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

  const elsewhere = (href) => ({ href, target: "_blank", rel: "noopener noreferrer" });

  /** Make links of the web addresses in a bubble. @param {Transcript} transcript */
  function link(bubble, { given: { faces } }) {
    const text = bubble.textContent;
    const nodes = [];
    let end = 0;
    for (const found of text.matchAll(WEB_ADDRESS)) {
      // A full stop or bracket after an address belongs to the sentence; a bracket opened within it does not.
      let address = found[0].replace(/[.,;:!?…]+$/, "");
      if (address.endsWith(")") && !address.includes("(")) address = address.replace(/[).,;:!?]+$/, "");
      const href = faces.safe(address);
      if (!href) continue;
      nodes.push(text.slice(end, found.index), element("a", elsewhere(href), address));
      end = found.index + address.length;
    }
    bubble.replaceChildren(...nodes, text.slice(end));
  }

  /** Card and links of a message. @param {Transcript} transcript */
  function below({ card, links = [] }, transcript) {
    const { words, faces } = transcript.given;

    /** A link that looks like a button. Where the address is of a dangerous kind, the label alone. */
    const drawLink = (label, address, look = "choice strong") => {
      const href = faces.safe(address, LINKS);
      if (!href) return element("span", { class: "choice" }, label);
      const newTab = element("span", { class: "unseen" }, ` (${words.newTab})`);
      return element("a", { class: look, part: "link", ...elsewhere(href) }, label, newTab);
    };

    const drawCopy = (code) => {
      const label = element("span", {}, words.copy);
      const said = element("span", { class: "unseen", role: "status" });
      const onclick = async () => {
        await copyText(code);
        label.textContent = said.textContent = words.copied;
        setTimeout(() => {
          label.textContent = words.copy;
          said.textContent = "";
        }, COPIED_MILLISECONDS);
      };
      return [element("button", { type: "button", class: "choice strong", part: "link", onclick }, label), said];
    };

    const drawSpan = ({ starts, ends }) => {
      const [from, to] = [new Date(starts), new Date(ends || starts)];
      if (Number.isNaN(+from)) return null;
      const format = new Intl.DateTimeFormat(transcript.locale, MOMENT);
      return to > from ? format.formatRange(from, to) : format.format(from);
    };

    /** The same entry for calendars on the web, which read it from an address. */
    const drawCalendars = ({ title, starts, ends, place = "", url = "", description = "" }) => {
      const moment = (at) => new Date(at).toISOString().slice(0, 19);
      if (Number.isNaN(+new Date(starts)) || Number.isNaN(+new Date(ends))) return [];
      const bare = (at) => `${moment(at).replace(/[-:]/g, "")}Z`;
      const details = `${description} ${(url && faces.safe(url)) || ""}`.trim();
      const google = { action: "TEMPLATE", text: title, dates: `${bare(starts)}/${bare(ends)}`, location: place, details };
      const outlook = { subject: title, startdt: `${moment(starts)}Z`, enddt: `${moment(ends)}Z`, location: place, body: details };
      const compose = "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&";
      return [
        ["Google", `https://calendar.google.com/calendar/render?${new URLSearchParams(google)}`],
        ["Outlook", compose + new URLSearchParams(outlook)],
      ].map(([name, address]) => {
        const drawn = drawLink(name, address, "choice");
        drawn.prepend(element("span", { class: "unseen" }, `${words.calendar}: `));
        return drawn;
      });
    };

    const ACTIONS = {
      file: ({ url }) => [drawLink(words.download, url)],
      link: ({ url }) => [drawLink(words.openLink, url)],
      code: ({ code, url }) => [...drawCopy(code), url ? drawLink(words.openLink, url, "choice") : null],
      event: ({ url, calendar_url }) => [
        calendar_url ? drawLink(words.calendar, calendar_url) : null,
        ...drawCalendars(card),
        url ? drawLink(words.join, url, "choice") : null,
      ],
    };

    const drawCard = () => {
      const kind = card.kind in EMBLEMS ? card.kind : "link";
      const line = (text) => (text ? element("p", {}, text) : null);
      return element(
        "div",
        { class: "card", part: "card", dir: "auto" },
        element("span", { class: "face" }, icon(EMBLEMS[kind])),
        element(
          "div",
          { class: "about" },
          element("p", { class: "title" }, card.title || card.url),
          kind === "event" ? line(drawSpan(card)) : null,
          line(card.place),
          line(card.description),
          kind === "code" ? element("code", { class: "code", dir: "ltr" }, card.code) : null,
        ),
        element("div", { class: "actions" }, ...ACTIONS[kind](card)),
      );
    };

    /** A link for the phone, beside a chat on a larger screen. */
    const drawCode = () => {
      const drawing = icon(card.path);
      drawing.setAttribute("viewBox", `0 0 ${card.size} ${card.size}`);
      return element("figure", { class: "scan", part: "card" }, drawing, element("figcaption", {}, card.title));
    };

    const drawn = document.createDocumentFragment();
    if (card) drawn.append(card.kind === "qr" ? drawCode() : drawCard());
    if (links.length) {
      drawn.append(element("div", { class: "links" }, ...links.map(({ label, url }) => drawLink(label, url, "choice"))));
    }
    return drawn;
  }

  return { link, below };
});
