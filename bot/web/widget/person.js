/**
 * A person of ours who has come in: the face in the header, the line above the field that says so and leads back to the
 * bot, and in the transcript what they changed of what they said.
 */
"use strict";

window.Handraiser.define("person", ({ element }) => {
  /** Key of the choice that brings the bot back. */
  const LEAVE = "leave_person";

  /** @param {Panel} panel */
  function meet(panel) {
    let who;
    let step;
    let isTalking;

    /** The second press of a double click belongs to the first. */
    function leave({ detail }) {
      if (detail > 1) return;
      panel.focus();
      back.disabled = true;
      panel.say(back.textContent, LEAVE, step);
    }

    const name = element("strong", { dir: "auto" });
    const back = element("button", { class: "back", onclick: leave, hidden: true });
    const text = element("span", {}, `${panel.words.talkingWith} `, name);
    const line = element("div", { class: "person", hidden: true }, text, back);
    panel.composer.node.before(line);

    function show() {
      const here = isTalking ? who : null;
      if (!here && line.matches(":focus-within")) panel.focus();
      line.hidden = !here;
      back.hidden = !back.textContent;
      name.textContent = here?.name;
      panel.present = here;
      panel.introduce(panel.memory.script || {});
    }

    return {
      /** A message may tell who is there, and bring the way back. */
      hear({ from, joined, persona, choices, step: asked, revises }) {
        const one = joined || (from === "rep" && !revises && persona);
        if (one?.name) who = one;
        if (joined) {
          back.textContent = choices?.find(({ key }) => key === LEAVE)?.label || "";
          step = asked;
        }
        show();
      },

      /** What the conversation is doing; "" when another one begins. */
      stand(status) {
        isTalking = status === "talking";
        if (!status) who = null;
        back.disabled = false;
        show();
      },
    };
  }

  /** Change in place what a person said before. */
  function change(drawn, { text }, transcript) {
    const bubble = drawn.querySelector(".bubble");
    bubble.textContent = text || transcript.given.words.removed;
    bubble.classList.toggle("removed", !text);
    drawn.querySelector(".mark").textContent = text ? transcript.given.words.edited : "";
    transcript.link(bubble);
  }

  return { meet, change };
});
