/** What is heard of a conversation: shown once and in order, whichever way and however often it comes. */
"use strict";

window.Handraiser.define("hearing", () => {
  class Hearing {
    /** The last number shown, and the one this browser had shown before. */
    seen = 0;
    #known = 0;
    /** Name of the conversation; null before the first welcome. */
    conversation = null;
    /** Heard before their turn: number to message. */
    #held = new Map();

    /**
     * @param {Object} listener
     * @param {Memory} listener.memory
     * @param {function(Object, boolean): void} listener.show a message in its turn, and whether it is new to this browser
     * @param {function(): void} listener.reset another conversation begins
     */
    constructor(listener) {
      this.listener = listener;
    }

    /** Numbers that are missing before one that is here. */
    get gap() {
      return this.#held.size > 0;
    }

    /** A conversation of this name is the one to hear. */
    begin(conversation) {
      if (this.conversation && this.conversation !== conversation) this.forget();
      if (!this.conversation) this.#known = this.listener.memory.seenOf(conversation);
      this.conversation = conversation;
    }

    forget() {
      this.conversation = null;
      this.seen = this.#known = 0;
      this.#held.clear();
      this.listener.reset();
    }

    /** Show what follows, hold what is early. */
    receive(messages) {
      for (const message of messages || []) {
        if (message.seq > this.seen) this.#held.set(message.seq, message);
      }
      for (let message; (message = this.#held.get(this.seen + 1)); ) {
        this.#held.delete((this.seen += 1));
        this.listener.show(message, this.seen > this.#known);
      }
      this.listener.memory.see(this.conversation, this.seen);
    }

    /** The server has no such messages: better a hole than silence. */
    skip() {
      this.seen = Math.min(...this.#held.keys()) - 1;
      this.receive();
    }
  }

  return Hearing;
});
