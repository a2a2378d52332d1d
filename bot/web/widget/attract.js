/**
 * What the closed chat does to be noticed, as its script's author wishes (docs/scripts.md, "Drawing attention"): waits for
 * the moment of a teaser, shows it beside the bubble, and remembers what the visitor thought of it.
 */
"use strict";

window.Handraiser.define("attract", ({ dress, notes, acts, greeting }) => {
  const ENDS = ["shown", "closed", "engaged"];
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;
  const READ_OUT_MILLISECONDS = 100;

  const like = (expression, text) => new RegExp(expression, "i").test(text);

  /** Begin to wait for the moments of a chat's teasers. @returns {function(): void} ends it */
  const attract = ({ chat, card }) => {
    const root = chat.shadowRoot;
    const { teasers } = card.attract;
    acts.tell(chat);
    if (!teasers.length) return () => {};
    /** What this browser, and this visit, remembers of them. */
    const [ever, visit] = [notes(chat, "local"), notes(chat, "session")];
    let counts = {};
    const heard = new AbortController();
    /** How the page is looked at. */
    let page;
    /** The teaser that waits to be shown, or is. */
    let present;
    let node;
    let waiting;

    const listen = (target, event, listener) =>
      target.addEventListener(event, listener, { passive: true, signal: heard.signal });

    const today = new Date().toDateString();

    /** Remember and count what became of the teaser. */
    function became(what) {
      const { name, until } = present;
      const [always, now] = [ever, visit].map((notes) => (notes[`-${name}`] ??= {}));
      if (what === "shown") {
        now.shown = -~now.shown;
        always.shown = -~always.shown;
        always.day = { [today]: -~always.day?.[today] };
      } else now.over = 1;
      if (ENDS.indexOf(what) >= ENDS.indexOf(until)) always.over = 1;
      ever.keep();
      visit.keep();
      const count = (counts[name] ??= {});
      count[what] = -~count[what];
      chat.announce("attract", { teaser: name, became: what });
    }

    /** Whether a teaser may be shown here and now, and its moment has come. */
    function isDue({ name, pages, not_on, at_most = {}, only_if = {}, when }) {
      const [always, now] = [ever, visit].map((notes) => notes[`-${name}`] || {});
      const address = location.host + location.pathname + location.search;
      const { visits = [0], came = [] } = only_if;
      const { page: landing, referrer } = greeting.landing(chat) || { page: location.href, referrer: document.referrer };
      return !(
        always.over ||
        now.over ||
        now.shown >= at_most.visit ||
        always.shown >= at_most.ever ||
        always.day?.[today] >= at_most.day ||
        (pages && !like(pages, address)) ||
        (not_on && like(not_on, address)) ||
        visit.visit < visits[0] ||
        visit.visit > (visits[1] ?? 1e9) ||
        !came.every((one) => like(one, `${landing} ${referrer}`)) ||
        (when && !["seen_for", "idle_for", "scrolled", "leaving"].some((key) => page[key] >= when[key]) &&
          !when.did?.some((act) => visit.did?.[act]))
      );
    }

    /** Show the first teaser whose moment has come. */
    function check() {
      if (page?.address !== location.href) page = { address: location.href, seen_for: 0, idle_for: 0, scrolled: 0, leaving: 0 };
      if (present || chat.opened || chat.engaged || !(present = teasers.find(isDue))) return;
      const { address } = page;
      waiting = setTimeout(() => {
        if (chat.opened || chat.engaged || location.href !== address) return (present = null);
        became("shown");
        if (present.tease) draw();
        else {
          if (present.open) chat.open(false);
          present = null;
        }
      }, 1000 * (present.wait || 0));
    }

    function draw() {
      const make = (name, className = "", textContent = "", onclick = null) =>
        Object.assign(document.createElement(name), { className, textContent, onclick });
      const reply = (label) => make("button", "", label, () => engage(label));
      const { name, picture } = present.persona || card.persona;
      dress(root, "css:attract.css");
      node = make("div", "teaser");
      Object.assign(node, { part: "teaser", role: "status", dir: "auto" });
      node.onkeydown = ({ key }) => key === "Escape" && dismiss();
      const says = make("button", "says", present.tease, () => engage());
      if (picture) {
        const face = make("img");
        face.onerror = () => face.remove();
        face.alt = name;
        face.src = new URL(picture, `${chat.server}/`);
        says.prepend(face);
      }
      const away = make("button", "away", "×", dismiss);
      away.ariaLabel = card.attract.close;
      root.append(node);
      // A status that is there before its words is read out.
      setTimeout(() => node.append(says, ...(present?.choices || []).map(reply), away), READ_OUT_MILLISECONDS);
    }

    function remove() {
      const focused = node?.contains(root.activeElement);
      node?.remove();
      present = node = null;
      // Whose keyboard stood in it stands beside it now.
      if (focused) chat.launcher?.focus();
    }

    function dismiss() {
      became("closed");
      remove();
    }

    async function engage(label) {
      await chat.open();
      if (label) chat.send(label);
    }

    /** Tell the server how often teasers were shown, closed, and began a talk; nothing else. */
    function report() {
      const body = JSON.stringify(counts);
      if (body === "{}") return;
      navigator.sendBeacon(`${chat.server}/api/v1/scripts/${encodeURIComponent(chat.script)}/attract`, body);
      counts = {};
    }

    // A new visit after half an hour away, however many tabs are opened in a row.
    if (!visit.visit) visit.visit = ever.visits = -~ever.visits - (Date.now() - ever.at < SAME_VISIT_MILLISECONDS);
    ever.at = Date.now();
    ever.keep();
    visit.keep();

    // However it was opened: who opens the chat beside a teaser was won by it.
    listen(chat, "handraiser:opened", () => {
      if (node) became("engaged");
      remove();
    });
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
      remove();
    };
  };

  return Object.assign(attract, { act: acts.act });
});
