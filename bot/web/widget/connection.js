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

  /**
   * @param {{chat: HandraiserChat, memory: Memory, hearing: Hearing, words: Object}} given
   * @param {Listener} listener
   */
  return function Connection({ chat, memory, hearing, words }, listener) {
    const { server } = chat;
    /** Aborted when it is over. */
    const over = new AbortController();
    const { signal } = over;
    let link;
    let opening;
    /** When the link that is up was welcomed; 0 while none is. */
    let welcomed = 0;
    /** Whether the link that is up has said anything, and how many in a row had not. */
    let heard;
    let failures = memory.blocked ? 2 : 0;
    let attempts = 0;
    let timer;
    let released = () => {};
    /** What the link that is up was opened with. */
    let talk;
    let gap = {};
    let restarting;
    /** Proofs in a row that were asked for. */
    let proofs = 0;

    /** Send a frame, if a way is open. */
    function pass(frame) {
      if (welcomed) link.send(frame);
    }

    /** Let go of the link; unless all is over, another follows. */
    const renew = () => link?.close();

    const sending = new parts.sending(memory, listener, { isReady: () => welcomed, pass, renew });

    /** Connect, and stay connected until `stop`. @param {Object|null} greeting what the server has said already */
    function start(greeting) {
      talk = memory.talk;
      sending.show();
      listener.state("connecting");
      if (greeting?.error) refuse(greeting.error);
      hurry();
    }

    function stop() {
      over.abort();
      sleep();
      released();
    }

    function say(item) {
      sending.say(item);
      hurry();
    }

    /** Send again what the server refused, or what waits for a connection. */
    function retry(id) {
      sending.retry(id);
      hurry();
    }

    /** Say again what was refused. */
    function resume() {
      sending.notBefore = 0;
      sending.flush();
      hurry();
    }

    /** Begin the script anew. */
    function restart() {
      restarting = !welcomed;
      if (link?.polling && welcomed) say(memory.say({ text: words.startOver, choice: "restart" }));
      else pass({ type: "restart" });
    }

    // ------------------------------------------------------------------ staying connected

    async function connect() {
      clearTimeout(timer);
      if (signal.aborted || opening || link) return;
      opening = true;
      if (!memory.talk) await turn();
      opening = false;
      if (signal.aborted) return released();
      talk = memory.talk;
      heard = false;
      if (isElsewhere()) hearing.forget();
      const hello = parts.greeting.hello(chat, { after: talk ? hearing.seen : 0 });
      // Only the link that is up is listened to.
      const ears = { heard: (frame) => link === mine && hear(frame), lost: (code) => link === mine && lose(code) };
      // A proxy may cut sockets: after two failures every other attempt goes over plain HTTP.
      const Link = failures >= 2 && failures % 2 === 0 ? parts.poll : parts.socket;
      const mine = (link = new Link(server, hello, ears, () => hearing.seen));
    }

    /** Of several tabs opened at once only one begins a conversation; the others join it. */
    function turn() {
      if (!navigator.locks) return;
      return new Promise((begin) => {
        const held = () =>
          new Promise((release) => {
            released = release;
            begin();
          });
        navigator.locks.request(`handraiser:${server}`, held).catch(begin);
      });
    }

    function lose(code) {
      if (!heard) failures += 1;
      if (welcomed && Date.now() - welcomed > STABLE_SECONDS * 1000) attempts = 0;
      link = null;
      welcomed = 0;
      released();
      clearTimeout(gap.timer);
      gap = {};
      sending.lose();
      if (signal.aborted) return;
      listener.state("offline");
      if (code === 1008) console.warn(`Handraiser: ${server} refused this page; see [web] allowed_origins`);
      // Full jitter, so that a server that comes back is not run over; after its own farewell, a wider one.
      const awaited = !document.hidden && sending.awaited;
      const most = awaited ? LONGEST_WAIT_SECONDS_IF_AWAITED : LONGEST_WAIT_SECONDS;
      const least = code === 1001 && !awaited ? FAREWELL_SECONDS : 0;
      const wait = Math.random() * Math.max(Math.min(0.5 * 2 ** attempts++, most), least) * 1000;
      timer = setTimeout(connect, Math.max(wait, sending.notBefore - Date.now()));
    }

    /** Connect now, unless the server asked for time. */
    function hurry() {
      if (sending.notBefore <= Date.now()) connect();
    }

    function wake() {
      if (document.hidden) return;
      attempts = 0;
      if (link) link.check(5);
      else hurry();
    }

    /** A page that may come back from the back button's cache lets go of its connection. */
    function sleep() {
      renew();
      clearTimeout(timer);
    }

    function otherTab({ key }) {
      if (key === `handraiser:${server}:reset`) {
        // The visitor was forgotten there.
        memory.draft = null;
        chat.rebuild();
      } else if (key === `${memory.key}talk` && isElsewhere()) {
        // It has begun a conversation: follow it.
        attempts = 0;
        renew();
      }
    }

    /** Whether the visitor's conversation is another than the one on screen. */
    function isElsewhere() {
      const { conversation } = hearing;
      return conversation && memory.talk && memory.talk.conversation !== conversation;
    }

    // ------------------------------------------------------------------ hearing

    function hear(frame) {
      const { type } = frame;
      heard = true;
      if (type === "welcome") welcome(frame);
      else if (type === "ack") acknowledge(frame);
      else if (type === "messages") receive(frame.messages);
      else if (type === "error") refuse(frame);
      listener.frame(frame);
    }

    function welcome(frame) {
      const { polling = null } = link;
      welcomed = Date.now();
      proofs = 0;
      failures = polling ? 2 : 0;
      memory.blocked = polling;
      memory.welcome(frame);
      talk = memory.talk;
      released();
      listener.welcome(frame);
      receive(frame.messages, frame.seq);
      listener.state("online");
      if (restarting) restart();
      sending.flush();
      seconds(STABLE_SECONDS, () => sending.adopt());
    }

    /** Ask for what is missing. */
    function receive(messages, last = 0) {
      hearing.receive(messages);
      if (hearing.gap || last > hearing.seen) askForGap();
    }

    function askForGap() {
      const { seen } = hearing;
      if (gap.seen !== seen) gap.tries = 0;
      else if (gap.timer) return;
      clearTimeout(gap.timer);
      gap.seen = seen;
      gap.tries += 1;
      if (gap.tries <= ASKED_MOST) {
        link?.catchUp(seen);
        gap.timer = seconds(GAP_SECONDS, () => {
          gap.timer = null;
          if (hearing.gap) askForGap();
        });
      } else if (hearing.gap) hearing.skip();
    }

    function acknowledge({ id, seq }) {
      proofs = 0;
      const item = sending.acknowledge(id);
      if (item) {
        const { tab, failed, proof, ...said } = item;
        receive([{ ...said, seq, from: "visitor", at: new Date(item.at).toISOString() }]);
        sending.saved(id);
      }
      sending.flush();
    }

    function refuse({ code, message, id, retry_after, challenge }) {
      const isOurs = id && sending.find(id);
      if (isOurs) sending.settle(id);
      if (/human_check|other_person/.test(code) && proofs++ < PROOFS_MOST) {
        sending.notBefore = Date.now() + PROOF_SECONDS * 1000;
        listener.refused({ id, code, challenge });
      } else {
        listener.error({ code, message: message || code });
        if (code === "unknown_token") beginAnew();
        else if (code === "unknown_script") {
          stop();
          listener.state("unavailable");
        } else if (code === "too_many") sending.pause(retry_after || 1);
        else if (code === "not_saved") sending.backOff();
        else if (code === "hello_first") welcomed = 0;
        else if (isOurs) sending.refuse(id, code);
      }
      // Hello itself was refused: say it again, in time.
      if (!welcomed) renew();
    }

    /** The server does not know the visitor any more. What they typed goes into the new conversation. */
    function beginAnew() {
      // Another tab may have begun anew already: then join it.
      if (talk && memory.talk?.token === talk.token) memory.talk = null;
      if (!talk || memory.visitor === talk.token) memory.visitor = null;
      sending.forgetChoices();
      hearing.forget();
      renew();
    }

    const heed = (target, event, listener) => target.addEventListener(event, listener, { signal });
    for (const event of ["online", "offline", "pageshow"]) heed(window, event, wake);
    heed(document, "visibilitychange", wake);
    heed(window, "pagehide", sleep);
    heed(window, "storage", otherTab);
    return { sending, start, stop, say, retry, pass, resume, restart };
  };
});
