/** The conversation on screen until its first message: header, transcript, field. talk.js brings it to life. */
"use strict";

window.Handraiser.define("panel", (parts) => {
  const { element, icon, dress, choose } = parts;
  const CONNECTING_MILLISECONDS = 1500;
  /** The first message is painted before more is asked for. */
  const PAINT_MILLISECONDS = 30;
  const RESTORED_MILLISECONDS = 500;
  /** Where the chat fills the screen: the same as in core.css. */
  const SMALL_SCREEN = "(max-width:480px),(max-height:500px)";

  /**
   * @param {HandraiserChat} chat
   * @param {Promise<Object|null>} greeting the server's answer to hello, if one came
   */
  function Panel(chat, greeting) {
    const { launcher, mode } = chat;
    const language = choose(chat.languages);
    const words = parts[`words-${language}`];
    const memory = new parts.memory(chat);
    const faces = parts.faces(chat.server);
    /** Set once talk.js is here. */
    let talk;
    let isStopped;
    let isWelcomed;
    let drawn;

    // ------------------------------------------------------------------ what the element asks for

    /** @param {boolean} byHand whether the visitor asked for it: only then the focus moves */
    function open(byHand) {
      if (panel.opened) return;
      panel.opened = true;
      frame.hidden = false;
      if (launcher) {
        launcher.ariaExpanded = true;
        launcher.ariaBusy = null;
        memory.open = 1;
        section.ariaModal = matchMedia(SMALL_SCREEN).matches;
        talk?.opened();
      }
      log.scrollTop = log.scrollHeight;
      if (byHand) focus();
      chat.announce("opened", {});
    }

    function close() {
      if (!panel.opened || !launcher) return;
      const isFocused = frame.matches(":focus-within");
      panel.opened = false;
      memory.open = null;
      frame.hidden = true;
      launcher.ariaExpanded = false;
      if (isFocused) launcher.focus();
      chat.announce("closed", {});
    }

    function stop() {
      isStopped = true;
      talk?.stop();
    }

    /**
     * Say something: kept until the server has it, and sent as soon as there is a connection.
     * @param {string} text
     * @param {string} [choice] key of a pressed button, and the step it belongs to
     * @param {string} [step]
     * @param {Object} [more] what else goes with it, such as the id of a `file`
     */
    function say(text, choice, step, more) {
      const item = memory.say({ text, choice, step, ...more });
      answers.close();
      if (talk) talk.say(item);
      // It is shown, and sent, as soon as talk.js is here.
      else banner.textContent = words.connecting;
    }

    // ------------------------------------------------------------------ what is heard

    /** The server has let the visitor in. */
    function welcome({ conversation, status, script, uploads, parts: along }) {
      panel.uploads = uploads;
      parts.along ??= along;
      hearing.begin(conversation);
      introduce(script || memory.script || {});
      if (isWelcomed) return;
      isWelcomed = true;
      // What was read before is not read out again.
      if (memory.seenOf(conversation)) log.ariaLive = "off";
      later(RESTORED_MILLISECONDS, () => (log.ariaLive = "polite"));
      chat.announce("ready", { conversation, script: memory.script, status });
    }

    /** Say who speaks, as soon as it is known: from memory at first, then from the server. */
    function introduce({ persona = {}, title, direction, language: spoken }) {
      section.dir = direction === "rtl" || language === "ar" ? "rtl" : "ltr";
      // Of British readers of an English script the British way to write dates.
      const family = (one) => `${one}`.split("-")[0];
      const locale = navigator.languages.find((one) => family(one) === family(spoken)) || spoken;
      Object.assign(transcript, { language: spoken, locale, persona });
      const label = title || chat.getAttribute("label") || "Chat";
      const who = panel.present || persona;
      const name = who.name || label;
      const now = `${[name, who.picture, label]}`;
      // A face that is drawn again is loaded again: only when it has changed.
      if (drawn === now) return;
      drawn = now;
      heading.textContent = name;
      subtitle.textContent = name === label ? "" : label;
      head.firstChild.replaceWith(faces.face({ ...who, name }));
    }

    /** A message in its turn, and whether it is new to this browser. */
    function show(message, isNew) {
      transcript.add(message);
      if (isNew) chat.announce("message", message);
      if (talk) talk.hear(message, isNew);
      else panel.news.push([message, isNew]);
    }

    /** Another conversation begins. */
    function reset() {
      transcript.clear();
      talk?.reset();
    }

    /** Let the field suit the message that asks, once talk.js is here. */
    function suit(message) {
      panel.asked = message;
      talk?.suit(message);
    }

    // ------------------------------------------------------------------ keys, focus, time

    function onkeydown(event) {
      event.stopPropagation();
      // Keys of an input method, such as the Enter that ends a composed word, have this code.
      if (event.keyCode === 229) return;
      if (event.key === "Escape" && launcher) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && event.target === composer.area) {
        // With shift it begins a line.
        composer.submit(event);
      }
    }

    /** Where a keyboard slides up at every focus, the field waits to be touched. */
    function focus() {
      if (matchMedia("(pointer:coarse)").matches) section.focus({ preventScroll: true });
      else composer.focus();
    }

    const later = (milliseconds, then) => setTimeout(() => isStopped || then(), milliseconds);

    // ------------------------------------------------------------------ drawing

    dress(chat.shadowRoot, "css:core.css");
    const composer = parts.composer({ words, memory, say });
    const heading = element("h2", { id: "name", dir: "auto" });
    const subtitle = element("p", { id: "title", dir: "auto" });
    const head = element(
      "div",
      { class: "header" },
      element("span"),
      element("div", { class: "names" }, heading, subtitle),
      launcher &&
        element("button", { class: "close", "aria-label": words.close, onclick: close }, icon("m6 6 12 12M18 6 6 18")),
    );
    const banner = element("div", { class: "banner", role: "status" });
    const messages = element("div", { class: "messages" });
    const log = element(
      "div",
      { class: "log", tabindex: 0, role: "log", "aria-live": "polite", "aria-label": words.conversation },
      messages,
    );
    // Keys typed here are no shortcuts of the page around.
    const keep = (event) => event.stopPropagation();
    const section = element(
      "section",
      {
        class: "panel",
        id: "panel",
        role: launcher ? "dialog" : "region",
        "aria-labelledby": "name title",
        tabindex: -1,
        lang: language,
        onkeydown,
        onkeypress: keep,
        onkeyup: keep,
      },
      head,
      banner,
      log,
      composer.node,
    );
    const frame = element("div", { class: `frame as-${mode}`, hidden: true }, section);
    chat.shadowRoot.append(frame);

    const panel = {
      chat,
      /** The bubble; undefined when the chat is part of the page. */
      launcher,
      language,
      words,
      memory,
      composer,
      head,
      banner,
      messages,
      log,
      panel: section,
      frame,
      /** On screen. */
      opened: false,
      /** The message that asked last, for the field to suit. */
      asked: null,
      /** The person of ours who talks with the visitor; null while the bot does. */
      present: null,
      /** Which files the server takes, once it has said so. */
      uploads: null,
      /** Shown before talk.js was here, and whether they are new to this browser. */
      news: [],
      open,
      close,
      stop,
      say,
      /** Say something in the visitor's name, as a page may ask. */
      send: (text) => `${text}`.trim() && say(`${text}`),
      restart: () => say(words.startOver, "restart"),
      welcome,
      introduce,
      show,
      reset,
      suit,
      focus,
      later,
    };
    const answers = (panel.answers = parts.answers(panel));
    const hearing = (panel.hearing = parts.hearing(panel));
    const transcript = (panel.transcript = parts.transcript({ messages, words, faces, answers }));
    introduce(memory.script || {});
    if (mode === "popup") parts.need("popup").then((hold) => hold(panel));

    async function begin() {
      const slow = later(CONNECTING_MILLISECONDS, () => (banner.textContent = words.connecting));
      const answer = await greeting;
      clearTimeout(slow);
      if (isStopped) return;
      if (answer?.token) {
        welcome(answer);
        hearing.receive(answer.messages);
      }
      await new Promise((resolve) => later(PAINT_MILLISECONDS, resolve));
      const Talk = await parts.needTalk();
      if (isStopped) return;
      talk = new Talk(panel);
      talk.start(answer);
    }
    begin();
    return panel;
  }

  /** Keep what a server says to hello, before another tab asks too. */
  Panel.keep = (chat, answer) => answer.token && new parts.memory(chat).welcome(answer);

  return Panel;
});
