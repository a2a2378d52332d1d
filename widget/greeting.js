/**
 * What a chat says to its server before anybody talks: what the bubble should be like, once the page is idle, and hello
 * while the panel is under way.
 */
"use strict";

window.Handraiser.define("greeting", ({ need, recall }) => {
  const GREETING_MILLISECONDS = 10_000;
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;

  /** What is said first, over whichever way. @param {Object} [more] what is known better meanwhile */
  function hello(chat, more) {
    return {
      type: "hello",
      script: chat.script || undefined,
      token: chat.recall("talk")?.token || recall("local", `handraiser:${chat.server}:visitor`),
      after: 0,
      language: chat.languages[0],
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      page: location.href.split("#")[0],
      referrer: document.referrer,
      // Once a browser session, however many tabs are opened in a row.
      visit: !chat.recall("visited", "session") && Date.now() - chat.recall("here") > SAME_VISIT_MILLISECONDS,
      ...more,
      ...chat.extras,
    };
  }

  /**
   * Say hello in one plain request, which needs no preflight. Of several tabs opened at once only one begins a
   * conversation; the others join it, once the panel has kept it.
   * @param {Promise<function>} panel
   * @returns {Promise<Object|null>} a welcome or an error of docs/chat-protocol.md; null where no answer came
   */
  async function greet(chat, panel) {
    const ask = async () => {
      const options = {
        method: "POST",
        body: JSON.stringify(hello(chat)),
        signal: AbortSignal.timeout(GREETING_MILLISECONDS),
      };
      const answer = await (await fetch(`${chat.server}/api/v1/hello`, options)).json();
      (await panel).keep(chat, answer);
      return answer;
    };
    const { locks } = navigator;
    try {
      return await (chat.recall("talk") || !locks ? ask() : locks.request(chat.key("begin"), ask));
    } catch {
      return null;
    }
  }

  /** Colours and measures the script's author has chosen, where the page has not. */
  function wear(chat, look) {
    const worn = getComputedStyle(chat);
    for (const name in look) {
      const variable = `--handraiser-${name.replace("_", "-")}`;
      if (!worn.getPropertyValue(variable)) chat.style.setProperty(variable, look[name]);
    }
  }

  /**
   * Ask what the script's author wants of the bubble: its looks, and what attracts visitors.
   * @param {function(): boolean} isHere whether the chat is still the one it was
   */
  async function introduce(chat, isHere) {
    if (!chat.script || !isHere()) return;
    try {
      const query = new URLSearchParams({ language: chat.languages[0] || "" });
      const address = `${chat.server}/api/v1/scripts/${encodeURIComponent(chat.script)}/launcher?${query}`;
      const answer = await fetch(address);
      const card = answer.ok ? await answer.json() : {};
      if (!isHere()) return;
      wear(chat, card.look);
      if (!card.attract || chat.getAttribute("attract") === "off") return;
      const attract = await need("attract");
      if (isHere()) chat.stopAttract = attract({ chat, card });
    } catch {
      // Then it looks as it looks.
    }
  }

  /** What opens the chat: any link to `#handraiser`, or an element with `data-handraiser-open`, also of one script. */
  function openFrom(node) {
    const script = node?.dataset.handraiserOpen;
    document.querySelector(`handraiser-chat${script ? `[script="${CSS.escape(script)}"]` : ""}`)?.open();
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.('a[href="#handraiser"], [data-handraiser-open]');
    if (!opener) return;
    event.preventDefault();
    openFrom(opener);
  });
  if (location.hash === "#handraiser") openFrom();

  return { hello, greet, wear, introduce };
});
