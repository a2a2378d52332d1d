/** What came while the chat was closed: counted at the bubble, and what a person says is shown beside it. */
"use strict";

window.Handraiser.define("missing", () => {
  const PREVIEW_CHARACTERS = 120;

  class Missing {
    /** @param {Panel} panel one with a bubble */
    constructor(panel) {
      this.panel = panel;
      this.badge = panel.launcher.querySelector(".badge");
      this.count = panel.opened ? 0 : panel.memory.unread || 0;
    }

    get count() {
      return this.panel.memory.unread || 0;
    }

    set count(count) {
      const { chat, memory, words, launcher } = this.panel;
      const label = chat.getAttribute("label") || "Chat";
      memory.unread = count || null;
      this.badge.textContent = count ? Math.min(count, 99) : "";
      launcher.ariaLabel = count ? `${label}, ${count} ${words.unread}` : label;
      if (!count) this.#preview("");
    }

    hear({ from, revises, text = "", persona }) {
      if (!revises) this.count += 1;
      if (from !== "rep") return;
      const short = text.length > PREVIEW_CHARACTERS ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text;
      this.#preview(text && `${persona?.name || "?"}: ${short}`);
    }

    #preview(text) {
      const { notice } = this.panel.chat;
      notice.textContent = text;
      notice.onclick = () => this.panel.open(true);
    }
  }

  return Missing;
});
