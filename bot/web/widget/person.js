/**
 * A person of ours who has come in: the face in the header, the line above the field that says so and leads back to the
 * bot, and in the transcript that they came, and what they changed of what they said.
 */
"use strict";

window.Handraiser.define("person", ({ element }) => {
  /** Key of the choice that brings the bot back. */
  const LEAVE = "leave_person";

  class Person {
    #who;
    #step;
    #talking;

    /** @param {Panel} panel */
    constructor(panel) {
      this.panel = panel;
      this.name = element("strong", { dir: "auto" });
      const onclick = (event) => this.#leave(event);
      this.back = element("button", { type: "button", class: "back", part: "back", onclick, hidden: true });
      const text = element("span", { class: "with" }, element("span", {}, `${panel.words.talkingWith} `), this.name);
      this.line = element("div", { class: "person", part: "person", hidden: true }, text, this.back);
      panel.composer.node.before(this.line);
    }

    /** A message may tell who is there, and bring the way back. */
    hear({ from, joined, persona, choices, step, revises }) {
      const who = joined || (from === "rep" && !revises && persona);
      if (who?.name) this.#who = who;
      if (joined) {
        this.back.textContent = choices?.find(({ key }) => key === LEAVE)?.label || "";
        this.#step = step;
      }
      this.#show();
    }

    /** What the conversation is doing; "" when another one begins. */
    stand(status) {
      this.#talking = status === "talking";
      if (!status) this.#who = null;
      this.back.disabled = false;
      this.#show();
    }

    #show() {
      const { panel } = this;
      const who = this.#talking ? this.#who : null;
      if (!who && this.line.contains(this.line.getRootNode().activeElement)) panel.focus();
      this.line.hidden = !who;
      this.back.hidden = !this.back.textContent;
      this.name.textContent = who?.name;
      panel.present = who;
      panel.introduce(panel.memory.script || {});
    }

    /** The second press of a double click belongs to the first. */
    #leave({ detail }) {
      if (detail > 1) return;
      this.panel.focus();
      this.back.disabled = true;
      this.panel.say(this.back.textContent, LEAVE, this.#step);
    }
  }

  /** Change in place what a person said before. */
  function change(drawn, { text }, transcript) {
    const { words } = transcript.given;
    const bubble = drawn.querySelector(".bubble");
    bubble.textContent = text || words.removed;
    bubble.classList.toggle("removed", !text);
    drawn.querySelector(".mark").textContent = text ? words.edited : "";
    transcript.link(bubble);
  }

  return { Person, change };
});
