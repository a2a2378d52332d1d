/** What is heard of a conversation: shown once and in order, whichever way and however often it comes. */
"use strict";

/**
 * @param {Object} listener
 * @param {Memory} listener.memory
 * @param {function(Object, boolean): void} listener.show a message in its turn, and whether it is new to this browser
 * @param {function(): void} listener.reset another conversation begins
 */
window.Handraiser.define("hearing", () => (listener) => {
  /** The last number this browser had shown before. */
  let known;
  /** Heard before their turn: number to message. */
  const held = new Map();

  const hearing = {
    /** The last number shown. */
    seen: 0,

    /** Name of the conversation; null before the first welcome. */
    conversation: null,

    /** Numbers that are missing before one that is here. */
    get gap() {
      return held.size > 0;
    },

    /** A conversation of this name is the one to hear. */
    begin(conversation) {
      if (hearing.conversation && hearing.conversation !== conversation) hearing.forget();
      if (!hearing.conversation) known = listener.memory.seenOf(conversation);
      hearing.conversation = conversation;
    },

    forget() {
      hearing.conversation = null;
      hearing.seen = known = 0;
      held.clear();
      listener.reset();
    },

    /** Show what follows, hold what is early. */
    receive(messages) {
      for (const message of messages || []) {
        if (message.seq > hearing.seen) held.set(message.seq, message);
      }
      for (let message; (message = held.get(hearing.seen + 1)); ) {
        held.delete((hearing.seen += 1));
        listener.show(message, hearing.seen > known);
      }
      listener.memory.see(hearing.conversation, hearing.seen);
    },

    /** The server has no such messages: better a hole than silence. */
    skip() {
      hearing.seen = Math.min(...held.keys()) - 1;
      hearing.receive();
    },
  };
  return hearing;
});
