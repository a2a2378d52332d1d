/**
 * The way to the server: over a WebSocket, or where these are blocked over plain HTTP with long polling, which says and
 * hears the same frames. It lives once; when it is lost, connection.js makes another.
 */
"use strict";

/** A timer: `seconds(count, then)`. */
window.Handraiser.define("seconds", () => (count, then) => setTimeout(then, count * 1000));

window.Handraiser.define("link", ({ seconds }) => {
  /** How long a welcome may take, and a sign of life. */
  const ANSWER_SECONDS = 8;
  const PING_SECONDS = 25;
  /** How long a hidden tab pauses between two requests. */
  const HIDDEN_SECONDS = 40;
  /** Without a word for so long it is half open, and over. */
  const SILENCE_SECONDS = 45;

  /**
   * @param {Panel} panel
   * @param {Object} hello
   * @param {boolean} isPolling whether it is to do without a WebSocket
   * @param {function(Object): void} hear is given each frame
   * @param {function(number=): void} lost is called when it is over, at least once
   */
  return function Link({ chat: { server }, hearing, memory }, hello, isPolling, hear, lost) {
    const over = new AbortController();
    const { signal } = over;
    let socket;
    let silence;

    function expect(within) {
      clearTimeout(silence);
      silence = seconds(within, close);
    }

    function heard(frame) {
      expect(SILENCE_SECONDS);
      hear(frame);
    }

    function send(frame) {
      if (isPolling) ask(frame);
      else if (socket?.readyState === 1) socket.send(JSON.stringify(frame));
    }

    /** Send a frame in a request, and hear what comes of it. @returns {Promise<boolean>} whether it arrived */
    async function ask(frame) {
      // A word of the bot's is under way.
      if (frame.type === "say") heard({ type: "typing", seconds: 1 });
      // As plain text it needs no preflight: it carries the token itself.
      const body = JSON.stringify({ ...memory.talk, ...frame });
      try {
        const answer = await fetch(`${server}/api/v1/frames`, { method: "POST", body, signal });
        (await answer.json()).frames.forEach(heard);
        return true;
      } catch {
        close();
      }
    }

    async function poll() {
      for (let frame = hello; await ask(frame); frame = { type: "catch_up", after: hearing.seen, wait: PING_SECONDS }) {
        // Browsers allow six connections to a host: a hidden tab keeps none of them busy.
        if (document.hidden) {
          await new Promise((resolve) => {
            document.addEventListener("visibilitychange", resolve, { once: true });
            seconds(HIDDEN_SECONDS, resolve);
          });
        }
        expect(SILENCE_SECONDS);
      }
    }

    /** Ask for a sign of life. */
    function check() {
      send({ type: "ping" });
      expect(ANSWER_SECONDS);
    }

    function close(event) {
      clearTimeout(silence);
      over.abort();
      socket?.close();
      lost(event?.code);
    }

    expect(ANSWER_SECONDS);
    if (isPolling) poll();
    else {
      try {
        socket = new WebSocket(`${server.replace(/^http/, "ws")}/ws`);
        socket.onopen = () => send(hello);
        socket.onclose = close;
        socket.onmessage = ({ data }) => heard(JSON.parse(data));
        const pinging = setInterval(() => send({ type: "ping" }), PING_SECONDS * 1000);
        signal.onabort = () => clearInterval(pinging);
      } catch {
        // Refused by the page's Content-Security-Policy, in browsers that say so at once.
        expect(0);
      }
    }
    return { send, check, close };
  };
});
