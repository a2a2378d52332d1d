/** Faces and pictures, from addresses only of kinds that cannot run anything. */
"use strict";

window.Handraiser.define("faces", ({ element }) => {
  const WEB = /^https?:$/;

  /** Up to two initials of a name. */
  function initials(name) {
    const first = (name || "").trim().split(/\s+/, 2);
    return first.map(([letter = ""]) => letter).join("").toUpperCase();
  }

  /** Draws for one chat: relative addresses are those of its server. */
  return (server) => {
    /** An address that is safe to follow, or null. @param {RegExp} [schemes] */
    function safe(address, schemes = WEB) {
      try {
        const url = new URL(address, `${server}/`);
        return schemes.test(url.protocol) ? url.href : null;
      } catch {
        return null;
      }
    }

    /** A picture; one that cannot be loaded leaves its words, if it has any. Nothing when its address is no web address. */
    function picture(address, look, alt = "") {
      const src = address && safe(address);
      if (!src) return null;
      const onerror = () => alt || drawn.remove();
      const drawn = element("img", { class: look, alt, loading: "lazy", referrerpolicy: "no-referrer", onerror, src });
      return drawn;
    }

    /** A face: the picture, or the initials while there is none. */
    const face = (persona) =>
      element("span", { class: "face", "aria-hidden": true }, initials(persona.name), picture(persona.picture));

    return { safe, picture, face };
  };
});
