/**
 * One visitor's conversation with the server, without loss (docs/chat-protocol.md): stays connected, whatever happens to
 * the network. What is heard goes to hearing.js, what is said comes from outgoing.js.
 */
"use strict";

window.Handraiser.define("connection", (parts) => {
  const { seconds } = parts;
  /** Longer than a tab waits that has something to say: until then another leaves it to that one. */
  const STABLE_SECONDS = 8;
  const LONGEST_WAIT_SECONDS = 30;
  /** While somebody looks at a message that is not sent. */
  const LONGEST_WAIT_SECONDS_IF_AWAITED = 5;
  /** A server that is restarted does not see all of its visitors in the same second. */
  const FAREWELL_SECONDS = 10;
  /** How often what is missing is asked for, and how long it may take. */
  const ASKED_MOST = 3;
  const GAP_SECONDS = 4;
  /** How soon a line has to answer that may have died in its sleep. */
  const AWAKE_SECONDS = 5;
  const PROOFS_MOST = 3;
  /** A proof may take a person a while; then all is said again, and another asked for. */
  const PROOF_SECONDS = 120;

  /** A moment within twice as long at each attempt: full jitter, so that a server that comes back is not run over. */
  const backOff = (attempt, most, least = 0) => Math.random() * Math.max(Math.min(0.5 * 2 ** attempt, most), least);

  /**
   * @param {Panel} panel
   * @param {Object} listener talk.js
   * @param {function("connecting"|"online"|"offline"|"unavailable"): void} listener.connected
   * @param {function(Object): void} listener.frame any frame
   * @param {function({id: string, code: string, challenge: Object}): void} listener.refused for the page to put right
   */
  return function Connection(panel, listener) {
    const { chat, memory, hearing } = panel;
    const { server } = chat;
    /** Aborted when it is over. */
    const over = new AbortController();
    const { signal } = over;
    let link;
    let opening;
    let isPolling;
    /** Whether the link that is up was welcomed. */
    let welcomed;
    /** Links in a row that had nothing to say. */
    let failures = memory.blocked ? 2 : 0;
    /** Sockets have worked here: where they do not, the server was away. */
    let hasSockets;
    /** In a row: links that did not last, messages that could not be saved, proofs that were asked for. */
    let attempts = 0;
    let refusals = 0;
    let proofs = 0;
    /** When the next link is due, and when one is stable. */
    let timer;
    /** The server has asked for time. */
    let notBefore = 0;
    /** What the link that is up was opened with. */
    let talk;
    /** While messages are missing. */
    let gap;

    /** Whether something can be said now. */
    const isReady = () => welcomed && notBefore <= Date.now();

    /** Send a frame, if a way is open. */
    function pass(frame) {
      if (welcomed) link.send(frame);
    }

    /** Let go of the link; unless all is over, another follows. */
    const renew = () => link?.close();

    const outgoing = parts.outgoing(panel, { isReady, pass, renew, hurry });

    /** Connect, and stay connected until `stop`. @param {Object|null} greeting what the server has said already */
    function start(greeting) {
      listener.connected("connecting");
      // Where plain requests are answered, one socket that is not says enough.
      if (greeting?.token) failures ||= 1;
      if (greeting?.error) refuse(greeting.error);
      hurry();
    }

    function stop() {
      over.abort();
      sleep();
    }

    /** Say again what was refused. */
    function resume() {
      notBefore = 0;
      outgoing.flush();
      hurry();
    }

    // ------------------------------------------------------------------ staying connected

    async function connect() {
      if (signal.aborted || opening || link) return;
      clearTimeout(timer);
      // A page may have emptied the storage; the conversation on screen goes on.
      if (talk) memory.talk ??= talk;
      if (!memory.talk) {
        // Of several tabs only one begins a conversation; the others join it.
        opening = true;
        const answer = await parts.greeting.greet(chat, parts.need("panel"));
        if (answer?.error) refuse(answer.error);
        if (!memory.talk) return lose();
        opening = false;
      }
      talk = memory.talk;
      const hello = parts.greeting.hello(chat, { after: talk.conversation === hearing.conversation ? hearing.seen : 0 });
      // A proxy may cut sockets: after two failures every other attempt goes over plain HTTP.
      isPolling = failures > 1 && failures % 2 === 0;
      failures += 1;
      // Only the link that is up is listened to.
      const mine = (link = parts.link(
        panel,
        hello,
        isPolling,
        (frame) => link === mine && hear(frame),
        (code) => link === mine && lose(code),
      ));
    }

    function lose(code) {
      clearTimeout(gap);
      clearTimeout(timer);
      welcomed = gap = null;
      // What was on its way waits again.
      outgoing.release();
      outgoing.flush();
      link = opening = null;
      if (signal.aborted) return;
      listener.connected("offline");
      const awaited = !document.hidden && outgoing.waiting()[0];
      const most = awaited ? LONGEST_WAIT_SECONDS_IF_AWAITED : LONGEST_WAIT_SECONDS;
      const wait = backOff(attempts++, most, code === 1001 && !awaited ? FAREWELL_SECONDS : 0);
      timer = setTimeout(connect, Math.max(wait * 1000, notBefore - Date.now()));
    }

    /** Connect now, unless the server asked for time. */
    function hurry() {
      if (notBefore <= Date.now()) connect();
    }

    function wake() {
      if (document.hidden) return;
      attempts = 0;
      if (welcomed) link.check(AWAKE_SECONDS);
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
      } else if (key === chat.key("talk")) {
        // It has begun a conversation: follow it.
        attempts = 0;
        renew();
      }
    }

    // ------------------------------------------------------------------ hearing

    function hear(frame) {
      failures = isPolling && !hasSockets ? 2 : 0;
      if (frame.type === "welcome") welcome(frame);
      else if (frame.type === "ack") acknowledge(frame);
      else if (frame.type === "messages") receive(frame);
      else if (frame.type === "error") refuse(frame);
      listener.frame(frame);
    }

    function welcome(frame) {
      welcomed = true;
      proofs = 0;
      if (!isPolling) hasSockets = true;
      memory.blocked = (isPolling && !hasSockets) || null;
      memory.welcome(frame);
      panel.welcome(frame);
      receive(frame);
      listener.connected("online");
      outgoing.flush();
      timer = seconds(STABLE_SECONDS, () => {
        attempts = 0;
        outgoing.adopt();
        if (!isPolling || !hasSockets) return;
        // Once the server is back, so are they; unless the network is another one by now.
        hasSockets = false;
        renew();
      });
    }

    function receive({ messages }) {
      hearing.receive(messages);
      if (!gap) fill(ASKED_MOST);
    }

    /** Ask for what is missing, so many times; then go on without it. */
    function fill(times) {
      const { seen } = hearing;
      gap = null;
      if (!times) hearing.skip();
      if (!hearing.gap) return;
      link.send({ type: "catch_up", after: hearing.seen });
      gap = seconds(GAP_SECONDS, () => fill(hearing.seen > seen ? ASKED_MOST : times - 1));
    }

    /** What was said is saved; the message itself follows, unless it was here before. */
    function acknowledge({ id, seq }) {
      proofs = refusals = 0;
      if (seq <= hearing.seen) outgoing.saved(id);
    }

    function refuse({ code, message, id, retry_after, challenge }) {
      const isOurs = outgoing.release(id);
      if (/human_check|other_person/.test(code) && proofs++ < PROOFS_MOST) {
        notBefore = Date.now() + PROOF_SECONDS * 1000;
        listener.refused({ id, code, challenge });
      } else {
        chat.announce("error", { code, message });
        if (code === "unknown_token") beginAnew();
        else if (code === "unknown_script") {
          stop();
          listener.connected("unavailable");
        } else if (code === "too_many") pause(retry_after || 1);
        // The server could not save it: not so fast.
        else if (code === "not_saved") pause(backOff(refusals++, LONGEST_WAIT_SECONDS));
        else if (code === "hello_first") welcomed = null;
        else if (isOurs) outgoing.refuse(id, code);
      }
      // Hello itself was refused: say it again, in time.
      if (!welcomed) renew();
    }

    /** Say nothing for so many seconds. */
    function pause(wait) {
      notBefore = Date.now() + wait * 1000;
      outgoing.flush();
      seconds(wait + 0.01, outgoing.flush);
    }

    /** The server does not know the visitor any more. What they typed goes into the new conversation. */
    function beginAnew() {
      // Another tab may have begun anew already: then join it.
      if (talk && memory.talk?.token === talk.token) memory.talk = null;
      if (!talk || memory.visitor === talk.token) memory.visitor = null;
      talk = null;
      outgoing.forgetChoices();
      hearing.forget();
      renew();
    }

    const heed = (target, event, listener) => target.addEventListener(event, listener, { signal });
    for (const event of ["online", "offline", "pageshow"]) heed(window, event, wake);
    heed(document, "visibilitychange", wake);
    heed(window, "pagehide", sleep);
    heed(window, "storage", otherTab);
    return { outgoing, start, stop, pass, resume };
  };
});
