/**
 * What a message shows below its words: lead magnets and links; and web addresses within the words. What others wrote
 * (the script's author, the visitor, a person in sales) becomes text nodes.
 */
"use strict";

window.Handraiser.define("cards", ({ element, icon }) => {
  const LINKS = /^(https?|mailto|tel):$/;
  /** A full stop or bracket after an address belongs to the sentence; a bracket opened within it does not. */
  const WEB_ADDRESS = /(https?:\/\/(?:[^\s<>"'`()]|\([^\s<>"'`()]*\))*(?:[^\s<>"'`().,;:!?…]|\([^\s<>"'`()]*\)))/i;
  /** Kinds of cards: the emblem, and the word for following the card's address. */
  const KINDS = {
    file: ["M14 3H6v18h12V7Zm0 0v4h4M12 11v6m-3-3 3 3 3-3", "download"],
    link: ["m9 15 6-6m-4-2 2-2a4 4 0 0 1 6 6l-2 2m-4 4-2 2a4 4 0 0 1-6-6l2-2", "openLink"],
    code: ["M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4Zm10 1v2m0 2v2m0 2v1", "openLink"],
    event: ["M5 6h14v14H5Zm0 5h14M9 3v4m6-4v4", "join"],
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
      const area = element("textarea", {}, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  const drawAnchor = (href, attributes, ...inside) =>
    element("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...inside);

  /** Make links of the web addresses in a bubble. @param {Transcript} transcript */
  function link(bubble, { given: { faces } }) {
    const drawn = bubble.textContent.split(WEB_ADDRESS).map((text, at) => {
      const href = at % 2 && faces.safe(text);
      return href ? drawAnchor(href, {}, text) : text;
    });
    bubble.replaceChildren(...drawn);
  }

  /** Card and links of a message. @param {Transcript} transcript */
  function below({ card, links }, transcript) {
    const { words, faces } = transcript.given;

    /** A link that looks like a button. Where the address is of a dangerous kind, the label alone. */
    const drawLink = (label, address, look = "choice", purpose = "") => {
      const href = faces.safe(address, LINKS);
      if (!href) return element("span", { class: "choice" }, label);
      const unseen = (text) => element("span", { class: "unseen" }, text);
      return drawAnchor(href, { class: look, part: "link" }, unseen(purpose), label, unseen(` (${words.newTab})`));
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
      return [element("button", { class: "choice strong", part: "link", onclick }, label), said];
    };

    const drawSpan = (starts, ends = starts) => {
      const format = new Intl.DateTimeFormat(transcript.locale, MOMENT);
      try {
        return format.formatRange(new Date(starts), new Date(ends));
      } catch {
        // These are no moments.
      }
    };

    /** What a card has, its kind shows; what comes first is what it is for. */
    const drawCard = ({ kind, title, url, description, place, starts, ends, code, calendar_url, calendars = [] }) => {
      const [emblem, verb] = KINDS[kind] || KINDS.link;
      const line = (text) => text && element("p", {}, text);
      return element(
        "div",
        { class: "card", dir: "auto" },
        element("span", { class: "face" }, icon(emblem)),
        element(
          "div",
          { class: "about" },
          element("p", { class: "title" }, title || url),
          line(starts && drawSpan(starts, ends)),
          line(place),
          line(description),
          code && element("code", { class: "code", dir: "ltr" }, code),
        ),
        element(
          "div",
          { class: "actions" },
          ...(code ? drawCopy(code) : []),
          calendar_url && drawLink(words.calendar, calendar_url, "choice strong"),
          ...calendars.map(({ label, url: address }) => drawLink(label, address, "choice", `${words.calendar}: `)),
          url && drawLink(words[verb], url, code || calendar_url ? "choice" : "choice strong"),
        ),
      );
    };

    /** A link for the phone, beside a chat on a larger screen. */
    const drawCode = ({ path, size, title }) => {
      const drawing = icon(path);
      drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
      return element("figure", { class: "scan", part: "card" }, drawing, element("figcaption", {}, title));
    };

    const drawn = document.createDocumentFragment();
    if (card) drawn.append((card.kind === "qr" ? drawCode : drawCard)(card));
    if (links) drawn.append(element("div", { class: "links" }, ...links.map(({ label, url }) => drawLink(label, url))));
    return drawn;
  }

  return { link, below };
});
