/**
 * What the closed chat does to be noticed, as its script's author wishes (docs/scripts.md, "Drawing attention"): waits for
 * the moment of a teaser, shows it beside the bubble, and remembers what the visitor thought of it.
 */
"use strict";

window.Handraiser.define("attract", (parts) => {
  const { dress, notes, acts } = parts;
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;
  const READ_OUT_MILLISECONDS = 100;

  const like = (expression, text) => new RegExp(expression, "i").test(text);
  const count = (counts, key) => (counts[key] = -~counts[key]);

  /** Begin to wait for the moments of a chat's teasers; `card` is what the server says. @returns {function(): void} ends it */
  const attract = ({ chat, card }) => {
    const root = chat.shadowRoot;
    /** What this browser, and this visit, remembers of them. */
    const ever = notes(chat, "local");
    const visit = notes(chat, "session");
    const of = (notes, { name }) => (notes[`-${name}`] ??= {});
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
      const { name, ends } = present;
      const always = of(ever, present);
      const now = of(visit, present);
      if (what === "shown") {
        count(now, what);
        count(always, what);
        always.day = { [today]: -~always.day?.[today] };
      } else now.over = 1;
      if (ends.includes(what)) always.over = 1;
      ever.keep();
      visit.keep();
      count((counts[name] ??= {}), what);
      chat.announce("attract", { teaser: name, became: what });
    }

    /** Whether a teaser may be shown here and now, and its moment has come. */
    function isDue(teaser) {
      const { visits = [], at_most = {}, when } = teaser;
      const always = of(ever, teaser);
      const now = of(visit, teaser);
      const landing = parts.greeting.landing(chat) || { page: location.href, referrer: document.referrer };
      const seen = { ...visit.did, ...page };
      return !(
        always.over ||
        now.over ||
        now.shown >= at_most.visit ||
        always.shown >= at_most.ever ||
        always.day?.[today] >= at_most.day ||
        !like(teaser.where, location.host + location.pathname + location.search) ||
        !like(teaser.came, `${landing.page} ${landing.referrer}`) ||
        visit.visit < visits[0] ||
        visit.visit > visits[1] ||
        (when && !Object.entries(when).some(([moment, least]) => seen[moment] >= least))
      );
    }

    /** Show the first teaser whose moment has come. */
    function check() {
      const { href } = location;
      if (page?.href !== href) page = { href, seen_for: 0, idle_for: 0 };
      const isEarly = () => !chat.opened && !chat.recall("engaged") && location.href === href;
      if (present || !isEarly() || !(present = card.attract.teasers.find(isDue))) return;
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
      dress(root, "css:attract.css");
      const teaser = (node = make("div", "teaser"));
      const says = make("button", "says", present.tease, () => chat.open());
      const replies = (present.choices || []).map((label) =>
        make("button", "", label, () => chat.open().then(() => chat.send(label))),
      );
      const away = make("button", "away", "×", () => end("closed"));
      away.ariaLabel = card.attract.close;
      if (present.persona.picture) {
        const face = make("img", "");
        face.onerror = face.remove;
        face.alt = present.persona.name;
        face.src = new URL(present.persona.picture, `${chat.server}/`);
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
      // Whose keyboard stood in it stands beside it now.
      if (node?.contains(root.activeElement)) chat.launcher?.focus();
      node?.remove();
      present = node = null;
    }

    /** Tell the server how often teasers were shown, closed, and began a talk; nothing else. */
    function report() {
      const body = JSON.stringify(counts);
      if (body !== "{}") navigator.sendBeacon(`${chat.server}/api/v1/scripts/${chat.script}/attract`, body);
      counts = {};
    }

    // A new visit after half an hour away, however many tabs are opened in a row.
    visit.visit ||= ever.visits = -~ever.visits - (Date.now() - ever.at < SAME_VISIT_MILLISECONDS);
    ever.at = Date.now();
    ever.keep();
    visit.keep();
    acts.tell(chat);

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
