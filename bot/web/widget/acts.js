/**
 * What pages report of their visitors (`Handraiser.act("pricing_calculator")`): it may be the moment of a teaser, and
 * counts in the conversation, at once or as soon as there is one.
 */
"use strict";

window.Handraiser.define("acts", ({ notes }) => {
  const MOST = 20;
  /** One after the other, so that nothing is told twice. */
  let telling = Promise.resolve();

  /** Tell the server of acts that it does not know, where there is a conversation; else the next hello tells. */
  const tell = (chat) => (telling = telling.then(() => tellEach(chat)));

  async function tellEach(chat) {
    const visit = notes(chat, "session");
    const talk = chat.recall("talk");
    chat.extras.acts = visit.acts;
    chat.tellsActs ??= chat.on("ready", () => tell(chat));
    for (const one of (talk && visit.acts) || []) {
      const body = JSON.stringify({ type: "did", ...one, ...talk });
      try {
        const answer = await fetch(`${chat.server}/api/v1/frames`, { method: "POST", body, keepalive: true });
        const said = (await answer.json()).frames[0];
        // Not now.
        if (/too_many|not_saved/.test(said.code)) return;
        if (said.code) console.warn(`Handraiser: ${said.message}`);
      } catch {
        return;
      }
      chat.extras.acts = visit.acts = visit.acts.filter((other) => other !== one);
      visit.keep();
    }
  }

  /** The page reports an act: every chat on it hears. */
  function act(name) {
    for (const chat of document.querySelectorAll("handraiser-chat")) {
      const visit = notes(chat, "session");
      visit.acts = [...(visit.acts || []), { id: String(Math.random()), act: name }].slice(-MOST);
      visit.did = { ...visit.did, [`page.${name}`]: 1 };
      visit.keep();
      tell(chat);
      chat.announce("act", { act: name });
    }
  }

  return { act, tell };
});
