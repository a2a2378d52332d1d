/**
 * What a chat says to its server before anybody talks: what the bubble should be like, once the page is idle, and hello
 * while the panel is under way.
 */
"use strict";

window.Handraiser.define("greeting", (parts) => {
  const { need, recall } = parts;
  const GREETING_MILLISECONDS = 10_000;
  const LONGEST_ADDRESS = 2000;
  /** Parameters of advertisements and campaigns. */
  const SAYS_SOMETHING = /[?&](utm_\w+|hr|\w*clid|[gw]braid|li_fat_id)=/;
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;

  /**
   * How this visit began, kept for the pages after it; nothing where that says nothing.
   * @returns {{page: string, referrer: string}|null}
   */
  function landing(chat) {
    const key = `handraiser:${chat.server}:touch`;
    // As it was before the page's own scripts, which may take out of its address what they have read.
    const page = performance.getEntriesByType("navigation")[0]?.name || location.href;
    const touch = { page: page.slice(0, LONGEST_ADDRESS), referrer: document.referrer };
    const kept = recall("session", key);
    const says = SAYS_SOMETHING.test(page) || (touch.referrer && new URL(touch.referrer).host !== location.host);
    if (kept || !says || chat.getAttribute("remember") === "off") return kept;
    try {
      sessionStorage[key] = JSON.stringify(touch);
    } catch {
      // Then this page is the only one that knows.
    }
    return touch;
  }

  /** What is said first, over whichever way. @param {Object} [more] what is known better meanwhile */
  function hello(chat, more) {
    return (chat.said = {
      type: "hello",
      script: chat.script || undefined,
      token: chat.recall("talk")?.token || recall("local", `handraiser:${chat.server}:visitor`),
      after: 0,
      language: chat.languages[0],
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      page: location.href.split("#")[0],
      referrer: document.referrer,
      touch: landing(chat),
      // Once a browser session, however many tabs are opened in a row.
      visit: !chat.recall("visited") && Date.now() - chat.recall("here") > SAME_VISIT_MILLISECONDS,
      ...more,
      ...chat.extras,
    });
  }

  /**
   * Say hello in one plain request, which needs no preflight. Of several tabs opened at once only one begins a
   * conversation; the others join it, once the panel has kept it. Nor do two chats of a page take one visitor for two.
   * @param {Promise<function>} panel
   * @returns {Promise<Object|null>} a welcome or an error of docs/chat-protocol.md; null where no answer came
   */
  async function greet(chat, panel) {
    const ask = async () => {
      const options = {
        method: "POST",
        body: JSON.stringify(hello(chat)),
        signal: AbortSignal.timeout?.(GREETING_MILLISECONDS),
      };
      const answer = await (await fetch(`${chat.server}/api/v1/hello`, options)).json();
      const kept = panel.then((Panel) => Panel.keep(chat, answer));
      // A page that cannot go on does not hold up the other tabs for long.
      await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, GREETING_MILLISECONDS))]);
      return answer;
    };
    try {
      return await (chat.recall("talk") || !navigator.locks
        ? ask()
        : navigator.locks.request(`handraiser:${chat.server}`, ask));
    } catch {
      return null;
    }
  }

  /** Colours and measures the script's author has chosen, where the page has not. */
  function wear(chat, look) {
    const { style } = chat;
    // Another script had another look.
    for (const variable of chat.worn || []) style.removeProperty(variable);
    chat.worn = [];
    const shown = getComputedStyle(chat);
    for (const name in look) {
      const variable = `--handraiser-${name.replace("_", "-")}`;
      if (shown.getPropertyValue(variable)) continue;
      style.setProperty(variable, look[name]);
      chat.worn.push(variable);
    }
  }

  /**
   * Ask what the script's author wants of the bubble: its looks, and what attracts visitors.
   * @param {{over: boolean=}} life whether the chat is not any more the one it was
   */
  async function introduce(chat, life) {
    landing(chat);
    if (life.over) return;
    try {
      const address = `${chat.server}/api/v1/scripts/${encodeURIComponent(chat.script)}/launcher`;
      const card = await (await fetch(`${address}?language=${chat.languages[0] || ""}`)).json();
      if (life.over) return;
      wear(chat, card.look);
      if (!card.attract || !chat.launcher || chat.getAttribute("attract") === "off") return;
      const attract = await need("attract");
      if (!life.over) chat.stopAttract = attract({ chat, card });
    } catch {
      // Then it looks as it looks.
    }
  }

  /** Let the server know, with hello or as soon as there is a talk. Names and values go along with each hello. */
  const tells = (name) =>
    function (value) {
      const { extras, tell } = this;
      if (Object(value) === value) extras[name] = { ...extras[name], ...value };
      else if (!tell) extras[name] = value;
      tell?.({ [name]: value });
    };
  const knowsStart = tells("start");

  // What is asked of a chat, and need not be there from the first moment.
  Object.assign(customElements.get("handraiser-chat").prototype, {
    /** Answers that the page knows, by field; data of its own; a signed token; see docs/widget.md. */
    set: tells("fields"),
    data: tells("data"),
    identify: tells("identity"),

    /** Begin at a door of the script. */
    start(door) {
      knowsStart.call(this, door);
      return this.open();
    },

    async send(text) {
      (await this.load()).send(text);
    },

    async restart() {
      (await this.load()).restart();
    },

    /** Forget the visitor of this browser. */
    async reset() {
      (await need("page")).reset(this);
    },
  });

  // A link to the chat led here, from another page or before this one could hear of it.
  if (location.hash === "#handraiser") Handraiser.open();

  return { hello, landing, greet, wear, introduce };
});
