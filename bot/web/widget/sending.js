/** What the visitor says: kept until the server has it, sent one at a time, so that a refused one is never overtaken. */
"use strict";

window.Handraiser.define("sending", ({ seconds }) => {
  const ACK_SECONDS = 20;
  const LONGEST_WAIT_SECONDS = 30;

  /**
   * @param {Memory} memory
   * @param {Listener} listener
   * @param {{isReady: function(): boolean, pass: function(Object): void, renew: function(): void}} line
   */
  return function Sending(memory, listener, { isReady, pass, renew }) {
    /** Every message that is not acknowledged, of this tab and others, oldest first. @returns {Item[]} */
    const unsent = () =>
      memory
        .all("unsent:")
        .filter((item) => item?.text != null)
        .sort((one, other) => one.at - other.at);
    const all = unsent();
    memory.latest = all.at(-1)?.at || 0;
    let queue = all.filter(({ tab }) => tab === memory.tab);
    /** Id of the one that is on its way. */
    let underway;
    let timer;
    let refusals = 0;

    const find = (id) => queue.find((item) => item.id === id);
    const waiting = () => queue.filter(({ failed }) => !failed);

    /** Say the next one, if it is time. */
    function flush() {
      const [next] = waiting();
      if (!next || underway) return;
      const { at, tab, failed, ...said } = next;
      const { id } = next;
      if (!isReady() || sending.notBefore > Date.now()) {
        for (const item of waiting()) listener.progress(item.id, "waiting");
        return;
      }
      underway = id;
      listener.progress(id, "sending");
      timer = seconds(ACK_SECONDS, renew);
      pass({ type: "say", ...said });
    }

    function add(item) {
      queue.push(item);
      listener.pending(item);
    }

    /** Give up something said. */
    function forget(id) {
      queue = queue.filter((item) => item.id !== id);
      memory.drop(id);
    }

    function settle(id) {
      if (underway !== id) return;
      underway = null;
      clearTimeout(timer);
    }

    function pause(wait) {
      sending.notBefore = Date.now() + wait * 1000;
      flush();
      seconds(wait + 0.01, flush);
    }

    const sending = {
      /** Set while the server has asked for time. */
      notBefore: 0,
      find,
      flush,
      forget,
      settle,
      pause,

      /** Whether somebody waits for something to be sent. */
      get awaited() {
        return waiting().length > 0;
      },

      /** Show what is not acknowledged. */
      show() {
        queue.forEach(listener.pending);
      },

      say(item) {
        add(item);
        flush();
      },

      /** Send again what the server refused. */
      retry(id) {
        const item = find(id);
        if (item?.failed) {
          delete item.failed;
          memory.keep(item);
        }
        flush();
      },

      /** Buttons that were pressed under questions of another conversation mean nothing in this one. */
      forgetChoices() {
        for (const { id, choice } of queue) if (choice !== undefined) forget(id);
      },

      /** The line is lost: what was on its way waits again. */
      lose() {
        clearTimeout(timer);
        if (underway) listener.progress(underway, "waiting");
        underway = null;
      },

      /** The server has it. @returns {Item|undefined} what was said, unless that was known before */
      acknowledge(id) {
        settle(id);
        refusals = 0;
        return find(id);
      },

      /** The server has it, as its acknowledgement or the message itself says. */
      saved(id) {
        const item = find(id);
        forget(id);
        if (item) listener.saved(item);
      },

      /** The server will not have it like this. */
      refuse(id, code) {
        const item = find(id);
        item.failed = code;
        memory.keep(item);
        listener.progress(id, "failed", code);
        flush();
      },

      /** The server could not save it: not so fast. */
      backOff() {
        pause(Math.random() * Math.min(0.5 * 2 ** refusals++, LONGEST_WAIT_SECONDS));
      },

      /** What a closed tab left unsent is sent by this one. A living tab would have sent it by now. */
      adopt() {
        if (!isReady()) return;
        for (const item of unsent()) {
          if (item.tab === memory.tab || find(item.id)) continue;
          item.tab = memory.tab;
          memory.keep(item);
          add(item);
        }
        flush();
      },
    };
    return sending;
  };
});
