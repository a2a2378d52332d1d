/** Brings the conversation on screen to life, once its first message is there: connects, sends, shows how it is doing. */
"use strict";

window.Handraiser.define("talk", (parts) => {
  const { element, dress } = parts;
  const BANNER_MILLISECONDS = 1500;
  /** How long the next pages listen for an answer, the chat open or not; while a person is there, and else. */
  const AWAITED_MINUTES_TALKING = 24 * 60;
  const AWAITED_MINUTES = 30;
  /** A bot may be a little late; a person who has stopped has stopped. */
  const BOT_GRACE_SECONDS = 4;
  /** Kinds of input that have a part of their own, which stands above the field. */
  const INPUTS = { file: "upload", tel: "phone" };

  /** @param {Panel} panel */
  return function Talk(panel) {
    const { chat, memory, words, hearing, transcript, composer, banner } = panel;
    let state;
    let status = "";
    let bannerTimer;
    let typingTimer;
    let page;
    let bar;
    let clip;
    /** A new object for each question, so that a part that comes late can tell. */
    let stands;

    dress(chat.shadowRoot, "css:talk.css" + "css:cards.css" + "css:inputs.css" + "css:person.css");
    const typist = element("span", { class: "name", dir: "auto" });
    const dots = element("span", { class: "bubble dots" });
    const typing = element("div", { class: "typing body", "aria-hidden": true, hidden: true }, typist, dots);
    panel.log.append(typing);
    const ended = element(
      "div",
      { class: "ended", hidden: true },
      words.ended,
      element("button", { class: "choice", onclick: () => panel.restart() }, words.startOver),
    );
    /** What stands above the field for the question that is asked. */
    const extra = element("div", { class: "extra" });
    composer.node.before(ended, extra);
    const person = parts.person.meet(panel);
    const scrolling = parts.scrolling(panel);
    const missing = panel.launcher && parts.missing(panel);
    const connection = new parts.connection(panel, {
      connected,
      frame,
      refused: (error) => needPage((its) => its.refused(error)),
    });
    const outgoing = (transcript.outgoing = connection.outgoing);

    /** @param {Object|null} greeting what the server has said already */
    function start(greeting) {
      chat.tell = (more) => needPage((its) => its.tell(more));
      if (greeting?.token) told(greeting);
      suit(panel.asked);
      for (const [message, isNew] of panel.news.splice(0)) hear(message, isNew);
      if (greeting?.status) stand(greeting.status);
      connection.start(greeting);
    }

    function stop() {
      connection.stop();
      scrolling.stop();
    }

    /** The conversation is on screen. */
    function opened() {
      missing.count(0);
      scrolling.fit();
    }

    function say(item) {
      scrolling.toNewest();
      memory.await(AWAITED_MINUTES);
      outgoing.say(item);
    }

    /** A message is on screen. It may tell who is there; who has spoken is not writing any more. */
    function hear(message, isNew) {
      if (message.from === "visitor") return;
      quiet();
      if (message.progress >= 0) advance(message.progress);
      if (message.joined || message.from === "rep") person.hear(message);
      if (!isNew) return;
      announce(message);
      if (message.language) follow(message.language);
      if (!panel.opened) missing?.hear(message);
      // A change of what was said pulls nobody away from where they read.
      if (!message.revises) scrolling.hear();
    }

    /** How far the conversation has come, from 0 to 1. */
    function advance(far) {
      if (!bar) panel.head.after((bar = element("progress", { part: "progress", "aria-label": words.progress })));
      bar.value = far;
    }

    /** Make the field suit the question that stands, and what stands above it. To a person anything can be written. */
    async function suit(message) {
      const isTalking = status === "talking";
      const asked = isTalking ? null : message;
      parts.fields(composer, asked);
      const isBeside = isTalking && panel.uploads?.in_talks;
      if (isBeside && clip?.isConnected) return;
      extra.replaceChildren();
      clip?.remove();
      const mine = (stands = {});
      const name = isBeside ? "upload" : INPUTS[asked?.input?.kind];
      const Part = name && (await parts.need(name));
      if (!name || stands !== mine) return;
      const part = new Part(panel, asked?.input || { extra: panel.uploads }, isBeside);
      extra.replaceChildren(part.node);
      if (isBeside) composer.node.prepend((clip = part.button));
    }

    /** Another conversation begins. */
    function reset() {
      missing?.count(0);
      stand("");
    }

    /** The visitor has changed the language: the chat itself speaks it too, if it can. */
    function follow(wanted) {
      const chosen = parts.choose([wanted, panel.language]);
      if (chosen === panel.language) return;
      memory.language = chosen;
      const focused = chat.shadowRoot.activeElement;
      chat.rebuild();
      if (focused) chat.load().then((next) => next.focus());
    }

    // ------------------------------------------------------------------ what the connection tells

    function frame(heard) {
      if (heard.type === "welcome") told(heard);
      page?.hear(heard);
      if (heard.type === "typing") expect(heard);
      if (heard.status) stand(heard.status);
    }

    /** The server has let the visitor in: what the page tells may have to be told now, or was not taken. */
    function told(welcome) {
      const { extras, said } = chat;
      delete extras.proof;
      if (welcome.problems || extras.fields || extras.data || extras.identity || extras.start) needPage((its) => its.told(welcome, said));
    }

    /** page.js, for pages that tell something. */
    async function needPage(then) {
      const its = await parts.need("page");
      then((page ??= new its.Page(chat, connection)));
    }

    /** What came of the talk, once for all tabs. */
    function announce({ seq, happened }) {
      const { conversation } = hearing;
      if (!happened || (memory.heard?.conversation === conversation && memory.heard.seq >= seq)) return;
      memory.heard = { conversation, seq };
      for (const { event, detail } of happened) chat.announce(event, detail);
    }

    function connected(now) {
      state = now;
      if (state === "unavailable") composer.disable();
      if (/online|unavailable/.test(state)) {
        clearTimeout(bannerTimer);
        bannerTimer = null;
        showBanner();
        // A connection that is back at once was not worth a word.
      } else bannerTimer ??= panel.later(BANNER_MILLISECONDS, showBanner);
    }

    function showBanner() {
      // The browser has a network: it is the server that cannot be reached.
      const isLost = state === "offline" && navigator.onLine;
      banner.textContent = words[isLost ? "connecting" : state] || "";
      banner.dataset.state = state;
    }

    /** What the conversation is doing; it may have been doing it before. "" when another one begins. */
    function stand(now) {
      const wasTalking = status === "talking";
      const isTalking = now === "talking";
      status = now;
      ended.hidden = now !== "ended";
      if (!now) quiet();
      person.stand(now);
      if (isTalking) memory.await(AWAITED_MINUTES_TALKING);
      if (isTalking === wasTalking) return;
      if (wasTalking) memory.await(AWAITED_MINUTES);
      suit(panel.asked);
    }

    /** Somebody is about to speak. While a person is there, that is no bot. */
    function expect({ seconds, who, name = "" }) {
      const isRep = who === "rep";
      if (status === "talking" && !isRep) return;
      clearTimeout(typingTimer);
      typist.textContent = isRep ? name : "";
      typing.hidden = false;
      scrolling.follow();
      typingTimer = panel.later((seconds + (isRep ? 0 : BOT_GRACE_SECONDS)) * 1000, quiet);
    }

    function quiet() {
      clearTimeout(typingTimer);
      typing.hidden = true;
    }

    return { start, stop, opened, say, hear, suit, reset };
  };
});
