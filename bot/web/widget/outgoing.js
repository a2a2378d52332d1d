/**
 * What the visitor says: kept until the server has it, sent one at a time, so that a refused one is never overtaken, and
 * on screen with how it is doing: sending, waiting, sent or failed.
 */
"use strict";

window.Handraiser.define("outgoing", ({ element, icon, seconds }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";
  const ACK_SECONDS = 20;

  /**
   * @param {Panel} panel
   * @param {Object} line connection.js
   * @param {function(): boolean} line.isReady whether something can be said now
   * @param {function(Object): void} line.pass sends a frame
   * @param {function(): void} line.renew makes another connection
   * @param {function(): void} line.hurry connects now, if it may
   */
  return ({ chat, memory, words, transcript, answers, composer, news }, { isReady, pass, renew, hurry }) => {
    /** Not acknowledged: id to element, oldest first; each has its `item`. */
    const queue = new Map();
    /** Id of the one that is on its way. */
    let underway;
    let timer;

    /** Every message that is not acknowledged, of this tab and others, oldest first. @returns {Item[]} */
    const kept = () =>
      memory
        .all()
        .filter((item) => item?.id)
        .sort((one, other) => one.at - other.at);

    const find = (id) => queue.get(id)?.item;
    const waiting = () => [...queue.values()].filter(({ item }) => !item.failed);

    /** Say the next one, if it is time. */
    function flush() {
      const [next] = waiting();
      if (!next || underway) return;
      if (!isReady()) {
        for (const drawn of waiting()) mark(drawn, "waiting");
        return hurry();
      }
      underway = next.item.id;
      mark(next, "sending");
      timer = seconds(ACK_SECONDS, renew);
      pass({ type: "say", ...next.item });
    }

    /** Show something said. */
    function add(item) {
      const drawn = transcript.put(transcript.own(item), null);
      drawn.item = item;
      queue.set(item.id, drawn);
      memory.latest = Math.max(memory.latest, item.at);
      mark(drawn, item.failed ? "failed" : "sending");
      answers.close();
    }

    function say(item) {
      add(item);
      flush();
    }

    /** The server will not have it like this; without a code, it is sent again. */
    function fail(drawn, code) {
      drawn.item.failed = code;
      memory.keep(drawn.item);
      if (code) mark(drawn, "failed");
      flush();
    }

    /** Give up something said. */
    function forget(id) {
      queue.delete(id);
      memory.drop(id);
    }

    /** It is not on its way any more. @returns {boolean} whether it is one of ours */
    function release(id = underway) {
      if (underway === id) {
        underway = null;
        clearTimeout(timer);
      }
      return queue.has(id);
    }

    /** The server has it. */
    function saved(id) {
      const drawn = queue.get(id);
      release(id);
      forget(id);
      if (drawn) {
        mark(drawn, "sent");
        const { text, choice, step } = drawn.item;
        chat.announce("answer", { id, text, choice, step });
      }
      flush();
    }

    /** A message of the visitor in its place: the one that was pending, or a new one. @returns {boolean} */
    function settle(message) {
      const drawn = queue.get(message.id) || transcript.own(message);
      if (drawn !== transcript.outgoing.first) transcript.put(drawn);
      mark(drawn, "sent");
      saved(message.id);
      return true;
    }

    function mark(drawn, state) {
      const line = drawn.querySelector(".state");
      if (line.dataset.state === state) return;
      line.dataset.state = state;
      const isTooLong = drawn.item?.failed === "too_long";
      line.replaceChildren(isTooLong ? words.tooLong : words[state]);
      if (state === "sent") line.prepend(icon(TICK));
      if (/failed|waiting/.test(state)) {
        const onclick = () => (isTooLong ? shorten : fail)(drawn);
        line.append(" ", element("button", { class: "again", onclick }, isTooLong ? words.shorten : words.retry));
      }
    }

    /** What is too long to send comes back into the field. */
    function shorten(drawn) {
      forget(drawn.item.id);
      drawn.remove();
      if (!queue.size) answers.reopen();
      composer.put(drawn.item.text);
      composer.focus();
    }

    /** Buttons that were pressed under questions of another conversation mean nothing in this one. */
    function forgetChoices() {
      for (const [id, { item }] of queue) if (item.choice !== undefined) forget(id);
    }

    /** What a closed tab left unsent is sent by this one. A living tab would have sent it by now. */
    function adopt() {
      for (const item of kept()) {
        if (item.tab === memory.tab || queue.has(item.id)) continue;
        item.tab = memory.tab;
        memory.keep(item);
        add(item);
      }
      flush();
    }

    /** The transcript begins anew. */
    function clear() {
      for (const { item } of queue.values()) add(item);
    }

    // What was shown before this was here is saved.
    for (const [{ id }] of news) memory.drop(id);
    for (const drawn of transcript.messages.querySelectorAll(".own")) mark(drawn, "sent");
    for (const item of kept()) if (item.tab === memory.tab) add(item);
    return {
      find,
      waiting,
      flush,
      say,
      release,
      saved,
      settle,
      refuse: (id, code) => fail(queue.get(id), code),
      forgetChoices,
      adopt,
      clear,
      /** The oldest: what comes stands before it. */
      get first() {
        return queue.values().next().value;
      },
    };
  };
});
