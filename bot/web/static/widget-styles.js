/**
 * How the chat looks. Colours come from --handraiser-accent and the light-dark pairs at the top; directions are
 * logical (inline, block), so that a right-to-left script needs nothing of its own.
 */
"use strict";

window.Handraiser.define("styles", () => `
  :host {
    --surface: var(--handraiser-surface, #fff); --soft: #f1f3f7; --text: var(--handraiser-text, #171c28);
    --quiet: #5a6376; --line: #e2e6ee; --danger: #b3142f; --warn: #fff5df;
    --warn-text: #6b4700; --radius: var(--handraiser-radius, 20px); --ink: var(--accent);
  }
  @supports (color: light-dark(red, red)) {
    :host {
      --surface: var(--handraiser-surface, light-dark(#fff, #171b24)); --soft: light-dark(#f1f3f7, #262c39);
      --text: var(--handraiser-text, light-dark(#171c28, #eef1f7)); --quiet: light-dark(#5a6376, #a4aec2);
      --line: light-dark(#e2e6ee, #323a4a); --danger: light-dark(#b3142f, #ff9aa8);
      --warn: light-dark(#fff5df, #3a2f16); --warn-text: light-dark(#6b4700, #ffdf9e);
      --ink: light-dark(color-mix(in oklab, var(--accent) 88%, #000), color-mix(in oklab, var(--accent) 38%, #fff));
    }
  }
  @supports (color: oklch(from red l c h)) {
    :host { --ink: light-dark(oklch(from var(--accent) min(l, .47) c h), oklch(from var(--accent) max(l, .8) min(c, .13) h)); }
  }
  :host([mode="inline"]) { block-size: var(--handraiser-height, 600px); }
  :host([mode="page"]) { position: fixed; inset: 0; }

  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .frame[hidden] { display: block !important; visibility: hidden; }
  p, h2, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; font: inherit; }
  button, input, textarea { font: inherit; color: inherit; }
  button { cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; }
  svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 1.8;
    stroke-linecap: round; stroke-linejoin: round; flex: none; }
  :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
  .panel:focus { outline: none; }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }

  /* ---- where it stands ---- */
  .frame { font-size: 15px; line-height: 1.5; color: var(--text); -webkit-text-size-adjust: 100%; }
  .frame.as-inline, .frame.as-page { block-size: 100%; }
  .frame.as-bubble { position: fixed; z-index: var(--handraiser-layer, 2147483000);
    inset-block-end: calc(var(--offset) + 76px); inset-inline-end: var(--offset);
    inline-size: min(var(--handraiser-width, 396px), calc(100vw - 2 * var(--offset)));
    block-size: min(var(--handraiser-height, 680px), calc(100dvh - var(--offset) - 92px));
    transform-origin: 100% 100%; transition: opacity .18s ease, transform .28s cubic-bezier(.2, .9, .3, 1),
    visibility 0s; }
  .frame.as-bubble[hidden] { opacity: 0; transform: translateY(14px) scale(.97); pointer-events: none;
    transition: opacity .14s ease, transform .14s ease, visibility 0s .14s; }
  .panel { display: flex; flex-direction: column; block-size: 100%; background: var(--surface); overflow: hidden;
    outline-offset: -2px; container-type: inline-size; }
  .as-bubble .panel, .as-inline .panel { border: 1px solid var(--line); border-radius: var(--radius); }
  .frame.as-bubble .panel { box-shadow: 0 0 1px rgb(15 23 42 / .25), 0 4px 12px rgb(15 23 42 / .08),
    0 28px 64px -16px rgb(15 23 42 / .38); }

  /* ---- header ---- */
  .head { display: flex; align-items: center; gap: 12px; flex: none; min-block-size: 68px;
    padding: 12px 18px; border-block-end: 1px solid var(--line); }
  .head .face { inline-size: 42px; block-size: 42px; font-size: 15px; }
  .names { flex: 1; min-inline-size: 0; }
  .who { font-size: 16px; font-weight: 650; line-height: 1.3; letter-spacing: -.005em; }
  .what { color: var(--quiet); font-size: 13px; line-height: 1.35; }
  .who, .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: start; }
  .what:empty { display: none; }
  .close { display: none; place-items: center; inline-size: 44px; block-size: 44px; margin-inline-end: -10px;
    padding: 0; border: 0; border-radius: 50%; background: none; color: var(--quiet); }
  .close:hover { background: var(--soft); color: var(--text); }
  .face { position: relative; display: grid; place-items: center; flex: none; inline-size: 30px; block-size: 30px;
    border-radius: 50%; overflow: hidden; background: color-mix(in oklab, var(--accent) 16%, var(--surface));
    color: var(--ink); font-size: 11.5px; font-weight: 650; letter-spacing: .02em; }
  .face.here { overflow: visible; }
  .face.here img { border-radius: 50%; }
  .face.here::after { content: ""; position: absolute; inset-block-end: -1px; inset-inline-end: -1px;
    inline-size: 12px; block-size: 12px; border-radius: 50%; background: #1fa35c; border: 2px solid var(--surface); }
  .face img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
  .banner:empty { display: none; }
  .banner { flex: none; padding: 8px 18px; background: var(--warn); color: var(--warn-text);
    font-size: 13.5px; line-height: 1.45; }
  .banner[data-state="connecting"] { background: var(--soft); color: var(--quiet); }

  /* ---- transcript ---- */
  .middle { position: relative; flex: 1; min-block-size: 0; }
  .log { block-size: 100%; overflow-y: auto; overscroll-behavior: contain; padding: 20px 16px 14px;
    scrollbar-width: thin; scrollbar-color: var(--line) transparent; outline-offset: -3px; }
  .messages { display: flex; flex-direction: column; }
  .message { display: flex; gap: 10px; align-items: flex-end; margin-block-start: 18px;
    animation: arrive .24s ease-out; }
  .message:first-child { margin-block-start: 0; }
  .message.follows { margin-block-start: 6px; }
  .message:has(.card, .links, .picture) + .follows { margin-block-start: 12px; }
  .message > .face { align-self: flex-start; margin-block-start: 6px; }
  .message.follows > .face { visibility: hidden; }
  .body { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; min-inline-size: 0; flex: 1; }
  .message.follows .name { display: none; }
  .name { font-size: 12.5px; font-weight: 600; color: var(--quiet); margin-block-end: -4px; }
  .bubble { max-inline-size: min(88%, 540px); padding: 10px 15px; border-radius: 19px; background: var(--soft);
    border: 1px solid transparent; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; }
  .message:not(.follows, .own) .bubble { border-start-start-radius: 6px; }
  .bubble a { color: var(--ink); text-underline-offset: 2px; }
  .own .body { align-items: flex-end; gap: 4px; }
  .own .bubble { background: var(--accent); color: var(--on-accent); border-end-end-radius: 6px; }
  .own:has(+ .own) .bubble { border-end-end-radius: 19px; }
  .rep .bubble { background: color-mix(in oklab, var(--ink) 13%, var(--surface)); }
  .rep .bubble.removed { background: none; border: 1px dashed var(--line); color: var(--quiet); font-style: italic; }
  .mark { margin-block-start: -4px; font-size: 12.5px; color: var(--quiet); }
  .mark:empty { display: none; }
  .joined { display: flex; align-items: center; justify-content: center; gap: 8px; margin-block-start: 20px;
    color: var(--quiet); font-size: 13.5px; line-height: 1.4; text-align: start; animation: arrive .24s ease-out; }
  .joined > .face { inline-size: 26px; block-size: 26px; font-size: 10.5px; }
  .state { display: none; align-items: center; gap: 4px; font-size: 12.5px; color: var(--quiet); }
  .state svg { inline-size: 14px; block-size: 14px; stroke-width: 2.4; }
  .own:last-child .state[data-state="sent"], .state:is([data-state="waiting"],
    [data-state="failed"]) { display: flex; }
  .state[data-state="sending"] { display: flex; visibility: hidden; animation: show 0s .8s forwards; }
  .state[data-state="failed"] { color: var(--danger); }
  .again { padding: 12px 6px; margin-block: -8px; border: 0; background: none; color: inherit; font-weight: 600;
    text-decoration: underline; text-underline-offset: 2px; }
  .picture { display: block; inline-size: min(88%, 420px); aspect-ratio: 16 / 9; object-fit: cover;
    border-radius: 16px; background: var(--soft); }

  /* ---- answers ---- */
  .answers { inline-size: 100%; display: flex; flex-wrap: wrap; gap: 8px; padding-block-start: 4px; }
  .choices, .links, .actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .choice { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-block-size: 44px;
    min-inline-size: 44px; max-inline-size: 100%; padding: 9px 17px;
    border: 1.5px solid color-mix(in oklab, var(--ink) 45%, var(--surface));
    border-radius: 22px; background: var(--surface); color: var(--ink); font-weight: 550; line-height: 1.35;
    text-align: start; overflow-wrap: anywhere; transition: background-color .15s, border-color .15s, color .15s; }
  .choice:hover:enabled { background: color-mix(in oklab, var(--accent) 9%, var(--surface));
    border-color: var(--ink); }
  .choice:active:enabled { background: color-mix(in oklab, var(--accent) 18%, var(--surface)); }
  .choice.strong, .choice[aria-pressed="true"] { background: var(--accent); border-color: var(--accent);
    color: var(--on-accent); }
  .choice.strong:hover:enabled, .choice[aria-pressed="true"]:hover:enabled { background: color-mix(in oklab,
    var(--accent) 88%, #000);
    color: var(--on-accent); }
  .choice.quiet { border-color: transparent; background: none; color: var(--quiet); }
  .choice svg { inline-size: 16px; block-size: 16px; stroke-width: 2.6; }
  .toggle[aria-pressed="false"] svg { display: none; }
  .choice:disabled { cursor: default; border-color: var(--line); background: none; color: var(--quiet);
    font-weight: 450; opacity: .85; }
  .answers > .choices { inline-size: 100%; }
  .answers:disabled { display: none; }
  .picker { min-block-size: 44px; max-inline-size: 100%; padding: 8px 14px; border: 1.5px solid var(--line);
    border-radius: 14px;
    background: var(--surface); font-size: 16px; }
  .rating { inline-size: 100%; max-inline-size: calc(var(--columns) * 82px - 6px); }
  .points { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); gap: 6px; }
  .point { min-inline-size: 0; padding-inline: 0; border-radius: 14px; font-variant-numeric: tabular-nums; }
  .ends { display: flex; justify-content: space-between; gap: 16px; margin-block-start: 6px; color: var(--quiet);
    font-size: 12.5px; }

  /* ---- links and cards ---- */
  .link { display: inline-flex; align-items: center; justify-content: center; min-block-size: 44px; padding: 9px 16px;
    border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink);
    font-weight: 600;
    font-size: 14.5px; line-height: 1.3; text-decoration: none; overflow-wrap: anywhere; }
  a.link:hover, button.link:hover { border-color: var(--ink); }
  .link.strong { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  .link.strong:hover { background: color-mix(in oklab, var(--accent) 88%, #000); }
  .card { display: grid; grid-template-columns: auto 1fr; gap: 14px; inline-size: min(100%, 420px); padding: 16px;
    border: 1px solid var(--line); border-radius: 18px; box-shadow: 0 1px 2px rgb(15 23 42 / .05); }
  .emblem { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 13px;
    background: color-mix(in oklab, var(--accent) 13%, var(--surface)); color: var(--ink); }
  .emblem svg { inline-size: 24px; block-size: 24px; }
  .about { min-inline-size: 0; align-self: center; color: var(--quiet); font-size: 14px; line-height: 1.45;
    overflow-wrap: anywhere; }
  .about > * + * { margin-block-start: 3px; }
  .title { color: var(--text); font-size: 15px; font-weight: 650; line-height: 1.35; }
  .code { display: inline-block; margin-block-start: 6px; padding: 6px 12px;
    border: 1px dashed color-mix(in oklab, var(--ink) 50%, transparent);
    border-radius: 9px; background: color-mix(in oklab, var(--accent) 6%, var(--surface)); color: var(--text);
    font: 600 16px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    letter-spacing: .04em; }
  .actions { grid-column: 1 / -1; }
  .actions > * { flex: 1 1 auto; }

  /* ---- signs of life ---- */
  .typing { margin-block-start: 10px; margin-inline-start: 40px; animation: arrive .24s ease-out; }
  .typing .name { display: block; margin-block-end: 4px; }
  .typing .name:empty { display: none; }
  .dots { display: inline-flex; gap: 4px; padding: 15px 16px; border-radius: 19px; background: var(--soft); }
  .typing i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--quiet);
    animation: nod 1.2s ease-in-out infinite; }
  .typing i:nth-child(2) { animation-delay: .15s; }
  .typing i:nth-child(3) { animation-delay: .3s; }
  .skeleton { display: grid; gap: 10px; padding-inline-start: 40px; }
  .skeleton i { block-size: 42px; inline-size: 74%; border-radius: 19px; background: var(--soft);
    animation: breathe 1s ease-in-out infinite alternate; }
  .skeleton i:nth-child(2) { inline-size: 56%; animation-delay: .2s; }
  .skeleton i:nth-child(3) { inline-size: 34%; animation-delay: .4s; }
  .news { position: absolute; inset-block-end: 12px; inset-inline: 0; inline-size: fit-content; margin-inline: auto;
    display: flex;
    align-items: center; gap: 6px; min-block-size: 44px; padding: 8px 18px; border: 1px solid var(--line);
    border-radius: 22px;
    background: var(--surface); color: var(--text); font-size: 14px; font-weight: 600;
    box-shadow: 0 6px 20px rgb(15 23 42 / .18); }
  .ended { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 12px;
    flex: none;
    padding: 8px 16px; border-block-start: 1px solid var(--line); color: var(--quiet); font-size: 13.5px; }

  .person { display: flex; align-items: center; justify-content: space-between; gap: 12px; flex: none;
    min-block-size: 44px; padding: 0 16px; border-block-start: 1px solid var(--line); color: var(--quiet);
    font-size: 13.5px; line-height: 1.35; }
  .with { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
  .with strong { color: var(--text); font-weight: 600; }
  .back { flex: none; max-inline-size: 60%; min-block-size: 44px; padding: 4px 0; border: 0; background: none;
    color: var(--ink); font-weight: 600; text-align: end; }
  .back:hover { text-decoration: underline; text-underline-offset: 3px; }
  .back:disabled { opacity: .5; cursor: default; text-decoration: none; }
  .person:not([hidden]) + .composer { border-block-start: 0; padding-block-start: 2px; }

  /* ---- writing ---- */
  .composer { display: flex; align-items: flex-end; gap: 8px; flex: none; padding: 12px 14px;
    padding-block-end: max(12px, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line); }
  .field { flex: 1; min-inline-size: 0; min-block-size: 46px; max-block-size: 132px; padding: 10px 16px;
    border: 1.5px solid transparent;
    border-radius: 23px; background: var(--soft); color: var(--text); font-size: 16px; line-height: 1.45;
    resize: none;
    text-align: start; appearance: none; scrollbar-width: none;
    transition: border-color .15s, background-color .15s; }
  .field::placeholder { color: var(--quiet); opacity: 1; }
  .field:focus { outline: none; border-color: var(--ink); background: var(--surface);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--accent) 18%, transparent); }
  .send { display: grid; place-items: center; flex: none; inline-size: 46px; block-size: 46px; padding: 0;
    border: 1px solid transparent; border-radius: 50%;
    background: var(--accent); color: var(--on-accent);
    transition: background-color .15s, color .15s, transform .15s; }
  .send:active { transform: scale(.94); }
  .field:placeholder-shown + .send { background: var(--soft); color: var(--quiet); }
  .send svg { stroke-width: 2.2; }
  .field:disabled, .send:disabled { opacity: .6; cursor: not-allowed; }

  /* ---- wide, small, calm ---- */
  @container (min-width: 640px) {
    .log { padding-block-start: 32px; }
    .log, .composer, .ended, .person { padding-inline: max(24px, calc((100% - 720px) / 2)); }
    .head { padding-inline: max(24px, calc((100% - 720px) / 2)); }
    .messages { font-size: 16px; }
    .rating { max-inline-size: min(100%, var(--points) * 58px - 6px); min-inline-size: min(100%, 320px); }
    .points { grid-template-columns: repeat(var(--points), minmax(0, 1fr)); }
  }
  @media (max-width: 480px), (max-height: 500px) {
    .frame.as-bubble { inset: 0 0 auto; inline-size: 100%; block-size: var(--visible, 100dvh);
      transform-origin: 50% 100%; }
    .frame.as-bubble .panel { border: 0; border-radius: 0; }
    .frame.as-bubble .close { display: grid; }
    .launcher[aria-expanded="true"] { visibility: hidden; }
    .frame.as-page { block-size: var(--visible, 100%); }
  }
  @container (max-width: 359px) {
    .message > .face { display: none; }
    .with > span { display: none; }
    .typing, .skeleton { margin-inline-start: 0; padding-inline-start: 0; }
  }
  @media (max-width: 480px), (max-height: 500px) {
    .head { min-block-size: 56px; padding-block: 5px; gap: 10px; }
    .head .face { inline-size: 36px; block-size: 36px; font-size: 13px; }
    .log { padding-block: 14px 10px; }
    .message { margin-block-start: 12px; }
    .message.follows { margin-block-start: 5px; }
    .bubble { padding: 8px 13px; }
    .composer { padding-block: 7px max(7px, env(safe-area-inset-bottom)); }
  }
  @media (max-width: 480px) {
    .head { padding-inline: 14px; }
    .close { margin-inline-end: -8px; }
    .log { padding-inline: 12px; }
    .bubble { max-inline-size: min(94%, 540px); }
    .composer { padding-inline: 10px; }
  }
  @media (max-width: 480px) and (max-height: 600px), (max-height: 500px) {
    .head { min-block-size: 48px; padding-block: 2px; }
    .head .face { inline-size: 30px; block-size: 30px; font-size: 11.5px; }
    .names { display: flex; align-items: baseline; gap: 8px; }
    .who { flex: none; max-inline-size: 60%; }
    .what { min-inline-size: 0; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: .01ms !important; animation-iteration-count: 1 !important;
      transition: none !important; }
  }
  @media (forced-colors: active) {
    .bubble, .choice[aria-pressed="true"], .send, .launcher { border-color: CanvasText; }
    .choice[aria-pressed="true"] { outline: 2px solid Highlight; }
  }
  @keyframes arrive { from { opacity: 0; transform: translateY(8px); } }
  @keyframes nod { 0%, 60%, 100% { transform: none; opacity: .45; } 30% { transform: translateY(-4px); opacity: 1; } }
  @keyframes show { to { visibility: visible; } }
`);
