/**
 * What the closed chat does to be noticed, as its script's author wishes (docs/scripts.md, "Drawing attention"): waits for
 * the moment of a teaser, shows it beside the bubble, and remembers what the visitor thought of it.
 */
"use strict";

window.Handraiser.define("attract", (parts) => {
  const { dress, notes, acts } = parts;
  /** What may become of a teaser, in this order. */
  const ENDS = "shown closed engaged";
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;
  const READ_OUT_MILLISECONDS = 100;

  const like = (expression, text) => new RegExp(expression, "i").test(text);
  const count = (counts, key) => (counts[key] = -~counts[key]);

  /** Begin to wait for the moments of a chat's teasers. @returns {function(): void} ends it */
  const attract = ({ chat, card }) => {
    const root = chat.shadowRoot;
    const { teasers, close } = card.attract;
    acts.tell(chat);
    if (!teasers.length) return () => {};
    /** What this browser, and this visit, remembers of them. */
    const both = [notes(chat, "local"), notes(chat, "session")];
    const [ever, visit] = both;
    const keep = () => {
      ever.keep();
      visit.keep();
    };
    const of = ({ name }) => both.map((one) => (one[`-${name}`] ??= {}));
    let counts = {};
    const heard = new AbortController();
    /** How the page is looked at. */
    let page;
    /** The teaser that waits to be shown, or is. */
    let present;
    let node;
    let waiting;

    const listen = (target, event, listener) => target.addEventListener(event, listener, { signal: heard.signal });

    const today = new Date().toDateString();

    /** Remember and count what became of the teaser. */
    function became(what) {
      const { name, until } = present;
      const [always, now] = of(present);
      if (what === "shown") {
        count(now, what);
        count(always, what);
        always.day = { [today]: -~always.day?.[today] };
      } else now.over = 1;
      if (ENDS.indexOf(what) >= ENDS.indexOf(until)) always.over = 1;
      keep();
      count((counts[name] ??= {}), what);
      chat.announce("attract", { teaser: name, became: what });
    }

    /** Whether a teaser may be shown here and now, and its moment has come. */
    function isDue(teaser) {
      const { pages = "", not_on = "^$", at_most = {}, only_if = {}, when } = teaser;
      const [always, now] = of(teaser);
      const address = location.host + location.pathname + location.search;
      const { visits = [], came = [] } = only_if;
      const landing = parts.greeting.landing(chat) || { page: location.href, referrer: document.referrer };
      return !(
        always.over ||
        now.over ||
        now.shown >= at_most.visit ||
        always.shown >= at_most.ever ||
        always.day?.[today] >= at_most.day ||
        !like(pages, address) ||
        like(not_on, address) ||
        visit.visit < visits[0] ||
        (visits[1] && visit.visit > visits[1]) ||
        !came.every((one) => like(one, `${landing.page} ${landing.referrer}`)) ||
        (when &&
          !Object.keys(when).some((key) => page[key] >= when[key]) &&
          !when.did?.some((act) => visit.did?.[act]))
      );
    }

    /** Show the first teaser whose moment has come. */
    function check() {
      const { href } = location;
      if (page?.href !== href) page = { href, seen_for: 0, idle_for: 0 };
      const isEarly = () => !chat.opened && !chat.recall("engaged") && location.href === href;
      if (present || !isEarly() || !(present = teasers.find(isDue))) return;
      waiting = setTimeout(() => {
        if (!isEarly()) return (present = null);
        became("shown");
        if (present.tease) return draw();
        if (present.open) chat.open(false);
        present = null;
      }, 1000 * (present.wait || 0));
    }

    function draw() {
      const make = (name, className, textContent, onclick) =>
        Object.assign(document.createElement(name), { className, textContent, onclick });
      const { tease, choices = [], persona } = present;
      const { name, picture } = persona || card.persona;
      dress(root, "css:attract.css");
      const teaser = (node = make("div", "teaser"));
      const says = make("button", "says", tease, () => chat.open());
      const replies = choices.map((label) => make("button", "", label, () => chat.open().then(() => chat.send(label))));
      const away = make("button", "away", "×", () => end("closed"));
      away.ariaLabel = close;
      if (picture) {
        const face = make("img", "");
        face.onerror = () => face.remove();
        face.alt = name;
        face.src = new URL(picture, `${chat.server}/`);
        says.prepend(face);
      }
      Object.assign(teaser, { part: "teaser", role: "status", dir: "auto" });
      teaser.onkeydown = ({ key }) => key === "Escape" && end("closed");
      root.append(teaser);
      // A status that is there before its words is read out.
      setTimeout(() => teaser.append(says, ...replies, away), READ_OUT_MILLISECONDS);
    }

    /** The teaser goes, for the reason given. */
    function end(what) {
      if (node && what) became(what);
      const focused = node?.contains(root.activeElement);
      node?.remove();
      present = node = null;
      // Whose keyboard stood in it stands beside it now.
      if (focused) chat.launcher?.focus();
    }

    /** Tell the server how often teasers were shown, closed, and began a talk; nothing else. */
    function report() {
      const body = JSON.stringify(counts);
      if (body !== "{}") navigator.sendBeacon(`${chat.server}/api/v1/scripts/${chat.script}/attract`, body);
      counts = {};
    }

    // A new visit after half an hour away, however many tabs are opened in a row.
    if (!visit.visit) visit.visit = ever.visits = -~ever.visits - (Date.now() - ever.at < SAME_VISIT_MILLISECONDS);
    ever.at = Date.now();
    keep();

    // However it was opened: who opens the chat beside a teaser was won by it.
    listen(chat, "handraiser:opened", () => end("engaged"));
    listen(chat, "handraiser:act", check);
    for (const event of ["pointermove", "pointerdown", "keydown", "scroll"]) listen(window, event, () => (page.idle_for = 0));
    listen(window, "scroll", () => {
      page.scrolled = ((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100;
      check();
    });
    listen(document.documentElement, "mouseleave", ({ clientY }) => {
      page.leaving = clientY <= 0;
      check();
    });
    listen(document, "visibilitychange", report);
    const ticking = setInterval(() => {
      if (document.hidden) return;
      page.seen_for += 1;
      page.idle_for += 1;
      check();
    }, 1000);
    check();
    return () => {
      report();
      heard.abort();
      clearInterval(ticking);
      clearTimeout(waiting);
      end();
    };
  };

  return Object.assign(attract, { act: acts.act });
});
