// Small helpers that must not wait for the server: theme, keyboard, focus.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem("preceptor-theme"); } catch { return null; }
  };
  const isDark = () => (stored() ?? (system.matches ? "dark" : "light")) === "dark";

  function applyTheme() {
    root.dataset.theme = isDark() ? "dark" : "light";
    root.style.colorScheme = root.dataset.theme;
    if (window.Quasar) window.Quasar.Dark.set(isDark());
  }

  function toggleTheme() {
    const next = isDark() ? "light" : "dark";
    try { localStorage.setItem("preceptor-theme", next); } catch { /* private mode: for this page only */ }
    applyTheme();
    root.dataset.theme = next;
  }

  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  const typing = (element) => element.matches("input, textarea, [contenteditable]");
  const usable = (element) => !element.disabled && element.offsetParent !== null;
  const button = (key) => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(usable);

  function onKey(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const enter = event.key === "Enter";
    if (enter && (target.closest("button, a, summary, textarea, [data-own-enter]") || event.shiftKey)) return;
    const passes = target.closest("[data-letters-are-shortcuts]") !== null;
    if (!enter && typing(target) && !event.altKey && !(passes && /^[a-z]$/i.test(event.key))) return;
    const found = button(enter ? "Enter" : event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    whenHeard(() => found.click());
  }

  // Until the server listens, the interface holds events back one by one and may send a click before what was typed.
  function whenHeard(act) {
    if (window.did_handshake !== false) { act(); return; }
    const timer = setInterval(() => {
      if (window.did_handshake === false) return;
      clearInterval(timer);
      setTimeout(act, 30);
    }, 30);
  }

  // A phone's keyboard would cover half of the question, so only computers move the focus into a field.
  function focusNew(added) {
    for (const node of added) {
      if (!(node instanceof Element)) continue;
      const log = node.parentElement?.closest('[role="log"]') ?? node.querySelector('[role="log"]');
      if (log && !node.closest("details")) requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
      const said = narrow() && (node.matches("[data-reveal]") ? node : node.querySelector("[data-reveal]"));
      if (said) requestAnimationFrame(() => said.closest("section").scrollIntoView({ block: "start" }));
      const wanted = node.matches("[data-autofocus]") ? node : node.querySelector("[data-autofocus]");
      if (!wanted || (typing(wanted) && window.matchMedia("(pointer: coarse)").matches)) continue;
      requestAnimationFrame(() => {
        if (!inTheMiddle()) wanted.focus({ preventScroll: !wanted.matches("[data-scroll]") });
      });
    }
  }

  // Whoever has begun to type goes on where they are.
  const inTheMiddle = () => typing(document.activeElement ?? root) && Boolean(document.activeElement.value);

  // The server listens and the first focus is where it belongs: from here on all arrives in the order of its doing.
  function tellReady() {
    const main = document.querySelector("main");
    if (main) whenHeard(() => { main.dataset.ready = ""; });
    else requestAnimationFrame(tellReady);
  }

  function onClick(event) {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest("[data-theme-toggle]")) toggleTheme();
    const jump = event.target.closest("[data-jump]");
    if (jump && narrow()) {
      document.getElementById(jump.dataset.jump)?.scrollIntoView({ block: "start" });
    }
  }

  // Fields name the page's list of suggestions; the interface gives every field an empty one of its own.
  function onFocus(event) {
    const list = event.target instanceof HTMLInputElement && event.target.dataset.list;
    if (list) event.target.setAttribute("list", list);
  }

  applyTheme();
  system.addEventListener("change", applyTheme);
  window.addEventListener("load", () => {
    applyTheme();
    new MutationObserver((changes) => changes.forEach((change) => focusNew(change.addedNodes)))
      .observe(document.body, { childList: true, subtree: true });
    focusNew([document.body]);
    requestAnimationFrame(tellReady);
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
})();
