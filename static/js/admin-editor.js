/* The editor looks the words of its dialogs up in Django's catalogue for scripts, but not the names of its buttons; and
   it does not name the place that one types in. */
"use strict";

(() => {
  function translate(bar) {
    for (const button of bar.querySelectorAll("button[title]")) {
      button.title = gettext(button.title);
      button.setAttribute("aria-label", button.title);
    }
    for (const name of bar.querySelectorAll(".prose-menubar__option > *")) {
      const translated = gettext(name.textContent);
      if (name.textContent !== translated) name.textContent = translated;
    }
  }

  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea, editor } = event.detail;
    // The editor hides the text box, which the label names, and has no name itself.
    editor.view.dom.setAttribute("aria-label", textarea.labels[0]?.textContent.trim() ?? "");
    editor.view.dom.setAttribute("aria-multiline", "true");
  });

  new MutationObserver((changes) => {
    const bars = changes.map(({ target }) => target.closest?.(".prose-menubar") ?? target.querySelector?.(".prose-menubar"));
    for (const bar of new Set(bars.filter(Boolean))) translate(bar);
  }).observe(document, { childList: true, subtree: true });
})();
