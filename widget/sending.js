/** What the visitor says: kept until the server has it, sent one at a time, so that a refused one is never overtaken. */
"use strict";

window.Handraiser.define("sending", ({ seconds }) => {
  const ACK_SECONDS = 20;
  const LONGEST_WAIT_SECONDS = 30;

  /** Every message that is not acknowledged, of this tab and others, oldest first. @returns {Item[]} */
  function unsent(memory) {
    return memory
      .all("unsent:")
      .filter((item) => item?.text != null)
      .sort((one, other) => one.at - other.at);
  }

  class Sending {
    /** Set while the server has asked for time. */
    notBefore = 0;
    #queue;
    /** Id of the one that is on its way. */
    #underway;
    #timer;
    #refusals = 0;

    /**
     * @param {Memory} memory
     * @param {Listener} listener
     * @param {{isReady: function(): boolean, pass: function(Object): void, renew: function(): void}} line
     */
    constructor(memory, listener, line) {
      this.memory = memory;
      this.listener = listener;
      this.line = line;
      const all = unsent(memory);
      memory.latest = all.at(-1)?.at || 0;
      this.#queue = all.filter((item) => item.tab === memory.tab);
    }

    /** Whether somebody waits for something to be sent. */
    get awaited() {
      return this.#queue.some((item) => !item.failed);
    }

    /** Show what is not acknowledged. */
    show() {
      for (const item of this.#queue) this.listener.pending(item);
    }

    say(item) {
      this.#queue.push(item);
      this.listener.pending(item);
      this.flush();
    }

    /** Send again what the server refused. */
    retry(id) {
      const item = this.find(id);
      if (item?.failed) {
        delete item.failed;
        this.memory.keep(item);
      }
      this.flush();
    }

    /** Give up something said. */
    forget(id) {
      this.#queue = this.#queue.filter((item) => item.id !== id);
      this.memory.drop(id);
    }

    /** Buttons that were pressed under questions of another conversation mean nothing in this one. */
    forgetChoices() {
      for (const item of this.#queue.filter((one) => one.choice !== undefined)) this.forget(item.id);
    }

    find(id) {
      return this.#queue.find((item) => item.id === id);
    }

    /** Say the next one, if it is time. */
    flush() {
      const next = this.#queue.find((item) => !item.failed);
      if (!next || this.#underway) return;
      if (!this.line.isReady() || this.notBefore > Date.now()) {
        for (const item of this.#queue) if (!item.failed) this.listener.progress(item.id, "waiting");
        return;
      }
      this.#underway = next.id;
      this.listener.progress(next.id, "sending");
      this.#timer = seconds(ACK_SECONDS, () => this.line.renew());
      const { at, tab, failed, ...said } = next;
      this.line.pass({ type: "say", ...said });
    }

    /** The line is lost: what was on its way waits again. */
    lose() {
      clearTimeout(this.#timer);
      if (this.#underway) this.listener.progress(this.#underway, "waiting");
      this.#underway = null;
    }

    /** The server has it. @returns {Item|undefined} what was said, unless that was known before */
    acknowledge(id) {
      const item = this.find(id);
      this.settle(id);
      this.#refusals = 0;
      return item;
    }

    /** The server has it, as its acknowledgement or the message itself says. */
    saved(id) {
      const item = this.find(id);
      this.forget(id);
      if (item) this.listener.saved(item);
    }

    settle(id) {
      if (this.#underway !== id) return;
      this.#underway = null;
      clearTimeout(this.#timer);
    }

    /** The server will not have it like this. */
    refuse(id, code) {
      const item = this.find(id);
      item.failed = code;
      this.memory.keep(item);
      this.listener.progress(id, "failed", code);
      this.flush();
    }

    /** The server could not save it: not so fast. */
    backOff() {
      this.pause(Math.random() * Math.min(0.5 * 2 ** this.#refusals++, LONGEST_WAIT_SECONDS));
    }

    pause(wait) {
      this.notBefore = Date.now() + wait * 1000;
      this.flush();
      seconds(wait + 0.01, () => this.flush());
    }

    /** What a closed tab left unsent is sent by this one. A living tab would have sent it by now. */
    adopt() {
      if (!this.line.isReady()) return;
      for (const item of unsent(this.memory)) {
        if (item.tab === this.memory.tab || this.find(item.id)) continue;
        item.tab = this.memory.tab;
        this.memory.keep(item);
        this.#queue.push(item);
        this.listener.pending(item);
      }
      this.flush();
    }
  }

  return Sending;
});
