/**
 * One visitor's conversation with the server, without loss (docs/chat-protocol.md): stays connected, whatever happens to
 * the network. What is heard goes to hearing.js, what is said comes from sending.js. Knows nothing of the page.
 */
"use strict";

window.Handraiser.define("connection", (parts) => {
  const { seconds } = parts;
  const STABLE_SECONDS = 5;
  const LONGEST_WAIT_SECONDS = 30;
  /** While somebody looks at a message that is not sent. */
  const LONGEST_WAIT_SECONDS_IF_AWAITED = 5;
  /** A server that is restarted does not see all of its visitors in the same second. */
  const FAREWELL_SECONDS = 10;
  /** How often what is missing is asked for, and how long it may take. */
  const ASKED_MOST = 3;
  const GAP_SECONDS = 4;
  const PROOFS_MOST = 3;
  /** A proof may take a person a while; then all is said again, and another asked for. */
  const PROOF_SECONDS = 120;

  /**
   * What talk.js hears of a conversation.
   * @typedef {Object} Listener
   * @property {function("connecting"|"online"|"offline"|"unavailable"): void} state
   * @property {function(Object): void} welcome the server has let the visitor in
   * @property {function(Object): void} pending something said that is not acknowledged
   * @property {function(string, string, string=): void} progress id of something said; sending, waiting, sent or failed
   * @property {function(Object): void} saved something said that is acknowledged
   * @property {function(Object): void} frame any other frame
   * @property {function({code: string, message: string}): void} error
   * @property {function({id: string, code: string, challenge: Object}): void} refused for the page to put right
   */

  class Connection {
    #link;
    #opening;
    /** Aborted when it is over. */
    #over = new AbortController();
    /** When the link that is up was welcomed; 0 while none is. */
    #welcomed = 0;
    /** Whether the link that is up has said anything, and how many in a row had not. */
    #heard;
    #failures;
    #attempts = 0;
    #timer;
    #released = () => {};
    /** What the link that is up was opened with. */
    #talk;
    #gap = {};
    #restarting;
    /** Proofs in a row that were asked for. */
    #proofs = 0;

    /**
     * @param {{chat: HandraiserChat, memory: Memory, hearing: Hearing, words: Object}} given
     * @param {Listener} listener
     */
    constructor(given, listener) {
      this.given = given;
      this.memory = given.memory;
      this.hearing = given.hearing;
      this.listener = listener;
      this.sending = new parts.sending(this.memory, listener, this);
      this.#failures = this.memory.blocked ? 2 : 0;
      const heed = (target, event, listener) => target.addEventListener(event, listener, { signal: this.#over.signal });
      for (const event of ["online", "offline", "pageshow"]) heed(window, event, this.#wake);
      heed(document, "visibilitychange", this.#wake);
      heed(window, "pagehide", this.#sleep);
      heed(window, "storage", this.#otherTab);
    }

    /** Whether something can be sent. */
    get ready() {
      return this.#welcomed > 0;
    }

    get #stopped() {
      return this.#over.signal.aborted;
    }

    /** Connect, and stay connected until `stop`. @param {Object|null} greeting what the server has said already */
    start(greeting) {
      this.#talk = this.memory.talk;
      this.sending.show();
      this.listener.state("connecting");
      if (greeting?.error) this.#refuse(greeting.error);
      this.#hurry();
    }

    stop() {
      this.#over.abort();
      this.#sleep();
      this.#released();
    }

    say(item) {
      this.sending.say(item);
      this.#hurry();
    }

    /** Send again what the server refused, or what waits for a connection. */
    retry(id) {
      this.sending.retry(id);
      this.#hurry();
    }

    /** Send a frame, if a way is open. */
    pass(frame) {
      if (this.ready) this.#link.send(frame);
    }

    /** Let go of the link; unless all is over, another follows. */
    renew() {
      this.#link?.close();
    }

    /** Say again what was refused. */
    resume() {
      this.sending.notBefore = 0;
      this.sending.flush();
      this.#hurry();
    }

    /** Begin the script anew. */
    restart() {
      if ((this.#restarting = !this.ready)) return;
      if (this.#link.polling) this.say(this.memory.say({ text: this.given.words.startOver, choice: "restart" }));
      else this.pass({ type: "restart" });
    }

    // ------------------------------------------------------------------ staying connected

    async #connect() {
      clearTimeout(this.#timer);
      if (this.#stopped || this.#opening || this.#link) return;
      this.#opening = true;
      // A proxy may cut sockets: after two failures every other attempt goes over plain HTTP.
      const poll = this.#failures >= 2 && this.#failures % 2 === 0;
      if (!this.memory.talk) await this.#turn();
      this.#opening = false;
      if (this.#stopped) return this.#released();
      const { hearing, given, memory } = this;
      const talk = (this.#talk = memory.talk);
      this.#heard = false;
      if (this.#isElsewhere()) hearing.forget();
      const hello = parts.greeting.hello(given.chat, { ...memory.hello, after: talk ? hearing.seen : 0 });
      // Only the link that is up is listened to.
      const ears = {
        heard: (frame) => this.#link === link && this.#hear(frame),
        lost: (code) => this.#link === link && this.#lose(code),
      };
      const link = (this.#link = new parts[poll ? "poll" : "socket"](given.chat.server, hello, ears, () => hearing.seen));
    }

    /** Of several tabs opened at once only one begins a conversation; the others join it. */
    #turn() {
      if (!navigator.locks) return;
      return new Promise((begin) => {
        const held = () =>
          new Promise((release) => {
            this.#released = release;
            begin();
          });
        navigator.locks.request(`handraiser:${this.given.chat.server}`, held).catch(begin);
      });
    }

    #lose(code) {
      if (!this.#heard) this.#failures += 1;
      if (this.ready && Date.now() - this.#welcomed > STABLE_SECONDS * 1000) this.#attempts = 0;
      this.#link = null;
      this.#welcomed = 0;
      this.#released();
      clearTimeout(this.#gap.timer);
      this.#gap = {};
      this.sending.lose();
      if (this.#stopped) return;
      this.listener.state("offline");
      const { server } = this.given.chat;
      if (code === 1008) console.warn(`Handraiser: ${server} refused this page; see [web] allowed_origins`);
      this.#plan(code);
    }

    /** Full jitter, so that a server that comes back is not run over; after its own farewell, a wider one. */
    #plan(code) {
      const awaited = !document.hidden && this.sending.awaited;
      const most = awaited ? LONGEST_WAIT_SECONDS_IF_AWAITED : LONGEST_WAIT_SECONDS;
      const least = code === 1001 && !awaited ? FAREWELL_SECONDS : 0;
      const wait = Math.random() * Math.max(Math.min(0.5 * 2 ** this.#attempts, most), least) * 1000;
      this.#attempts += 1;
      this.#timer = setTimeout(() => this.#connect(), Math.max(wait, this.sending.notBefore - Date.now()));
    }

    /** Connect now, unless the server asked for time. */
    #hurry() {
      if (!this.#link && !this.#opening && this.sending.notBefore <= Date.now()) this.#connect();
    }

    #wake = () => {
      if (document.hidden) return;
      this.#attempts = 0;
      if (this.#link) this.#link.check(5);
      else this.#hurry();
    };

    /** A page that may come back from the back button's cache lets go of its connection. */
    #sleep = () => {
      this.renew();
      clearTimeout(this.#timer);
    };

    /** Another tab has begun a conversation: follow it. */
    #otherTab = ({ key }) => {
      const { chat } = this.given;
      if (key === `handraiser:${chat.server}:reset`) {
        // The visitor was forgotten there.
        this.memory.draft = null;
        return chat.rebuild();
      }
      if (key === `${this.memory.key}talk` && this.#isElsewhere()) {
        this.#attempts = 0;
        this.renew();
      }
    };

    /** Whether the visitor's conversation is another than the one on screen. */
    #isElsewhere() {
      const { talk } = this.memory;
      const { conversation } = this.hearing;
      return talk && conversation && talk.conversation !== conversation;
    }

    // ------------------------------------------------------------------ hearing

    #hear(frame) {
      this.#heard = true;
      const { type } = frame;
      if (type === "welcome") this.#welcome(frame);
      else if (type === "ack") this.#acknowledge(frame);
      else if (type === "messages") this.#receive(frame.messages);
      else if (type === "error") this.#refuse(frame);
      this.listener.frame(frame);
    }

    #welcome(frame) {
      this.#welcomed = Date.now();
      this.#proofs = 0;
      const { polling = null } = this.#link;
      this.#failures = polling ? 2 : 0;
      this.memory.blocked = polling;
      this.memory.welcome(frame);
      this.#talk = this.memory.talk;
      this.#released();
      this.listener.welcome(frame);
      this.#receive(frame.messages, frame.seq);
      this.listener.state("online");
      if (this.#restarting) this.restart();
      this.sending.flush();
      seconds(STABLE_SECONDS, () => this.sending.adopt());
    }

    /** Ask for what is missing. */
    #receive(messages, last = 0) {
      this.hearing.receive(messages);
      if (this.hearing.gap || last > this.hearing.seen) this.#askForGap();
    }

    #askForGap() {
      const { hearing } = this;
      const gap = this.#gap;
      if (gap.seen !== hearing.seen) gap.tries = 0;
      else if (gap.timer) return;
      clearTimeout(gap.timer);
      gap.seen = hearing.seen;
      gap.tries += 1;
      if (gap.tries <= ASKED_MOST) {
        this.#link?.catchUp(hearing.seen);
        gap.timer = seconds(GAP_SECONDS, () => {
          gap.timer = null;
          if (hearing.gap) this.#askForGap();
        });
      } else if (hearing.gap) hearing.skip();
    }

    #acknowledge({ id, seq }) {
      this.#proofs = 0;
      const item = this.sending.acknowledge(id);
      if (item) {
        const { tab, failed, proof, ...said } = item;
        this.#receive([{ ...said, seq, from: "visitor", at: new Date(item.at).toISOString() }]);
        this.sending.saved(id);
      }
      this.sending.flush();
    }

    #refuse({ code, message, id, retry_after, challenge }) {
      const { sending } = this;
      const isOurs = id && sending.find(id);
      if (isOurs) sending.settle(id);
      if (/human_check|other_person/.test(code) && this.#proofs++ < PROOFS_MOST) {
        sending.notBefore = Date.now() + PROOF_SECONDS * 1000;
        this.listener.refused({ id, code, challenge });
        return this.ready || this.renew();
      }
      this.listener.error({ code, message: message || code });
      if (code === "unknown_token") this.#beginAnew();
      else if (code === "unknown_script") {
        this.stop();
        this.listener.state("unavailable");
      }
      else if (code === "too_many") sending.pause(retry_after || 1);
      else if (code === "not_saved") sending.backOff();
      else if (code === "hello_first") this.#welcomed = 0;
      else if (isOurs) sending.refuse(id, code);
      // Hello itself was refused: say it again, in time.
      if (!this.ready) this.renew();
    }

    /** The server does not know the visitor any more. What they typed goes into the new conversation. */
    #beginAnew() {
      const { memory } = this;
      const { talk } = memory;
      // Another tab may have begun anew already: then join it.
      if (talk && this.#talk && talk.token === this.#talk.token) memory.talk = null;
      if (!this.#talk || memory.visitor === this.#talk.token) memory.visitor = null;
      this.sending.forgetChoices();
      this.hearing.forget();
      this.renew();
    }
  }

  return Connection;
});
