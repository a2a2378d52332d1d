/**
 * One visitor's conversation with the server, without loss (docs/chat-protocol.md): what is said is kept until it is
 * acknowledged, what is heard is shown once and in order. Knows nothing of the page.
 */
"use strict";

window.Handraiser.define("connection", ({ links }) => {
  const ACK_SECONDS = 20;
  const STABLE_SECONDS = 5;
  const LONGEST_WAIT_SECONDS = 30;
  /** While somebody looks at a message that is not sent. */
  const LONGEST_WAIT_SECONDS_IF_AWAITED = 5;
  /** A server that is restarted does not see all of its visitors in the same second. */
  const FAREWELL_SECONDS = 10;

  const seconds = (count, then) => setTimeout(then, count * 1000);

  /**
   * What the panel hears of a conversation.
   * @typedef {Object} Listener
   * @property {function("connecting"|"online"|"offline"|"unavailable"): void} state
   * @property {function(Object): void} welcome the script spoken to
   * @property {function(Object, boolean): void} message a message in its order, and whether it is new to this browser
   * @property {function(Object): void} pending something said that is not acknowledged
   * @property {function(string, string): void} progress id of something said; sending, waiting, sent or failed
   * @property {function(Object): void} saved something said that is acknowledged
   * @property {function({seconds: number, who?: string, name?: string}): void} typing somebody is about to speak
   * @property {function(string): void} status asking, waiting, talking, stopped or ended
   * @property {function(): void} reset another conversation begins
   * @property {function({code: string, message: string}): void} error
   */

  class Connection {
    #link = null;
    #opening = false;
    #stopped = false;
    /** When the link that is up was welcomed; 0 while none is. */
    #welcomed = 0;
    /** Whether the link that is up has said anything, and how many in a row had not. */
    #heard = false;
    #failures = 0;
    #attempts = 0;
    #notBefore = 0;
    #timer = null;
    #released = () => {};

    /** What the link that is up was opened with. */
    #talk = null;
    #conversation = null;
    #seen = 0;
    /** Numbers up to this one were shown in this browser before. */
    #known = 0;
    /** Heard before their turn: number to message. */
    #held = new Map();
    #gap = { seen: -1, tries: 0, timer: null };

    #queue = [];
    #sending = null;
    #ackTimer = null;
    #refusals = 0;
    #restarting = false;

    /**
     * @param {{server: string, script: string, languages: string[], memory: Memory, startOver: function(): string}} given
     * @param {Listener} listener
     */
    constructor(given, listener) {
      this.given = given;
      this.memory = given.memory;
      this.listener = listener;
      this.#queue = this.memory.queue.filter((item) => item.tab === this.memory.tab);
      this.#failures = this.memory.blocked ? 2 : 0;
      this.#each((target, event, listener) => target.addEventListener(event, listener));
    }

    /** Connect, and stay connected until `stop`. */
    start() {
      this.listener.state("connecting");
      for (const item of this.#queue) this.listener.pending(item);
      this.#connect();
    }

    stop() {
      this.#stopped = true;
      clearTimeout(this.#timer);
      this.#each((target, event, listener) => target.removeEventListener(event, listener));
      if (this.#link) this.#link.close();
      this.#released();
    }

    /**
     * Say something: kept until the server has it.
     * @param {string} text
     * @param {string} [choice] key of a pressed button, and the step it belongs to
     * @param {string} [step]
     */
    say(text, choice, step) {
      const item = this.memory.make(choice === undefined ? { text } : { text, choice, step });
      this.memory.keep(item);
      this.memory.touch();
      this.#queue.push(item);
      this.listener.pending(item);
      this.#flush();
      if (!this.#link) this.#hurry();
    }

    /** Send again what the server refused, or what waits for a connection. */
    retry(id) {
      const item = this.#queue.find((one) => one.id === id);
      if (item && item.failed) {
        delete item.failed;
        this.memory.keep(item);
      }
      this.#flush();
      if (!this.#link) this.#hurry();
    }

    /** Give up something said that was refused. */
    forget(id) {
      this.#queue = this.#queue.filter((item) => item.id !== id);
      this.memory.drop(id);
    }

    /** Begin the script anew. */
    restart() {
      if (!this.#welcomed) this.#restarting = true;
      else if (this.#link.polling) this.say(this.given.startOver());
      else this.#link.restart();
    }

    // ------------------------------------------------------------------ staying connected

    /** Everything in the page that a connection heeds. */
    #each(treat) {
      for (const event of ["online", "offline", "pageshow"]) treat(window, event, this.#wake);
      treat(document, "visibilitychange", this.#wake);
      treat(window, "pagehide", this.#sleep);
      treat(window, "storage", this.#otherTab);
    }

    async #connect() {
      clearTimeout(this.#timer);
      if (this.#stopped || this.#opening || this.#link) return;
      this.#opening = true;
      if (!this.memory.talk) await this.#turn();
      this.#opening = false;
      if (this.#stopped) return this.#released();
      const talk = (this.#talk = this.memory.talk);
      this.#heard = false;
      if (talk && this.#conversation && talk.conversation !== this.#conversation) this.#reset();
      const hello = this.#hello(talk);
      const ears = { heard: (frame) => this.#hear(frame), lost: (event) => this.#lose(event) };
      // A proxy may cut sockets: after two failures every other attempt goes over plain HTTP.
      const poll = this.#failures >= 2 && this.#failures % 2 === 0;
      this.#link = poll
        ? new links.Poll(this.given.server, hello, talk, () => this.#seen, ears)
        : new links.Socket(`${this.given.server.replace(/^http/, "ws")}/ws`, hello, ears);
    }

    #hello(talk) {
      return {
        type: "hello",
        script: this.given.script || undefined,
        token: talk ? talk.token : this.memory.visitor,
        after: talk ? this.#seen : 0,
        language: this.given.languages[0],
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        page: location.href.split("#")[0],
        referrer: document.referrer,
        visit: this.memory.newVisit,
      };
    }

    /** Of several tabs opened at once only one begins a conversation; the others join it. */
    #turn() {
      if (!navigator.locks) return Promise.resolve();
      return new Promise((begin) => {
        const held = () =>
          new Promise((release) => {
            this.#released = release;
            begin();
          });
        navigator.locks.request(`${this.memory.key}:begin`, held).catch(begin);
      });
    }

    #lose({ code }) {
      const lived = this.#welcomed ? Date.now() - this.#welcomed : 0;
      if (!this.#heard) this.#failures += 1;
      if (lived > STABLE_SECONDS * 1000) this.#attempts = 0;
      this.#link = null;
      this.#welcomed = 0;
      this.#released();
      clearTimeout(this.#ackTimer);
      clearTimeout(this.#gap.timer);
      this.#gap.seen = -1;
      if (this.#sending) this.listener.progress(this.#sending, "waiting");
      this.#sending = null;
      if (this.#stopped) return;
      this.listener.state("offline");
      if (code === 1008) console.warn(`Handraiser: ${this.given.server} refused this page; see [web] allowed_origins`);
      this.#plan(code);
    }

    /** Full jitter, so that a server that comes back is not run over; after its own farewell, a wider one. */
    #plan(code) {
      const awaited = !document.hidden && this.#queue.some((item) => !item.failed);
      const most = awaited ? LONGEST_WAIT_SECONDS_IF_AWAITED : LONGEST_WAIT_SECONDS;
      const least = code === 1001 && !awaited ? FAREWELL_SECONDS : 0;
      const wait = Math.random() * Math.max(Math.min(0.5 * 2 ** this.#attempts, most), least) * 1000;
      this.#attempts += 1;
      this.#timer = setTimeout(() => this.#connect(), Math.max(wait, this.#notBefore - Date.now()));
    }

    /** Connect now, unless the server asked for time. */
    #hurry() {
      if (this.#link || this.#opening || this.#notBefore > Date.now()) return;
      this.#connect();
    }

    #wake = () => {
      if (document.hidden) return;
      this.#attempts = 0;
      if (this.#link) this.#link.check(5);
      else this.#hurry();
    };

    /** A page that may come back from the back button's cache lets go of its connection. */
    #sleep = () => {
      if (this.#link) this.#link.close();
      clearTimeout(this.#timer);
    };

    /** Another tab has begun a conversation: follow it. */
    #otherTab = (event) => {
      if (event.key !== `${this.memory.key}:talk` || !event.newValue) return;
      const { talk } = this.memory;
      if (talk && this.#conversation && talk.conversation !== this.#conversation && this.#link) {
        this.#attempts = 0;
        this.#link.close();
      }
    };

    // ------------------------------------------------------------------ hearing

    #hear(frame) {
      this.#heard = true;
      if (frame.type === "welcome") this.#welcome(frame);
      else if (frame.type === "ack") this.#acknowledge(frame);
      else if (frame.type === "messages") this.#receive(frame.messages);
      else if (frame.type === "typing") this.listener.typing(frame);
      else if (frame.type === "error") this.#refuse(frame);
      if (frame.status) this.listener.status(frame.status);
    }

    #welcome(frame) {
      if (this.#conversation && this.#conversation !== frame.conversation) this.#reset();
      if (!this.#conversation) this.#known = this.memory.seen(frame.conversation);
      this.#conversation = frame.conversation;
      this.#welcomed = Date.now();
      this.#failures = this.#link.polling ? 2 : 0;
      this.memory.blocked = this.#link.polling;
      this.#talk = this.memory.talk = { token: frame.token, conversation: frame.conversation };
      this.memory.visitor = frame.token;
      this.memory.visited();
      if (frame.script) this.memory.script = frame.script;
      this.#released();
      this.listener.welcome(this.memory.script || {}, frame);
      this.#receive(frame.messages, frame.seq);
      this.listener.state("online");
      if (this.#restarting) {
        this.#restarting = false;
        this.restart();
      }
      this.#flush();
      seconds(5, () => this.#adopt());
    }

    /** Show what follows, hold what is early, ask for what is missing. */
    #receive(messages, last = 0) {
      for (const message of messages || []) {
        if (message.seq > this.#seen) this.#held.set(message.seq, message);
      }
      this.#show();
      if (this.#held.size || last > this.#seen) this.#askForGap();
    }

    #show() {
      for (let message; (message = this.#held.get(this.#seen + 1));) {
        this.#seen += 1;
        this.#held.delete(this.#seen);
        // The id of a person's words is not one of ours.
        if (message.from === "visitor" && message.id) this.#saved(message.id);
        this.listener.message(message, this.#seen > this.#known);
      }
      this.memory.see(this.#conversation, this.#seen);
    }

    #askForGap() {
      if (this.#gap.seen !== this.#seen) this.#gap.tries = 0;
      else if (this.#gap.timer) return;
      this.#gap.seen = this.#seen;
      this.#gap.tries += 1;
      clearTimeout(this.#gap.timer);
      if (this.#gap.tries > 3 && this.#held.size) {
        // Asked three times: the server has no such message. Better a hole than silence.
        this.#seen = Math.min(...this.#held.keys()) - 1;
        this.#show();
      } else if (this.#link && this.#gap.tries <= 3) {
        this.#link.catchUp(this.#seen);
        this.#gap.timer = seconds(4, () => {
          this.#gap.timer = null;
          if (this.#held.size) this.#askForGap();
        });
      }
    }

    #reset() {
      this.#conversation = null;
      this.#seen = this.#known = 0;
      this.#held.clear();
      this.listener.reset();
      for (const item of this.#queue) this.listener.pending(item);
    }

    // ------------------------------------------------------------------ saying

    /** Say the next one. One at a time, so that a refused one is never overtaken. */
    #flush() {
      const next = this.#queue.find((item) => !item.failed);
      if (!next || this.#sending) return;
      if (!this.#welcomed || this.#notBefore > Date.now()) {
        for (const item of this.#queue) if (!item.failed) this.listener.progress(item.id, "waiting");
        return;
      }
      this.#sending = next.id;
      this.listener.progress(next.id, "sending");
      this.#ackTimer = seconds(ACK_SECONDS, () => this.#link && this.#link.close());
      this.#link.say(next);
    }

    #acknowledge({ id, seq }) {
      const item = this.#queue.find((one) => one.id === id);
      this.#settle(id);
      this.#refusals = 0;
      if (item) {
        const { text, choice, step, at } = item;
        this.#receive([{ seq, from: "visitor", at: new Date(at).toISOString(), text, id, choice, step }]);
        this.#saved(id);
      }
      this.#flush();
    }

    /** The server has it, as its acknowledgement or the message itself says. */
    #saved(id) {
      const item = this.#queue.find((one) => one.id === id);
      this.forget(id);
      if (item) this.listener.saved(item);
    }

    #settle(id) {
      if (this.#sending !== id) return;
      this.#sending = null;
      clearTimeout(this.#ackTimer);
    }

    #refuse({ code, message, id, retry_after }) {
      this.listener.error({ code, message: message || code });
      const item = id && this.#queue.find((one) => one.id === id);
      if (item) this.#settle(id);
      if (code === "unknown_token") this.#beginAnew();
      else if (code === "unknown_script") this.#giveUp();
      else if (code === "too_many") this.#pause(retry_after || 1);
      else if (code === "not_saved")
        this.#pause(Math.random() * Math.min(0.5 * 2 ** this.#refusals++, LONGEST_WAIT_SECONDS));
      else if (code === "hello_first") this.#welcomed = 0;
      else if (item) {
        item.failed = code;
        this.memory.keep(item);
        this.listener.progress(id, "failed", code);
        this.#flush();
      }
      // Hello itself was refused: say it again, in time.
      if (!this.#welcomed && this.#link) this.#link.close();
    }

    /** The server does not know the visitor any more. What they typed goes into the new conversation. */
    #beginAnew() {
      const talk = this.memory.talk;
      // Another tab may have begun anew already: then join it.
      if (talk && this.#talk && talk.token === this.#talk.token) this.memory.talk = null;
      if (!this.#talk || this.memory.visitor === this.#talk.token) this.memory.visitor = null;
      for (const item of this.#queue.filter((one) => one.choice !== undefined)) this.forget(item.id);
      this.#reset();
      if (this.#link) this.#link.close();
    }

    #giveUp() {
      this.stop();
      this.listener.state("unavailable");
    }

    #pause(wait) {
      this.#notBefore = Date.now() + wait * 1000;
      this.#flush();
      seconds(wait + 0.01, () => this.#flush());
    }

    /** What a closed tab left unsent is sent by this one. A living tab would have sent it by now. */
    #adopt() {
      if (!this.#welcomed) return;
      for (const item of this.memory.queue) {
        if (item.tab === this.memory.tab || this.#queue.some((one) => one.id === item.id)) continue;
        item.tab = this.memory.tab;
        this.memory.keep(item);
        this.#queue.push(item);
        this.listener.pending(item);
      }
      this.#flush();
    }
  }

  return Connection;
});
