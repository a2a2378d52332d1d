/** What came while the chat was closed: counted at the bubble, and what a person says is shown beside it. */
"use strict";

window.Handraiser.define("missing", () => {
  const PREVIEW_CHARACTERS = 120;

  /** @param {Panel} panel one with a bubble */
  return (panel) => {
    const { chat, memory, words, launcher } = panel;
    const { notice } = chat;

    /** So many were missed. */
    function count(missed) {
      const label = chat.getAttribute("label") || "Chat";
      memory.unread = missed || null;
      launcher.querySelector(".badge").textContent = missed ? Math.min(missed, 99) : "";
      launcher.ariaLabel = missed ? `${label}, ${missed} ${words.unread}` : label;
      if (!missed) notice.textContent = "";
    }

    function hear({ from, revises, text = "", persona }) {
      if (!revises) count(memory.unread + 1);
      if (from !== "rep") return;
      const short = text.length > PREVIEW_CHARACTERS ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text;
      notice.textContent = text && `${persona?.name || "?"}: ${short}`;
    }

    notice.onclick = () => panel.open(true);
    count(panel.opened ? 0 : memory.unread);
    return { count, hear };
  };
});
