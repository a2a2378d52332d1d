/** The messages on screen, in their order. What few of them have (cards, links, ratings) comes when one has it. */
"use strict";

window.Handraiser.define("transcript", (parts) => {
  const { element } = parts;

  /** One of the rooms that come with talk.js, in the one file that holds all that this conversation needs. */
  parts.needTalk = (name = "talk") => parts.need(name, `talk${parts.along || ""}`);

  /** What one of these rooms draws; in its place stands nothing until it is here. */
  parts.later = (name, draw) => {
    if (parts[name]) return draw(parts[name]);
    const place = element("span", { hidden: true });
    parts.needTalk(name).then((part) => place.replaceWith(draw(part)));
    return place;
  };

  /**
   * @param {Panel} given
   * @param {HTMLElement} given.messages where they go
   * @param {Object<string, string>} given.words
   * @param {Faces} given.faces
   * @param {Answers} given.answers
   */
  return (given) => {
    const { messages, words, faces, answers } = given;
    /** What people of ours said, which they may change: id to element. */
    const spoken = new Map();

    function clear() {
      messages.replaceChildren();
      spoken.clear();
      transcript.outgoing?.clear();
      answers.pause();
    }

    /** A message in its place in the conversation. */
    function add(message) {
      if (message.revises) return change(message);
      if (message.from !== "visitor") return put(drawTheirs(message));
      if (!transcript.outgoing?.settle(message)) put(own(message));
      answers.close();
    }

    /** Those that are not acknowledged stand at the end. Messages of one speaker in a row share a face. */
    function put(drawn, before = transcript.outgoing?.first || null) {
      messages.insertBefore(drawn, before);
      const last = drawn.previousElementSibling;
      drawn.classList.toggle("follows", last?.dataset.speaker === drawn.dataset.speaker);
      return drawn;
    }

    /** What somebody said, `own`, `bot` or `rep`; their name is told to screen readers, and shown as `look` says. */
    function draw(who, name = "", look, attributes, face, ...inside) {
      const told = name && element("span", { class: look, dir: "auto" }, `${name}: `);
      return element(
        "div",
        { class: `${who} message ${who}-message`, "data-speaker": who + name, ...attributes },
        face,
        element("div", { class: "body" }, told, ...inside),
      );
    }

    /** The visitor's own words are not read back to them; in their place, the `name` of a file. */
    function own({ text, at, name }) {
      const bubble = drawBubble(text || `📎 ${name}`, at);
      return draw("own", words.you, "unseen", { "aria-live": "off" }, null, bubble, element("span", { class: "state" }));
    }

    function drawTheirs(message) {
      const { from, joined, text, at, picture, alt, card, links, revises, id } = message;
      if (joined) {
        // The way back to the bot stands above the field, and not here.
        answers.pause();
        const look = { class: "joined", dir: "auto", lang: transcript.language, title: time(at) };
        return element("p", look, faces.face(joined), text);
      }
      const persona = know(message);
      const isRep = from === "rep";
      const bubble = text && drawBubble(text, at);
      const drawn = draw(
        isRep ? "rep" : "bot",
        persona.name,
        persona.name === transcript.persona.name ? "unseen" : "name",
        // Changed later, it is read out again with the name before it.
        isRep ? { "aria-atomic": true } : { lang: transcript.language },
        faces.face(persona),
        faces.picture(picture, "picture", alt),
        bubble,
        isRep && element("span", { class: "mark" }, revises && words.edited),
        (card || links?.length) && parts.later("cards", ({ below }) => below(message, transcript)),
        answers.draw(message),
      );
      if (bubble) link(bubble);
      if (isRep && text) spoken.set(id, drawn);
      return drawn;
    }

    const drawBubble = (text, at) => element("p", { class: "bubble", dir: "auto", title: time(at) }, text);

    /** A moment for people, in the reader's own time zone. */
    const time = (at) =>
      at && new Date(at).toLocaleString(transcript.locale, { dateStyle: "medium", timeStyle: "short" });

    /** Make links of the web addresses in a text. */
    function link(bubble) {
      if (/https?:/i.test(bubble.textContent)) parts.needTalk("cards").then((cards) => cards.link(bubble, transcript));
    }

    /** Of what is not here to be changed, the change is news. */
    function change(message) {
      const drawn = spoken.get(message.id);
      if (drawn) parts.needTalk("person").then((person) => person.change(drawn, message, transcript));
      else if (message.text) put(drawTheirs(message));
    }

    /** The one in the header is known by its picture, also where a message gives only its name. */
    function know({ persona, from }) {
      const isKnown = persona ? persona.name === transcript.persona.name : from === "bot";
      return { ...(isKnown && transcript.persona), ...persona };
    }

    const transcript = {
      given,
      messages,
      /** Draws what the visitor said that is not acknowledged yet, and says of it how it is doing: outgoing.js. */
      outgoing: null,
      /** As whom the script speaks; `language` and `locale` say in which language. */
      persona: {},
      clear,
      add,
      put,
      own,
      link,
    };
    return transcript;
  };
});
