/* The editor of one part of the minutes.

   What is typed is kept at once in this browser, per account, part and version, and after a pause on the server, as a
   draft beside the record. Neither is lost when the sign-in is over: the form carries a pass with which the server
   keeps the draft all the same. Without this script everything works, but for these drafts and the cursor. */
"use strict";

(() => {
  const form = document.getElementById("minutes-part");
  const one = (name, root = document) => root.querySelector(`[data-${name}]`);
  const data = form.dataset;
  const isFrozen = "frozen" in data;
  const prefix = `minutes:${data.user}:${data.part}:`;
  const key = prefix + form.elements.opened_version.value;
  const IN_BROWSER_MS = 300;
  const ON_SERVER_MS = 3000;
  const STILL_HERE_MS = 25000;

  // What the form says

  const NOT_KEPT = ["csrfmiddlewaretoken", "draft_pass", "module", "module_into"];

  function typed() {
    const fields = new URLSearchParams(new FormData(form));
    for (const name of NOT_KEPT) fields.delete(name);
    return fields.toString();
  }

  let opened = typed();
  let isTouched = false;
  const editors = new Map();

  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea, editor } = event.detail;
    editors.set(textarea.name, editor);
    if (!isTouched) opened = typed();
  });

  // This browser

  const entries = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix));

  function keepInBrowser() {
    try {
      if (typed() === opened) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: typed() }));
    } catch {
      // Full, or forbidden by the browser's settings: the server keeps it still.
    }
  }

  function latestInBrowser() {
    const read = entries().map((name) => JSON.parse(localStorage.getItem(name)));
    return read.sort((a, b) => b.at - a.at)[0];
  }

  const forgetInBrowser = () => entries().forEach((name) => localStorage.removeItem(name));

  // The server

  // Signing in again, in another tab, gives a new token.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  let sending = null;

  async function tell(fields) {
    const body = new URLSearchParams(fields);
    body.set("draft_pass", form.elements.draft_pass.value);
    sending = new AbortController();
    const answer = await fetch(data.draftUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
      signal: sending.signal,
    });
    // 403: the cookies are gone altogether, and with them what the token is compared with.
    one("signed-out").hidden = ![401, 403].includes(answer.status);
    return answer.ok ? answer.json() : null;
  }

  function show(answer) {
    if (!answer) return;
    one("others").hidden = !answer.others.length;
    one("others-text").textContent = answer.others.join(" ");
  }

  async function keepOnServer() {
    const answer = await tell(typed()).catch(() => null);
    show(answer);
    if (answer) one("kept-at").textContent = answer.kept;
  }

  // When

  let browserTimer, serverTimer;
  const stop = () => [browserTimer, serverTimer].forEach(clearTimeout);

  function changed() {
    if (isFrozen || !isTouched) return;
    stop();
    browserTimer = setTimeout(keepInBrowser, IN_BROWSER_MS);
    serverTimer = setTimeout(keepOnServer, ON_SERVER_MS);
  }

  for (const name of ["keydown", "pointerdown", "paste", "drop"]) {
    form.addEventListener(name, () => { isTouched = true; }, true);
  }
  for (const name of ["input", "change"]) form.addEventListener(name, changed);
  if (!isFrozen) setInterval(() => tell({ ping: 1 }).then(show, () => {}), STILL_HERE_MS);
  addEventListener("pagehide", () => isTouched && !isFrozen && !isSending && keepInBrowser());

  let isSending = false;
  form.addEventListener("submit", () => {
    keepInBrowser();
    stop();
    sending?.abort();
    isSending = true;
    form.elements.csrfmiddlewaretoken.value = token();
    sessionStorage.setItem("minutes:sent", prefix);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || isFrozen) return;
    const button = { s: "_stay", KeyS: "_stay", Enter: "_next" }[event.code === "KeyS" ? "KeyS" : event.key];
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(form.elements[button]);
  });

  // What was kept and not saved

  const inBrowser = one("in-browser");
  const keptOnServer = one("kept");
  const isShowingTyped = "bound" in data;
  const found = latestInBrowser();
  if (found && found.fields === opened) forgetInBrowser();
  else if (found && !isShowingTyped && !isFrozen) {
    // The server's copy is offered already; this one only if it is the later.
    inBrowser.hidden = Boolean(keptOnServer) && found.at < (Number(keptOnServer.dataset.kept) + 10) * 1000;
  }

  one("take-up").addEventListener("click", async () => {
    const answer = await tell(latestInBrowser().fields).catch(() => null);
    if (answer) location.href = `${data.url}?kept=1`;
  });
  one("discard").addEventListener("click", () => {
    forgetInBrowser();
    inBrowser.hidden = true;
  });
  one("discard-kept")?.addEventListener("click", forgetInBrowser);

  // Text modules, at the cursor

  let lastEditor = null;
  form.addEventListener("focusin", (event) => {
    const box = event.target.closest(".prose-editor");
    if (box) lastEditor = box.querySelector("textarea").name;
  });

  one("insert-module")?.addEventListener("click", (event) => {
    const into = form.elements.module_into?.value ?? "discussion";
    const editor = editors.get(form.elements.module_into ? into : lastEditor ?? into);
    if (!editor) return;
    event.preventDefault();
    editor.chain().focus().insertContent(form.elements.module.selectedOptions[0].dataset.text).run();
  });
})();
