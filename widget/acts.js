/**
 * What pages report of their visitors (`Handraiser.act("pricing_calculator")`): it may be the moment of a teaser, and
 * counts in the conversation, at once or as soon as there is one.
 */
"use strict";

window.Handraiser.define("acts", ({ notes }) => {
  const MOST = 20;
  const heard = new WeakSet();

  /** Tell the server of acts that it does not know, where there is a conversation; else the next hello tells. */
  async function tell(chat) {
    const visit = notes(chat, "session");
    const talk = chat.recall("talk");
    chat.extras.acts = visit.acts;
    if (!heard.has(chat)) chat.on("ready", () => tell(chat));
    heard.add(chat);
    for (const one of (talk && visit.acts) || []) {
      try {
        const { status } = await fetch(`${chat.server}/api/v1/conversations/${talk.conversation}/acts`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Authorization: `Bearer ${talk.token}` },
          body: JSON.stringify(one),
          credentials: "omit",
          keepalive: true,
        });
        if (status === 429 || status >= 500) return;
      } catch {
        return;
      }
      chat.extras.acts = visit.acts = visit.acts.filter((other) => other !== one);
      visit.keep();
    }
  }

  /** A chat's page reports an act. */
  function act(chat, name) {
    const visit = notes(chat, "session");
    const id = Date.now() + String(Math.random());
    visit.acts = [...(visit.acts || []), { id, act: name }].slice(-MOST);
    visit.did = { ...visit.did, [name]: 1 };
    visit.keep();
    tell(chat);
    chat.announce("act", { act: name });
  }

  return { act, tell };
});
